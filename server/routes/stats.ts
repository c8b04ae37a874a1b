import { cellToLatLng } from 'h3-js'
import { z } from 'zod'
import { parseEdge, periodOf } from '../../geo/sla/period.ts'
import type { Period, Span } from '../../geo/sla/period.ts'
import { COLOUR_MIN_N } from '../../geo/stats/cells.ts'
import { periodBefore, previousOf } from '../../geo/stats/previous.ts'
import type { BeforeRow } from '../../geo/stats/previous.ts'
import { codedStage } from '../../geo/stats/stage_code.ts'
import { SURFACE_BANDWIDTH_M, smoothShare } from '../../geo/stats/smooth.ts'
import { wilson } from '../../geo/stats/wilson.ts'
import { COVERAGE_RESOLUTION } from '../../geo/coverage/cells.ts'
import { agencyFigures, callFigures, district, slaCell, surfaceCell } from '../../geo/wire/stats.ts'
import type { AgencyFigures, CallFigures, District, SlaCell, SurfaceCell } from '../../geo/wire/stats.ts'
import { cityCells } from '../city/city_cells.ts'
import { invalid } from '../errors.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { slaCellsOf } from '../stats/sla_cells.ts'

/** Whole cells of about 5 km² down to 0.015 km²: finer than that is one house. */
const MIN_RESOLUTION = 7
const MAX_RESOLUTION = 10
/** Narrower than this a surface is single cases, wider the whole city. */
const MIN_BANDWIDTH_M = 300
const MAX_BANDWIDTH_M = 3000

const edge = z
  .string('harus tanggal seperti 2026-10-01 (tengah malam WIB), satu kali saja')
  .refine(
    (text) => parseEdge(text) !== null,
    'bukan tanggal seperti 2026-10-01 (tengah malam WIB) atau waktu ISO 8601 dengan offset',
  )
  .describe('Tanggal (tengah malam WIB) atau waktu ISO 8601 dengan offset')
/** Of every period asked for. */
export const edges = { from: edge.optional(), to: edge.optional() }

const districtsQuery = z.object({
  ...edges,
  level: z.enum(['kelurahan', 'kecamatan'], 'harus kelurahan atau kecamatan').default('kelurahan'),
})
const stage = z
  .enum(['agent', 'opd', 'fire'], 'harus agent, opd atau fire')
  .default('opd')
  .describe('agent 5 menit, opd 35 menit, fire: kebakaran 15 menit dari diterima sampai unit di lokasi')
const cellsQuery = z.object({
  ...edges,
  stage,
  resolution: z.coerce
    .number(`harus bilangan bulat ${MIN_RESOLUTION} sampai ${MAX_RESOLUTION}`)
    .int(`harus bilangan bulat ${MIN_RESOLUTION} sampai ${MAX_RESOLUTION}`)
    .min(MIN_RESOLUTION, `paling kecil ${MIN_RESOLUTION}`)
    .max(MAX_RESOLUTION, `paling besar ${MAX_RESOLUTION}`)
    .optional(),
})

const metres = `harus bilangan ${MIN_BANDWIDTH_M} sampai ${MAX_BANDWIDTH_M} (meter)`
const surfaceQuery = z.object({
  ...edges,
  stage,
  bandwidth_m: z.coerce
    .number(metres)
    .min(MIN_BANDWIDTH_M, metres)
    .max(MAX_BANDWIDTH_M, metres)
    .default(SURFACE_BANDWIDTH_M),
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

export const instants = ({ from, to }: Period) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})

/** How a cell of the heat is spoken of; only those that are coloured, for each look around costs part of a millisecond. */
function cellWords({ n, h3, code }: SlaCell, city: Services['city']): Pick<SlaCell, 'area' | 'place'> {
  if (n < COLOUR_MIN_N) return { area: null, place: null }
  if (h3 !== null) {
    const [lat, lon] = cellToLatLng(h3)
    const { district, landmark, street } = city.reverse(lon, lat)
    return { area: district, place: landmark ?? street }
  }
  const at = city.gazetteer.areas.kelurahan.find((one) => code !== null && one.code.startsWith(code))
  return { area: (at?.code === code ? at?.name : at?.kecamatan) ?? null, place: null }
}

/** The figures of a period, for maps and tables. Real and simulated never mix: a server shows the one kind it runs with. */
export const statsRoutes = ({ db, simulated, city }: Pick<Services, 'db' | 'simulated' | 'city'>): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/stats/districts',
      permission: 'stats.read',
      query: districtsQuery,
      response: z.array(district),
      summary:
        'Angka per kelurahan atau kecamatan, yang nol juga, dan masa sepanjang itu sebelumnya; bila tanpa periode, 30 hari terakhir',
    },
    async ({ query, now }): Promise<District[]> => {
      const period = requestedPeriod(query, now, { days: 30 })
      const asked = { level: query.level, now, simulated }
      const rows = await db.rows<District>('stats_districts', { ...instants(period), ...asked })
      const span = periodBefore(period, now.getTime())
      if (span === null) return rows
      const before = await db.rows<BeforeRow>('stats_districts_before', {
        ...instants(span),
        span_seconds: (period.to - period.from) / 1000,
        ...asked,
      })
      const by_code = new Map(before.map((row) => [row.code, row]))
      return rows.map((row) => {
        const then = by_code.get(row.code)
        return then ? { ...row, previous: previousOf(row, then, span) } : row
      })
    },
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
      const { stage, resolution } = query
      const cells = await slaCellsOf({ db, simulated }, { ...period, stage, resolution }, now)
      return cells.map((cell) => ({ ...cell, ...cellWords(cell, city) }))
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/sla/surface',
      permission: 'stats.read',
      query: surfaceQuery,
      response: z.array(surfaceCell),
      summary:
        'Bagian yang lewat batas, diratakan dengan kernel, per sel H3-10 kota; bila tanpa periode, 12 bulan terakhir',
    },
    async ({ query, now }): Promise<SurfaceCell[]> => {
      const { stage, bandwidth_m } = query
      const period = instants(requestedPeriod(query, now, { months: 12 }))
      const points = await db.rows<{ lon: number; lat: number; code: number }>('stats_points', {
        ...{ ...period, stage, now, simulated },
      })
      const counted = points.flatMap(({ lon, lat, code }) => {
        const { state, late } = codedStage(code)
        return state === 'ended' || (state === 'running' && late) ? [{ lon, lat, breached: late }] : []
      })
      const cells = await cityCells(city, COVERAGE_RESOLUTION)
      return smoothShare(counted, cells, bandwidth_m).map(({ share, effective_n }, i) => ({
        h3: cells.cells[i],
        share: share === null ? null : Number(share.toFixed(4)),
        effective_n: Number(effective_n.toFixed(1)),
        bandwidth_m,
      }))
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/stats/agencies',
      permission: 'stats.read',
      query: z.object(edges),
      response: z.array(agencyFigures),
      summary: 'Bagaimana setiap OPD menjawab penugasannya; bila tanpa periode, 30 hari terakhir',
    },
    async ({ query, now }) =>
      db.rows<AgencyFigures>('stats_agencies', {
        ...instants(requestedPeriod(query, now, { days: 30 })),
        now,
        simulated,
      }),
  ),
]
