import { z } from 'zod'
import { parseEdge } from '../../geo/sla/period.ts'
import type { Period } from '../../geo/sla/period.ts'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import { ledger, type Ledger } from '../../geo/wire/ledger.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { ledgerCsv } from '../stats/ledger_csv.ts'
import { requestedPeriod } from './stats.ts'

const MONTH = 'harus bulan seperti 2026-10 (WIB)'
const edge = z
  .string()
  .refine((text) => parseEdge(text) !== null, 'harus tanggal seperti 2026-10-01 atau waktu ISO 8601 dengan offset')
const shape = {
  month: z
    .string(MONTH)
    .refine((text) => /^(19|20|21)/.test(text) && wibMonthRange(text) !== null, MONTH)
    .optional(),
  from: edge.optional(),
  to: edge.optional(),
}
const ledgerQuery = z.object({
  ...shape,
  rows: z
    .enum(['all', 'other', 'none'], 'harus all, other atau none')
    .default('all')
    .describe('Keputusan yang ikut didaftar'),
})
const csvQuery = z.object(shape)

/** The month asked for (this month when nothing is said), or the period between two edges. */
function periodAsked(query: { month?: string; from?: string; to?: string }, now: Date): Period {
  const { month, from, to } = query
  if (from === undefined && to === undefined)
    return wibMonthRange(month ?? wibDay(now.getTime()).slice(0, 7)) ?? { from: 0, to: 0 }
  if (month !== undefined) throw invalid('month', 'bulan, atau from dan to, tidak keduanya')
  return requestedPeriod(query, now, { months: 1 })
}

const decision = z.object({ id: uuid, incident_id: uuid, number: z.string(), candidates: z.array(z.unknown()) }).loose()

/**
 * The dispatch ledger. Membership is by received_at of the incident, as of every figure of a period. Words of reasons are personal: only who may read
 * personal data gets them, and each such look is recorded.
 */
export const ledgerRoutes = ({ db, simulated }: Pick<Services, 'db' | 'simulated'>): Route[] => {
  async function read(
    period: Period,
    rows: string,
    { role, actor }: Principal,
    now: Date,
    exported = false,
  ): Promise<Ledger> {
    const [from, to] = [new Date(period.from).toISOString(), new Date(period.to).toISOString()]
    const words = !exported && may(role, 'incident.read_private') && rows !== 'none'
    const figures = await db.value<Omit<Ledger, 'from' | 'to' | 'simulated'>>('ledger', {
      from,
      to,
      simulated,
      rows,
      words,
    })
    if (words) await db.rows('ledger_looked', { from, to, rows, decision_id: null, simulated, actor, at: now })
    return { from, to, simulated, ...figures }
  }
  return [
    route(
      {
        method: 'get',
        path: '/api/ledger',
        permission: 'ledger.read',
        query: ledgerQuery,
        response: ledger,
        summary:
          'Buku pengiriman satu bulan (bila tanpa bulan, bulan ini): pilihan, alasan, dan perkiraan tiba dibanding kenyataan',
      },
      ({ query, principal, now }) => read(periodAsked(query, now), query.rows, principal, now),
    ),
    route(
      {
        method: 'get',
        path: '/api/ledger.csv',
        permission: 'ledger.read',
        query: csvQuery,
        summary: 'Buku pengiriman sebagai CSV, satu baris setiap unit yang dikirim; waktu WIB',
      },
      async ({ query, principal, now, res }) => {
        const period = periodAsked(query, now)
        const text = ledgerCsv(await read(period, 'all', principal, now, true))
        const name = `buku-pengiriman-${wibDay(period.from)}-${wibDay(period.to - 1)}${simulated ? '-SIMULASI' : ''}.csv`
        res.attachment(name).type('text/csv; charset=utf-8').send(text)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/ledger/decisions/:id',
        permission: 'ledger.read',
        params: z.object({ id: uuid }),
        response: decision,
        summary: 'Satu keputusan dengan semua unit yang dipertimbangkan',
      },
      async ({ params, principal, now }) => {
        const words = may(principal.role, 'incident.read_private')
        const found = await db.maybe('ledger_decision', { id: params.id, simulated, words })
        if (!found) throw notFound('Keputusan')
        if (words)
          await db.rows('ledger_looked', {
            ...{ from: null, to: null, rows: 'all', decision_id: params.id },
            ...{ simulated, actor: principal.actor, at: now },
          })
        return found
      },
    ),
  ]
}
