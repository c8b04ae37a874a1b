import { countRatio } from './count_ratio.ts'
import type { CountRatio } from './count_ratio.ts'

/** Two counts over periods of some length (any unit, the same): rate over rate, by {@link countRatio}. Null when the second is 0. */
export function rateRatio(now: number, length: number, before: number, length_before: number): CountRatio | null {
  const counted = countRatio(now, before)
  if (counted === null || !(length > 0)) return null
  const scale = length_before / length
  const { ratio, low, high } = counted
  return { ratio: ratio * scale, low: low * scale, high: high === null ? null : high * scale }
}

/** The interval excludes no change. */
export const isClear = ({ low, high }: CountRatio): boolean => low > 1 || (high !== null && high < 1)
