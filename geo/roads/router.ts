import type { LonLat } from '../earth.ts'
import type { RoadGraph } from './graph.ts'
import { isochrone } from './isochrone.ts'
import type { Isochrone } from './isochrone.ts'
import { openPart } from './open_part.ts'
import { routeTo } from './route.ts'
import type { Route } from './route.ts'
import { createScratch, priceTargets } from './search.ts'
import type { Price, PriceOptions } from './search.ts'
import { createSnapper } from './snap.ts'
import { SLOWEST_HOUR_FACTOR } from './speed.ts'
import type { Snapped } from './snap.ts'

/** Everything asked of one road graph, by points; it holds the index and the working memory, so keep it. */
export interface Router {
  graph: RoadGraph
  snap(point: readonly number[], any_component?: boolean, only?: Uint8Array | null): Snapped | null
  /**
   * Drives of all the points to the incident, in their order; null (no position) and no road at all give Infinity. A point
   * in a shut area is driven to (or from) as far as there is a road: the forecast for it is that much too short, but never shorter
   * than the drive would be if nothing were shut.
   */
  price(incident: LonLat, points: readonly (LonLat | null)[], options?: PriceOptions): Price[]
  route(from: LonLat, to: LonLat, seconds?: Float64Array): Route | null
  isochrone(
    sources: readonly { position: LonLat; delay_seconds?: number }[],
    limit_seconds: number,
    seconds?: Float64Array,
  ): Isochrone
}

export function createRouter(graph: RoadGraph): Router {
  const { snap } = createSnapper(graph)
  const scratch = createScratch(graph)
  const parts = new WeakMap<Float64Array, Uint8Array | null>()

  /** Where a drive at these seconds starts or ends for a point: on the road nearest to it that can be driven. */
  function endsAt(seconds: Float64Array | undefined): (point: LonLat) => (Snapped & { shut: boolean }) | null {
    let open = seconds && parts.get(seconds)
    if (seconds && open === undefined) parts.set(seconds, (open = openPart(graph, seconds)))
    return (point) => {
      const nearest = snap(point)
      if (!nearest || !open || open[nearest.link] === 1) return nearest && { ...nearest, shut: false }
      const reachable = snap(point, false, open)
      return reachable && { ...reachable, shut: true }
    }
  }

  /** The same drives with what is shut open, at the slowest hour: no less than before anything was shut. */
  function dryPrices(incident: LonLat, points: readonly (LonLat | null)[], seconds = graph.seconds): Price[] | null {
    const to = snap(incident)
    const opened = seconds.map((s, arc) => (s === Infinity ? graph.seconds[arc] * SLOWEST_HOUR_FACTOR : s))
    return (
      to &&
      priceTargets(
        scratch,
        to,
        points.map((point) => point && snap(point)),
        { seconds: opened },
      )
    )
  }

  return {
    graph,
    snap,
    price(incident, points, options) {
      const at = endsAt(options?.seconds)
      const to = at(incident)
      if (!to) return points.map(() => ({ seconds: Infinity, metres: Infinity, off_road_m: 0, shut_end: false }))
      const targets = points.map((point) => (point ? at(point) : null))
      const prices = priceTargets(scratch, to, targets, options).map((price, i) => ({
        ...price,
        shut_end: to.shut || (targets[i]?.shut ?? false),
      }))
      const dry = prices.some(({ shut_end }) => shut_end) ? dryPrices(incident, points, options?.seconds) : null
      return dry
        ? prices.map((price, i) =>
            price.shut_end && dry[i].seconds < Infinity
              ? { ...price, seconds: Math.max(price.seconds, dry[i].seconds) }
              : price,
          )
        : prices
    },
    route(from, to, seconds) {
      const at = endsAt(seconds)
      const [a, b] = [at(from), at(to)]
      return a && b ? routeTo(scratch, a, b, seconds) : null
    },
    isochrone(sources, limit_seconds, seconds) {
      const placed = sources.flatMap(({ position, delay_seconds }) => {
        const at = snap(position)
        return at ? [{ at, delay_seconds }] : []
      })
      return isochrone(scratch, placed, limit_seconds, seconds)
    },
  }
}
