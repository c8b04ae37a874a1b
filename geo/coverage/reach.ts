import type { LonLat } from '../earth.ts'
import type { Router } from '../roads/router.ts'
import type { Snapped } from '../roads/snap.ts'
import type { CellSet } from './cells.ts'

/** Farther than this nobody plans: what takes longer counts as out of reach. */
export const REACH_LIMIT_SECONDS = 3_600
/** A cell's centre may lie so far off the road that serves it; the rest is walked. */
const BESIDE_ROAD_M = 100
const WALK_M_S = 1.4

/** Where each cell's centre meets the road; null without a road at all. Depends on the graph alone: keep it. */
export const placeCells = (router: Router, { lon, lat }: CellSet): (Snapped | null)[] =>
  Array.from(lon, (x, cell) => router.snap([x, lat[cell]]))

/**
 * Seconds of driving from a place to each cell over the roads at these arc seconds (the way that leads far off the road is walked); Infinity beyond an hour
 * or where no open road leads. One search.
 */
export function reachSeconds(
  router: Router,
  placed: readonly (Snapped | null)[],
  from: LonLat,
  seconds?: Float64Array,
): Float64Array {
  const reached = router.isochrone([{ position: from }], REACH_LIMIT_SECONDS, seconds)
  return Float64Array.from(placed, (at) =>
    at ? reached.secondsTo(at) + Math.max(0, at.distance_m - BESIDE_ROAD_M) / WALK_M_S : Infinity,
  )
}
