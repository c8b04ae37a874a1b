import type { ReachBand } from '../wire/coverage.ts'
import { REACH_LIMIT_SECONDS } from './reach.ts'

/** Who comes first to each cell. */
export interface Reached {
  /** Whole seconds, turn-out and drive; Infinity where nobody comes within an hour. */
  seconds: Float64Array
  /** Position of who comes first (of equals the first named); -1: nobody. */
  source: Int32Array
}

/** What lies in each cell. */
export interface Weights {
  area_km2: Float64Array
  people: Float64Array
  demand: Float64Array
}

/** The least over several places: `rows` hold the seconds of driving from each to every cell, `turnout` what each needs before it drives. */
export function firstToReach(rows: readonly Float64Array[], turnout: readonly number[], cell_count: number): Reached {
  const seconds = new Float64Array(cell_count).fill(Infinity)
  const source = new Int32Array(cell_count).fill(-1)
  for (const [i, row] of rows.entries())
    for (let cell = 0; cell < cell_count; cell++) {
      const s = Math.round(row[cell] + turnout[i])
      if (s >= seconds[cell] || s > REACH_LIMIT_SECONDS) continue
      seconds[cell] = s
      source[cell] = i
    }
  return { seconds, source }
}

export const sumOf = (row: Float64Array): number => row.reduce((sum, w) => sum + w, 0)
/** Sum of what lies in cells reached in time. */
export function within(seconds: Float64Array, weights: Float64Array, limit_seconds: number): number {
  let sum = 0
  for (let cell = 0; cell < seconds.length; cell++) if (seconds[cell] <= limit_seconds) sum += weights[cell]
  return sum
}
const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

/** What is reached within each limit. */
export function reachBands(
  seconds: Float64Array,
  { area_km2, people, demand }: Weights,
  minutes: readonly number[],
): ReachBand[] {
  const [area, all, asked] = [sumOf(area_km2), sumOf(people), sumOf(demand)]
  return minutes.map((limit) => {
    const [a, p, d] = [area_km2, people, demand].map((row) => within(seconds, row, limit * 60))
    return {
      minutes: limit,
      area_km2: a,
      area_share: shareOf(a, area) ?? 0,
      people: p,
      people_share: shareOf(p, all),
      demand: d,
      demand_share: shareOf(d, asked),
    }
  })
}

/** Mean over all weight; an hour where nobody comes within one. Null without weight, or where nobody comes anywhere. */
export function meanSeconds(seconds: Float64Array, weights: Float64Array): number | null {
  const total = sumOf(weights)
  if (total <= 0 || !seconds.some((s) => s < Infinity)) return null
  let spent = 0
  for (let cell = 0; cell < seconds.length; cell++)
    spent += weights[cell] * Math.min(seconds[cell], REACH_LIMIT_SECONDS)
  return spent / total
}

/** The least seconds within which half of the weight of some cells (default all) is reached; Infinity where it is not. Null without weight. */
export function medianSeconds(
  seconds: Float64Array,
  weights: Float64Array,
  cells: readonly number[] = Array.from(seconds.keys()),
): number | null {
  const order = cells.filter((cell) => weights[cell] > 0).sort((a, b) => seconds[a] - seconds[b])
  const half = order.reduce((sum, cell) => sum + weights[cell], 0) / 2
  let sum = 0
  for (const cell of order) {
    sum += weights[cell]
    // Sums of shares miss a half by a rounding error.
    if (sum >= half * (1 - 1e-12)) return seconds[cell]
  }
  return null
}
