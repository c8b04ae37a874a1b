import { wilson } from './wilson.ts'

export interface CountRatio {
  /** The first count over the second: 1.5 is half as many again. */
  ratio: number
  low: number
  /** Null: no upper bound can be told, the second count is 0 within chance. */
  high: number | null
}

/**
 * Two counts over equally long periods, by their share of the sum: given the sum, the first is binomial, one half where nothing
 * changed (Przyborowski and Wilenski 1940), so the Wilson interval p/(1-p) of it bounds the ratio, 95 %. Null when the second is 0.
 */
export function countRatio(now: number, before: number): CountRatio | null {
  if (before === 0) return null
  const { low, high } = wilson(now, now + before)
  const odds = (p: number) => p / (1 - p)
  return { ratio: now / before, low: odds(low ?? 0), high: high === null || high >= 1 ? null : odds(high) }
}
