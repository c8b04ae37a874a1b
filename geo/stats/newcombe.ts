import { Z_95 } from './normal.ts'
import { wilson } from './wilson.ts'

export interface Difference {
  /** Of the two shares, the first less the second, in [-1, 1]. */
  difference: number
  low: number
  high: number
}

/**
 * k1 of n1 less k2 of n2 with Newcombe's hybrid score interval, 95 % unless another z is given (Newcombe 1998, method 10): the
 * Wilson intervals of both put together. Null when either n is 0.
 */
export function shareDifference(k1: number, n1: number, k2: number, n2: number, z = Z_95): Difference | null {
  const a = wilson(k1, n1, z)
  const b = wilson(k2, n2, z)
  if (a.share === null || a.low === null || a.high === null) return null
  if (b.share === null || b.low === null || b.high === null) return null
  const difference = a.share - b.share
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(a.share - a.low, b.high - b.share)),
    high: Math.min(1, difference + Math.hypot(a.high - a.share, b.share - b.low)),
  }
}
