import { z } from 'zod'
import { wibMonthRange } from '../../geo/sla/shift.ts'
import { evaluation, type Evaluation, type EvaluationRow } from '../../geo/wire/evaluation.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { invalid } from '../errors.ts'
import { route, type Route, type RouteContext } from '../http/route.ts'
import { evaluationOf, type EvaluationServices } from '../stats/evaluation.ts'
import { figuresCsv, incidentsCsv } from '../stats/evaluation_csv.ts'
import { evaluationGeojson } from '../stats/evaluation_geojson.ts'
import { evaluationSheets } from '../stats/evaluation_sheets.ts'
import { evaluationXlsx } from '../stats/evaluation_xlsx.ts'

const MONTH = 'harus bulan seperti 2026-10 (WIB)'
const params = z.object({
  month: z.string().refine((text) => /^(19|20|21)/.test(text) && wibMonthRange(text) !== null, MONTH),
})
const csvQuery = z.object({
  decimal: z
    .enum(['titik', 'koma'], 'harus titik atau koma')
    .default('titik')
    .describe('koma: koma desimal dan titik koma di antara kolom'),
  rows: z
    .enum(['angka', 'kejadian'], 'harus angka atau kejadian')
    .default('angka')
    .describe('angka: setiap angka laporan satu baris; kejadian: setiap kejadian satu baris'),
})
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
type Params = z.output<typeof params>

/** The monthly evaluation for the leadership and its files. Figures per operator are for those alone who may read them. */
export function evaluationRoutes(services: EvaluationServices): Route[] {
  const { db, simulated } = services
  async function read({ month }: Params, { role }: Principal, now: Date): Promise<Evaluation> {
    const told = await evaluationOf(services, { month, persons: may(role, 'operator_figures.read') }, now)
    if (told === null) throw invalid('month', 'bulan itu belum mulai')
    return told
  }
  /** The month as instants; 422 when it has not begun. */
  function spanAsked({ month }: Params, now: Date): { from: string; to: string } {
    const { from, to } = wibMonthRange(month) ?? { from: Infinity, to: Infinity }
    if (from > now.getTime()) throw invalid('month', 'bulan itu belum mulai')
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  }
  const rowsOf = ({ from, to }: { from: string; to: string }, now: Date) =>
    db.rows<EvaluationRow>('evaluation_rows', { from, to, now, simulated })
  const named = ({ month }: Params, kind: string) => `laporan-evaluasi-${month}${simulated ? '-SIMULASI' : ''}${kind}`
  /** Files are named after the month, and say in their name when they are simulated. */
  const send = (
    res: RouteContext<unknown, unknown, unknown>['res'],
    name: string,
    type: string,
    body: string | Buffer,
  ) => void res.attachment(name).type(type).send(body)

  // Files first: the page's path would take `2026-10.csv` for a month.
  return [
    route(
      {
        method: 'get',
        path: '/api/reports/:month.csv',
        permission: 'report.read',
        params,
        query: csvQuery,
        summary:
          'Laporan evaluasi satu bulan sebagai CSV: setiap angka, atau setiap kejadian tanpa data pribadi; waktu WIB',
      },
      async ({ params, query, principal, now, res }) => {
        if (query.rows === 'kejadian') {
          const rows = await rowsOf(spanAsked(params, now), now)
          return send(res, named(params, '-kejadian.csv'), 'text/csv; charset=utf-8', incidentsCsv(rows, query.decimal))
        }
        const told = await read(params, principal, now)
        const text = figuresCsv(told, evaluationSheets(told, []), query.decimal)
        send(res, named(params, '.csv'), 'text/csv; charset=utf-8', text)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/reports/:month.xlsx',
        permission: 'report.read',
        params,
        summary: 'Laporan evaluasi satu bulan sebagai buku kerja XLSX: satu lembar setiap tabel, waktu WIB',
      },
      async ({ params, principal, now, res }) => {
        const told = await read(params, principal, now)
        const file = await evaluationXlsx(told, evaluationSheets(told, await rowsOf(told, now)))
        send(res, named(told, '.xlsx'), XLSX, file)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/reports/:month.geojson',
        permission: 'report.read',
        params,
        summary:
          'Satu bulan untuk SIG: kelurahan dengan angkanya, dan kejadian sebagai titik yang digeser, tanpa data pribadi',
      },
      async ({ params, principal, now, res }) => {
        const told = await read(params, principal, now)
        const body = JSON.stringify(await evaluationGeojson(services, told, now))
        send(res, named(told, '.geojson'), 'application/geo+json', body)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/reports/:month',
        permission: 'report.read',
        params,
        response: evaluation,
        summary:
          'Laporan evaluasi satu bulan: angka, perubahan, buku pengiriman, pengawasan, pengaduan, SKM, mutu data',
      },
      ({ params, principal, now }) => read(params, principal, now),
    ),
  ]
}
