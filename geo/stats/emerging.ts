import type { TrendClass } from '../wire/hotspots.ts'
import { benjaminiHochberg } from './benjamini_hochberg.ts'
import { giStar } from './gi_star.ts'
import { mannKendall } from './mann_kendall.ts'

/** From this share of the steps on a place is hot (or cold) throughout. */
const THROUGHOUT = 0.9
const ALPHA = 0.05
/** Gi*'s z is read as normal only where a neighbourhood of the cube can expect this many. */
const EXPECTED_MIN = 5

export interface Cube {
  /** Gi* by place, then by step. */
  z: number[][]
  /** 1 hot, -1 cold, 0 neither: at a false discovery rate of 5 % over all bins. */
  bins: number[][]
  classes: TrendClass[]
  /** So few that a neighbourhood of the cube expects less than five: every class is `none`. */
  too_few: boolean
}

type Kind = Exclude<TrendClass, 'none'> extends `${infer K}_hot` | `${string}_cold` ? K : never

/** What the steps of a place make of it, told for hot; cold is the same with all signs turned. */
function kindOf(bins: readonly number[], z: readonly number[]): Kind | null {
  const steps = bins.length
  const hot = bins.filter((bin) => bin > 0).length
  const ends_hot = bins[steps - 1] > 0
  if (hot >= THROUGHOUT * steps) {
    if (!ends_hot) return 'historical'
    const trend = mannKendall(z)
    if (trend.p > ALPHA) return 'persistent'
    return trend.z > 0 ? 'intensifying' : 'diminishing'
  }
  if (!ends_hot) return null
  const run = steps - 1 - bins.findLastIndex((bin) => bin <= 0)
  if (hot === run) return run === 1 ? 'new' : 'consecutive'
  return bins.some((bin) => bin < 0) ? 'oscillating' : 'sporadic'
}

/**
 * The class of one place by its bins (1 hot, -1 cold, 0 neither) and their z, oldest first, as Esri defines them ("How Emerging Hot
 * Spot Analysis works", ArcGIS Pro). Told for hot; cold alike:
 * - new: hot in the last step and never before;
 * - consecutive: an unbroken run of at least two hot steps up to the last, never hot before it, hot in less than 90 % of all;
 * - intensifying, diminishing: hot in at least 90 % of the steps, the last among them, and the z rise (fall) by Mann-Kendall, p ≤ 0.05;
 * - persistent: the same without such a trend;
 * - historical: hot in at least 90 % of the steps, but not in the last;
 * - oscillating: hot in the last step, on and off before, and cold in some step; less than 90 % hot;
 * - sporadic: hot in the last step, on and off before, never cold; less than 90 % hot.
 * Where two could be said (once cold, then new) the first of this order is. Anything else is none.
 */
export function trendClassOf(bins: readonly number[], z: readonly number[]): TrendClass {
  const hot = kindOf(bins, z)
  if (hot !== null) return `${hot}_hot`
  const negated = (values: readonly number[]) => values.map((value) => -value)
  const cold = kindOf(negated(bins), negated(z))
  return cold === null ? 'none' : `${cold}_cold`
}

/**
 * Space-time Gi* over all places and steps at once (Esri's default, the entire cube, as the base of comparison): a bin's neighbourhood
 * is its place with those around it, in its own step and the one before; binary weights, Benjamini-Hochberg over all bins. Then the
 * class of each place. `counts[place][step]`, oldest step first; `near[place]` are the places around it.
 */
export function emerging(counts: readonly (readonly number[])[], near: readonly (readonly number[])[]): Cube {
  const places = counts.length
  const steps = counts[0]?.length ?? 0
  const at = (place: number, step: number) => step * places + place
  const values: number[] = new Array(places * steps)
  const around: number[][] = new Array(places * steps)
  let widest = 0
  for (let place = 0; place < places; place++) {
    const ring = [...new Set(near[place]).add(place)]
    for (let step = 0; step < steps; step++) {
      values[at(place, step)] = counts[place][step]
      const bins = ring.map((each) => at(each, step))
      if (step > 0) for (const each of ring) bins.push(at(each, step - 1))
      around[at(place, step)] = bins
      widest = Math.max(widest, bins.length)
    }
  }
  const total = values.reduce((sum, n) => sum + n, 0)
  const too_few = (total / Math.max(1, values.length)) * widest < EXPECTED_MIN
  const found = giStar(values, around)
  const discovered = benjaminiHochberg(
    found.map(({ p }) => p),
    ALPHA,
  )
  const each = <T>(take: (bin: number) => T): T[][] =>
    counts.map((_, place) => Array.from({ length: steps }, (__, step) => take(at(place, step))))
  const z = each((bin) => found[bin].z)
  const bins = each((bin) => (discovered[bin].significant && !too_few ? Math.sign(found[bin].z) : 0))
  return { z, bins, classes: bins.map((row, place) => trendClassOf(row, z[place])), too_few }
}
