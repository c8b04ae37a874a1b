import { REACH_LIMIT_SECONDS } from './reach.ts'

export type Objective = 'mclp' | 'p_median'

/** Weight is counted in so many equal parts, seconds in whole ones: sums are exact (below 2^53), so that ties are ties. */
const WEIGHT_PARTS = 1_000_000
const CAP = REACH_LIMIT_SECONDS
/** More than all seconds of all parts; more than all parts. */
const REACHED = WEIGHT_PARTS * CAP * 2
const SAVED = WEIGHT_PARTS * 2

/** Weights in whole parts of all of them; cells that weigh nothing are left out by whoever asks. */
export function weightParts(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return weights.map((w) => (total > 0 ? Math.round((w / total) * WEIGHT_PARTS) : 0))
}

/**
 * What coming to each cell in `seconds` (whole; Infinity: not at all) is worth. `mclp`: weight reached in time above all, then seconds saved against an
 * hour; `p_median`: seconds saved, then weight reached. Weights as by {@link weightParts}.
 */
export function worthRow(
  objective: Objective,
  seconds: Float64Array,
  parts: Float64Array,
  limit_seconds: number,
): Float64Array {
  return seconds.map((s, cell) => {
    const saved = CAP - Math.min(CAP, s)
    const reached = s <= limit_seconds ? 1 : 0
    return parts[cell] * (objective === 'mclp' ? reached * REACHED + saved : saved * SAVED + reached)
  })
}
