import type { Logger } from 'pino'
import type { LonLat } from '../../geo/earth.ts'
import type { Route } from '../../geo/roads/route.ts'
import type { Price } from '../../geo/roads/search.ts'
import type { CityModel } from '../city/model.ts'
import { createBreaker } from './breaker.ts'
import { combine, wayOf } from './combine.ts'
import { createOsrm, type Osrm } from './osrm.ts'
import { OsrmFault, type Outcome, type RoutedPrice, type RoutingSource, type RoutingState } from './types.ts'

const PROBE_EVERY_MS = 1_000
/** Places of our own roads that the probe asks about when no question is left open. */
const PROBE_POINTS = 4

type City = Pick<CityModel, 'router' | 'seconds' | 'openSeconds'>

export interface RoutingOptions {
  city: City
  log: Logger
  now: () => Date
  /** null: our own graph only. */
  url: string | null
  /** Default {@link PROBE_EVERY_MS}. */
  probe_every_ms?: number
}

/** The source of driving times: OSRM while it answers, else our own graph, in the same call. */
export function createRouting({ city, log, now, url, probe_every_ms = PROBE_EVERY_MS }: RoutingOptions): RoutingSource {
  const counts: Record<Outcome, number> = { answered: 0, silent: 0, invalid: 0, place: 0, crowded: 0 }
  const osrm = url === null ? null : createOsrm(url)
  /** The question that went unanswered last: the probe asks that, so a table too large for the time-out is not taken for well. */
  let unanswered: (() => Promise<unknown>) | null = null

  const breaker =
    osrm &&
    createBreaker({
      every_ms: probe_every_ms,
      now,
      async probe() {
        const question = unanswered
        try {
          await (question ? question() : askAround(osrm, city))
          // Another may have gone unanswered meanwhile.
          if (unanswered === question) unanswered = null
        } catch (error) {
          if (counting(error)) throw error
        }
      },
      onChange(fault) {
        if (fault)
          log.warn({ outcome: fault.outcome, reason: fault.message }, 'OSRM does not answer: our own graph speaks')
        else log.info('OSRM answers again')
      },
    })

  /** Asks OSRM; the fault instead of an answer, for which our own graph then speaks. */
  async function ask<T>(question: (osrm: Osrm) => Promise<T>): Promise<T | OsrmFault> {
    if (!osrm || !breaker) throw new Error('no OSRM is configured')
    try {
      const answer = await question(osrm)
      counts.answered++
      breaker.answered()
      return answer
    } catch (error) {
      const fault = error instanceof OsrmFault ? error : new OsrmFault('invalid', String(error))
      counts[fault.outcome]++
      log.debug({ outcome: fault.outcome, reason: fault.message }, 'OSRM gave no times')
      if (counting(fault)) {
        unanswered = () => question(osrm)
        breaker.missed(fault)
      }
      return fault
    }
  }

  function own(incident: LonLat, points: readonly (LonLat | null)[], at: Date, why: Outcome | null): RoutedPrice[] {
    const prices = city.router.price(incident, points, { seconds: city.seconds(at) })
    const notes = why === null ? [] : [`waktu dari graf sendiri: ${WHY[why]}`]
    // In place: a thousand copies are felt.
    return prices.map((price) =>
      Object.assign(price, { routing: why === null ? ('own' as const) : ('fallback' as const), notes }),
    )
  }

  /** With the closures of the moment, and without any; null where none is in force. */
  function closed(incident: LonLat, points: readonly (LonLat | null)[], at: Date): [Price[], Price[]] | null {
    const open = city.openSeconds(at)
    if (open === null) return null
    const { router } = city
    return [
      router.price(incident, points, { seconds: city.seconds(at) }),
      router.price(incident, points, { seconds: open }),
    ]
  }

  return {
    get state(): RoutingState {
      if (!breaker) return { routing: 'own', since: null }
      return breaker.opened ? { routing: 'fallback', since: breaker.missed_at } : { routing: 'osrm', since: null }
    },
    counts,
    async price(incident, points, at) {
      const places = points.filter((point) => point !== null)
      if (!breaker) return own(incident, points, at, null)
      if (breaker.opened) return own(incident, points, at, 'silent')
      if (places.length === 0) return own(incident, points, at, null)
      const table = await ask((server) => server.table(places, incident))
      if (table instanceof OsrmFault) return own(incident, points, at, table.outcome)
      // It reaches nobody: its roads and ours differ there, and somebody has to go.
      if (table.seconds.every((seconds) => seconds === Infinity)) return own(incident, points, at, 'place')
      // A server of before 5.18 says no metres: those are ours.
      const ours = table.metres && table.off_road_m ? null : city.router.price(incident, points)
      return combine(points, table, ours, closed(incident, points, at))
    },
    async route(from, to, at): Promise<(Route & { routing: RoutingState['routing'] }) | null> {
      const ours = (routing: RoutingState['routing']) => {
        const way = city.router.route(from, to, city.seconds(at))
        return way && { ...way, routing }
      }
      if (!breaker) return ours('own')
      if (breaker.opened) return ours('fallback')
      // OSRM's way may lead through what is closed; ours does not.
      if (city.openSeconds(at) !== null) return ours('own')
      const answer = await ask((server) => server.route(from, to))
      return answer instanceof OsrmFault ? ours('fallback') : { ...wayOf(answer, from, to), routing: 'osrm' }
    },
    async start() {
      await breaker?.start()
    },
    stop: () => breaker?.stop(),
  }
}

const WHY: Readonly<Record<Outcome, string>> = {
  answered: '',
  silent: 'OSRM tidak menjawab',
  invalid: 'jawaban OSRM tidak dapat dipakai',
  place: 'OSRM tidak mengenal jalan di sini',
  crowded: 'OSRM sedang sibuk',
}

/** Whether a fault says something about the server, not about the place or about us. */
const counting = (error: unknown): boolean =>
  !(error instanceof OsrmFault) || error.outcome === 'silent' || error.outcome === 'invalid'

async function askAround(osrm: Osrm, { router: { graph } }: City): Promise<void> {
  if (graph.node_count === 0) return
  const points = Array.from({ length: PROBE_POINTS }, (_, i): LonLat => {
    const node = Math.floor((i * graph.node_count) / PROBE_POINTS)
    return [graph.lon[node], graph.lat[node]]
  })
  await osrm.table(points.slice(1), points[0])
}
