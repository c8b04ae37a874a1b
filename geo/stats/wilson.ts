import { Z_95 } from './normal.ts'

export interface ShareInterval {
  /** All three in [0, 1]; null when n = 0. */
  share: number | null
  low: number | null
  high: number | null
}

/** The share k of n with its Wilson score interval, 95 % unless another z is given (Wilson 1927). */
export function wilson(k: number, n: number, z = Z_95): ShareInterval {
  if (!(n > 0)) return { share: null, low: null, high: null }
  const share = k / n
  const z2 = z * z
  const centre = share + z2 / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  // The bounds at k = 0 and k = n are exactly 0 and 1; rounding must not say otherwise.
  return {
    share,
    low: k === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: k === n ? 1 : Math.min(1, (centre + half) / scale),
  }
}
