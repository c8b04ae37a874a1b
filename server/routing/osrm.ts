import { z } from 'zod'
import type { LonLat } from '../../geo/earth.ts'
import { giveUpAfter } from '../give_up.ts'
import { readRoute, readTable, type OsrmRoute, type OsrmTable } from './osrm_answer.ts'
import { createTurns } from './turns.ts'
import { OsrmFault, OSRM_TIMEOUT_MS } from './types.ts'

/** Coordinates that an OSRM server takes in one table unless its --max-table-size says otherwise. */
const MAX_TABLE = 100
const LEAST_TABLE = 10
/** Connections in use at once: OSRM answers on as many threads as its machine has cores. */
const AT_ONCE = 8
/** What OSRM says when it has no road there; it is well. */
const OF_THE_PLACE = new Set(['NoSegment', 'NoRoute', 'NoTable'])

const coded = z.object({ code: z.string(), message: z.string().optional() })

/** One OSRM server (API v1). Each question takes {@link OSRM_TIMEOUT_MS} at most, is asked once, and throws an {@link OsrmFault}. */
export interface Osrm {
  /** Drives of all the points to one place, `table` in as many parts as the server takes. */
  table(points: readonly LonLat[], to: LonLat): Promise<OsrmTable>
  route(from: LonLat, to: LonLat): Promise<OsrmRoute>
}

/** `url` is where the server is, before `/table` and `/route`; a user and password in it go out as HTTP Basic. */
export function createOsrm(url: string, timeout_ms = OSRM_TIMEOUT_MS): Osrm {
  const base = new URL(url)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (base.username)
    headers.authorization = `Basic ${btoa(`${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`)}`
  const root = `${base.origin}${base.pathname.replace(/(?<!\/)\/+$/, '')}`
  const turn = createTurns(AT_ONCE)
  let max_table = MAX_TABLE

  /** One answer with code Ok, parsed. */
  async function ask(path: string, signal: AbortSignal): Promise<unknown> {
    const giveBack = await turn(signal)
    const sent = performance.now()
    try {
      // A kept connection and no second try: whoever asks has our own graph to go by.
      const response = await fetch(root + path, { headers, signal, redirect: 'error' })
      return judge(response.status, await response.text())
    } catch (error) {
      if (error instanceof OsrmFault) throw error
      // It waited for a turn most of the time: the crowd is ours.
      if (signal.aborted && performance.now() - sent < timeout_ms / 2)
        throw new OsrmFault('crowded', 'too many questions at once')
      throw new OsrmFault('silent', signal.aborted ? `no answer in ${timeout_ms} ms` : reasonOf(error))
    } finally {
      giveBack()
    }
  }

  function judge(status: number, text: string): unknown {
    const body = parse(text)
    const said = coded.safeParse(body)
    if (said.success && OF_THE_PLACE.has(said.data.code))
      throw new OsrmFault('place', `${said.data.code} ${said.data.message ?? ''}`.trim())
    if (said.data?.code === 'TooBig') max_table = Math.max(LEAST_TABLE, Math.floor(max_table / 2))
    if (status >= 500 || body === undefined)
      throw new OsrmFault(status >= 500 ? 'silent' : 'invalid', `HTTP ${status}, ${text.length} characters`)
    if (said.data?.code !== 'Ok')
      throw new OsrmFault('invalid', `HTTP ${status} ${said.data?.code ?? 'without a code'}`)
    return body
  }

  const within = <T>(work: (signal: AbortSignal) => Promise<T>) => giveUpAfter(timeout_ms, null, work)

  async function part(points: readonly LonLat[], to: LonLat, signal: AbortSignal): Promise<OsrmTable> {
    const sources = points.map((_, i) => i).join(';')
    const query = `sources=${sources}&destinations=${points.length}&annotations=duration,distance`
    return readTable(await ask(`/table/v1/driving/${path([...points, to])}?${query}`, signal), points, to)
  }

  return {
    table: (points, to) =>
      within(async (signal) => {
        const size = max_table - 1
        const parts = Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
          part(points.slice(i * size, (i + 1) * size), to, signal),
        )
        const tables = await Promise.all(parts)
        const all = (of: 'metres' | 'off_road_m'): number[] | null =>
          tables.every((one) => one[of] !== null) ? tables.flatMap((one) => one[of] ?? []) : null
        return {
          seconds: tables.flatMap((one) => one.seconds),
          metres: all('metres'),
          off_road_m: all('off_road_m'),
        }
      }),
    route: (from, to) =>
      within(async (signal) => {
        const query = 'overview=full&geometries=geojson&annotations=duration'
        return readRoute(await ask(`/route/v1/driving/${path([from, to])}?${query}`, signal), from, to)
      }),
  }
}

/** lon,lat;lon,lat, to the decimetre. */
const path = (points: readonly LonLat[]): string =>
  points.map(([lon, lat]) => `${lon.toFixed(6)},${lat.toFixed(6)}`).join(';')

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error
    ? cause.message || String((cause as { code?: unknown }).code ?? cause.name)
    : String(cause)
}
