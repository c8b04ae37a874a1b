import { z } from 'zod'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import { complaintFigures as figuresOf } from '../../geo/stats/complaint_figures.ts'
import { complaintFigures, type Complaint } from '../../geo/wire/complaints.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { complaintsCsv } from '../stats/complaints_csv.ts'

const MONTH = 'harus bulan seperti 2026-10 (WIB)'
const query = z.object({
  month: z
    .string(MONTH)
    .refine((text) => /^(19|20|21)/.test(text) && wibMonthRange(text) !== null, MONTH)
    .optional(),
})

/** Figures and rows of a month of complaints, by received_at (WIB), without anything personal; this month when none is named. */
export const complaintFigureRoutes = ({ db, simulated }: Pick<Services, 'db' | 'simulated'>): Route[] => {
  async function read(month: string | undefined, now: Date) {
    const { from, to } = wibMonthRange(month ?? wibDay(now.getTime()).slice(0, 7)) ?? { from: 0, to: 0 }
    const edges = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    const rows = await db.rows<{ complaint: Complaint }>('complaint_month', { ...edges, simulated })
    return { edges, rows: rows.map((row) => row.complaint) }
  }
  return [
    route(
      {
        method: 'get',
        path: '/api/complaints/figures',
        summary: 'Angka pengaduan satu bulan',
        permission: 'complaint.figures',
        query,
        response: complaintFigures,
      },
      async ({ query: { month }, now }) => {
        const { edges, rows } = await read(month, now)
        return { ...edges, simulated, ...figuresOf(rows, now.getTime()) }
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/complaints.csv',
        summary: 'Pengaduan satu bulan sebagai CSV, tanpa data pribadi; waktu WIB',
        permission: 'complaint.figures',
        query,
      },
      async ({ query: { month }, now, res }) => {
        const { edges, rows } = await read(month, now)
        const name = `pengaduan-${wibDay(Date.parse(edges.from)).slice(0, 7)}${simulated ? '-SIMULASI' : ''}.csv`
        res.attachment(name).type('text/csv; charset=utf-8').send(complaintsCsv(rows))
      },
    ),
  ]
}
