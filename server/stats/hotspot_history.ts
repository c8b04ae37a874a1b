import { latLngToCell } from 'h3-js'
import type { CellSet } from '../../geo/coverage/cells.ts'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import { HOTSPOT_RESOLUTION } from '../../geo/stats/hotspots.ts'
import { cityCells } from '../city/city_cells.ts'
import { inSlices } from '../city/model.ts'
import { invalid } from '../errors.ts'
import type { Services } from '../services.ts'

export type HotspotServices = Pick<Services, 'db' | 'simulated' | 'city'>

export interface HotspotQuery {
  /** WIB, as 2026-10; without one the last whole month. */
  month?: string
  incident_type?: string
}

/** A month, in epoch milliseconds. */
export interface MonthSpan {
  month: string
  from: number
  to: number
  /** Records reach back over all of it. */
  whole: boolean
}

/** The studied month is the last of thirteen: twelve for trends, and the same month a year before. */
export const MONTHS = 13

/** The incidents of thirteen months of all types, side by side. */
export interface History {
  months: MonthSpan[]
  /** The last of them. */
  studied: MonthSpan
  /** Null: all types. */
  incident_type: string | null
  complete: boolean
  /** Epoch ms of the oldest incident on record. */
  since: number | null
  cells: CellSet
  n: number
  types: string[]
  /** Index into `types`. */
  type: Uint16Array
  lon: Float64Array
  lat: Float64Array
  /** Epoch ms, to the second. */
  at: Float64Array
  accuracy_m: Float64Array
  /** Index into `months`. */
  month: Uint8Array
  /** Index into `cells`; -1 where none has its centre in the city. */
  cell: Int32Array
}

/** The WIB month before the one of an instant. */
export function lastFullMonth(now: Date): string {
  const first = Date.parse(`${wibDay(now.getTime()).slice(0, 7)}-01T00:00:00+07:00`)
  return wibDay(first - 1).slice(0, 7)
}

/** The month asked for, checked: 422 names what is wrong. */
export function requestedMonth(city: Services['city'], query: HotspotQuery, now: Date) {
  const month = query.month ?? lastFullMonth(now)
  const range = wibMonthRange(month)
  if (range === null || range.from > now.getTime()) throw invalid('month', 'bulan itu belum mulai')
  const incident_type = query.incident_type ?? null
  if (incident_type !== null && !city.incident_types.some(({ code }) => code === incident_type))
    throw invalid('incident_type', 'jenis kejadian itu tidak ada')
  return { month, ...range, incident_type, complete: range.to <= now.getTime() }
}

function spans(last: { month: string; from: number; to: number }, since: number | null): MonthSpan[] {
  const found: MonthSpan[] = []
  let span = last
  for (let i = 0; i < MONTHS; i++) {
    found.unshift({ month: span.month, from: span.from, to: span.to, whole: since !== null && since < span.from })
    const month = wibDay(span.from - 1).slice(0, 7)
    const range = wibMonthRange(month)
    if (range === null) break
    span = { month, ...range }
  }
  return found
}

/** Reads thirteen months in one statement, and finds each incident's cell. */
export async function readHistory(
  { db, simulated, city }: HotspotServices,
  query: HotspotQuery,
  now: Date,
): Promise<History> {
  const asked = requestedMonth(city, query, now)
  const since = await db.value<number | null>('hotspot_records', { simulated })
  const months = spans(asked, since)
  const studied = months[months.length - 1]
  const from = months[0].from
  const rows = await db.rows<{ incident_type: string; packed: Buffer }>('hotspot_history', {
    from: new Date(from).toISOString(),
    to: new Date(studied.to).toISOString(),
    now,
    simulated,
  })
  const cells = await cityCells(city, HOTSPOT_RESOLUTION)
  const parts = rows.map(({ packed }) => packed)
  const n = parts.reduce((sum, part) => sum + part.length / BYTES, 0)
  const history: History = {
    months,
    studied,
    incident_type: asked.incident_type,
    complete: asked.complete,
    since,
    cells,
    n,
    types: rows.map((row) => row.incident_type),
    type: new Uint16Array(n),
    lon: new Float64Array(n),
    lat: new Float64Array(n),
    at: new Float64Array(n),
    accuracy_m: new Float64Array(n),
    month: new Uint8Array(n),
    cell: new Int32Array(n),
  }
  await inSlices(fill(history, parts, from))
  return history
}

/** Four int4 an incident. */
const BYTES = 16

/** How many incidents are placed before others get their turn: some milliseconds. */
const SLICE = 2_000

function* fill(history: History, parts: readonly Buffer[], from: number): Generator<undefined, void> {
  const { months, cells } = history
  let i = 0
  for (const [type, part] of parts.entries()) {
    let month = 0
    for (let j = 0; j < part.length; j += BYTES, i++) {
      if (i % SLICE === 0) yield
      const lon = part.readInt32BE(j) / 1e7
      const lat = part.readInt32BE(j + 4) / 1e7
      const at = from + part.readInt32BE(j + 8) * 1000
      // Neighbours in the table are mostly neighbours in time.
      while (month < months.length - 1 && at >= months[month].to) month++
      while (month > 0 && at < months[month].from) month--
      history.type[i] = type
      history.lon[i] = lon
      history.lat[i] = lat
      history.at[i] = at
      history.accuracy_m[i] = part.readInt32BE(j + 12)
      history.month[i] = month
      history.cell[i] = cells.index.get(latLngToCell(lat, lon, HOTSPOT_RESOLUTION)) ?? -1
    }
  }
}
