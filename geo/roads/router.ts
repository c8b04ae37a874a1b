import type { LonLat } from '../earth.ts'
import type { RoadGraph } from './graph.ts'
import { isochrone } from './isochrone.ts'
import type { Isochrone } from './isochrone.ts'
import { routeTo } from './route.ts'
import type { Route } from './route.ts'
import { createScratch, priceTargets } from './search.ts'
import type { Price, PriceOptions } from './search.ts'
import { createSnapper } from './snap.ts'
import type { Snapped } from './snap.ts'

/** Everything asked of one road graph, by points; it holds the index and the working memory, so keep it. */
export interface Router {
  graph: RoadGraph
  snap(point: readonly number[], any_component?: boolean): Snapped | null
  /** Drives of all the points to the incident, in their order; null (no position) and no road at all give Infinity. */
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
  return {
    graph,
    snap,
    price(incident, points, options) {
      const to = snap(incident)
      if (!to) return points.map(() => ({ seconds: Infinity, metres: Infinity, off_road_m: 0 }))
      return priceTargets(
        scratch,
        to,
        points.map((point) => (point ? snap(point) : null)),
        options,
      )
    },
    route(from, to, seconds) {
      const [a, b] = [snap(from), snap(to)]
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
