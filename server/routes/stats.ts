import { z } from 'zod'
import { AGENT_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../geo/sla/limits.ts'
import { parseEdge, periodOf } from '../../geo/sla/period.ts'
import type { Period, Span } from '../../geo/sla/period.ts'
import { slaCells } from '../../geo/stats/cells.ts'
import type { CellIncident } from '../../geo/stats/cells.ts'
import { wilson } from '../../geo/stats/wilson.ts'
import { callFigures, district, slaCell } from '../../geo/wire/stats.ts'
import type { CallFigures, District } from '../../geo/wire/stats.ts'
import { invalid } from '../errors.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'

/** Whole cells of about 5 km² down to 0.015 km²: finer than that is one house. */
const MIN_RESOLUTION = 7
const MAX_RESOLUTION = 10

const edge = z
  .string('harus tanggal seperti 2026-10-01 (tengah malam WIB), satu kali saja')
  .refine(
    (text) => parseEdge(text) !== null,
    'bukan tanggal seperti 2026-10-01 (tengah malam WIB) atau waktu ISO 8601 dengan offset',
  )
  .describe('Tanggal (tengah malam WIB) atau waktu ISO 8601 dengan offset')
const edges = { from: edge.optional(), to: edge.optional() }

const districtsQuery = z.object({
  ...edges,
  level: z.enum(['kelurahan', 'kecamatan'], 'harus kelurahan atau kecamatan').default('kelurahan'),
})
const cellsQuery = z.object({
  ...edges,
  stage: z.enum(['agent', 'opd'], 'harus agent atau opd').default('opd'),
  resolution: z.coerce
    .number(`harus bilangan bulat ${MIN_RESOLUTION} sampai ${MAX_RESOLUTION}`)
    .int(`harus bilangan bulat ${MIN_RESOLUTION} sampai ${MAX_RESOLUTION}`)
    .min(MIN_RESOLUTION, `paling kecil ${MIN_RESOLUTION}`)
    .max(MAX_RESOLUTION, `paling besar ${MAX_RESOLUTION}`)
    .optional(),
})

/** The period asked for; 422 names the edge at fault when it is empty or backwards. */
export function requestedPeriod(query: { from?: string; to?: string }, now: Date, span: Span): Period {
  const given = (text?: string) => (text === undefined ? undefined : (parseEdge(text) ?? undefined))
  const period = periodOf({ from: given(query.from), to: given(query.to) }, now.getTime(), span)
  if (period.from >= period.to) {
    throw query.from === undefined
      ? invalid('to', 'harus sesudah awal periode')
      : invalid('from', 'harus sebelum akhir periode (to, tidak termasuk)')
  }
  return period
}

const instants = ({ from, to }: Period) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })

/** The figures of a period, for maps and tables. Real and simulated never mix: a server shows the one kind it runs with. */
export const statsRoutes = ({ db, simulated }: Pick<Services, 'db' | 'simulated'>): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/stats/districts',
      permission: 'stats.read',
      query: districtsQuery,
      response: z.array(district),
      summary: 'Angka per kelurahan atau kecamatan, yang nol juga; bila tanpa periode, 30 hari terakhir',
    },
    async ({ query, now }) =>
      db.rows<District>('stats_districts', {
        ...instants(requestedPeriod(query, now, { days: 30 })),
        level: query.level,
        now,
        simulated,
      }),
  ),
  route(
    {
      method: 'get',
      path: '/api/stats/calls',
      permission: 'stats.read',
      query: z.object(edges),
      response: callFigures,
      summary:
        'Semua panggilan menurut jenisnya, juga yang tidak pernah ada di peta; bila tanpa periode, 30 hari terakhir',
    },
    async ({ query, now }): Promise<CallFigures> => {
      const period = instants(requestedPeriod(query, now, { days: 30 }))
      const { n, in_15, in_20, ...counts } = await db.one<
        Omit<CallFigures, 'answer'> & { n: number; in_15: number; in_20: number }
      >('stats_calls', { ...period, simulated })
      const share = (count: number) => ({ count, ...wilson(count, n) })
      return { ...counts, answer: { n, within_15: share(in_15), within_20: share(in_20) } }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/sla/cells',
      permission: 'stats.read',
      query: cellsQuery,
      response: z.array(slaCell),
      summary:
        'Kepatuhan batas waktu per sel H3 (atau wilayah, bila datanya terlalu sedikit); bila tanpa periode, 12 bulan terakhir',
    },
    async ({ query, now }) => {
      const period = instants(requestedPeriod(query, now, { months: 12 }))
      const incidents = await db.rows<CellIncident>('stats_cells', { ...period, stage: query.stage, now, simulated })
      return slaCells(incidents, query.stage === 'agent' ? AGENT_LIMIT_SECONDS : OPD_LIMIT_SECONDS, query.resolution)
    },
  ),
]
