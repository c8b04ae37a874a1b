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
function kindOf(bins: readonly number[], z: readonly number[], level: readonly number[]): Kind | null {
  const steps = bins.length
  const hot = bins.filter((bin) => bin > 0).length
  const ends_hot = bins[steps - 1] > 0
  if (hot >= THROUGHOUT * steps) {
    if (!ends_hot) return 'historical'
    const [by_z, by_level] = [mannKendall(z), mannKendall(level)]
    if (by_z.p > ALPHA || by_level.p > ALPHA || by_z.z > 0 !== by_level.z > 0) return 'persistent'
    return by_z.z > 0 ? 'intensifying' : 'diminishing'
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
 * - intensifying, diminishing: hot in at least 90 % of the steps, the last among them, and the z rise (fall) by Mann-Kendall, p ≤ 0.05. Since z
 *   grows with all counts in a busy season, `level`, how much the place stands above the rest, has to rise (fall) alike;
 * - persistent: the same without such a trend;
 * - historical: hot in at least 90 % of the steps, but not in the last;
 * - oscillating: hot in the last step, on and off before, and cold in some step; less than 90 % hot;
 * - sporadic: hot in the last step, on and off before, never cold; less than 90 % hot.
 * Where two could be said (once cold, then new) the first of this order is. Anything else is none.
 */
export function trendClassOf(bins: readonly number[], z: readonly number[], level = z): TrendClass {
  const hot = kindOf(bins, z, level)
  if (hot !== null) return `${hot}_hot`
  const negated = (values: readonly number[]) => values.map((value) => -value)
  const cold = kindOf(negated(bins), negated(z), negated(level))
  return cold === null ? 'none' : `${cold}_cold`
}

/**
 * Space-time Gi*: a bin's neighbourhood is its place with those around it, in its own step and the one before, held against all bins of
 * these two steps (Esri's global window "neighborhood time step"): a busy season or a city that reports more every month makes no place
 * hot. Binary weights, Benjamini-Hochberg over all bins, then the class of each place. `counts[place][step]`, oldest step first;
 * `near[place]` are the places around it.
 */
export function emerging(counts: readonly (readonly number[])[], near: readonly (readonly number[])[]): Cube {
  const places = counts.length
  const steps = counts[0]?.length ?? 0
  const rings = near.map((around, place) => [...new Set(around).add(place)])
  const two_steps = rings.map((ring) => [...ring, ...ring.map((each) => places + each)])
  const slice = (step: number) => counts.map((row) => row[step])
  const found = Array.from({ length: steps }, (_, step) =>
    step === 0 ? giStar(slice(0), rings) : giStar([...slice(step), ...slice(step - 1)], two_steps).slice(0, places),
  )
  const total = counts.reduce((sum, row) => sum + row.reduce((all, n) => all + n, 0), 0)
  const widest = rings.reduce((most, ring) => Math.max(most, ring.length), 0)
  const too_few = (total / Math.max(1, places * steps)) * widest * 2 < EXPECTED_MIN
  const discovered = benjaminiHochberg(
    found.flatMap((step) => step.map(({ p }) => p)),
    ALPHA,
  )
  const z = counts.map((_, place) => found.map((step) => step[place].z))
  const bins = z.map((row, place) =>
    row.map((each, step) => (discovered[step * places + place].significant && !too_few ? Math.sign(each) : 0)),
  )
  const classes = bins.map((row, place) => trendClassOf(row, z[place], levels(counts, rings[place])))
  return { z, bins, classes, too_few }
}

/** Mean count of a neighbourhood over the mean of all places, step by step (with the one before). */
function levels(counts: readonly (readonly number[])[], ring: readonly number[]): number[] {
  const meanOf = (places: readonly (readonly number[])[], step: number) =>
    places.reduce((sum, row) => sum + row[step] + (row[step - 1] ?? 0), 0) / places.length
  const around = ring.map((place) => counts[place])
  return counts[0].map((_, step) => {
    const all = meanOf(counts, step)
    return all > 0 ? meanOf(around, step) / all : 0
  })
}
