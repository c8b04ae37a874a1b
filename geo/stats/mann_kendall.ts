import { twoSidedP } from './normal.ts'

export interface MannKendall {
  n: number
  /** Pairs that rise less pairs that fall, of all pairs in order of time. */
  s: number
  /** Kendall's tau-b against time (which has no ties): s over the root of all pairs times those of unequal values; -1 to 1. */
  tau: number
  /** Standard score, one step nearer to 0 for continuity: positive where values rise. 0 where nothing varies. */
  z: number
  /** Two-sided, normal approximation. */
  p: number
}

/**
 * The trend test of Mann (1945) and Kendall (1975) over values in order of time, equally spaced. With S = sum of sign(x_j - x_i)
 * over i < j and t the sizes of groups of equal values, Var S = [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18 and
 * z = (S - sign S) / sqrt(Var S): R's `cor.test(time, x, method = "kendall", exact = FALSE, continuity = TRUE)`.
 */
export function mannKendall(values: readonly number[]): MannKendall {
  const n = values.length
  let s = 0
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) s += Math.sign(values[j] - values[i])
  const groups = new Map<number, number>()
  for (const value of values) groups.set(value, (groups.get(value) ?? 0) + 1)
  let tied_pairs = 0
  let spread = n * (n - 1) * (2 * n + 5)
  for (const t of groups.values()) {
    tied_pairs += (t * (t - 1)) / 2
    spread -= t * (t - 1) * (2 * t + 5)
  }
  const pairs = (n * (n - 1)) / 2
  if (!(spread > 0)) return { n, s: 0, tau: 0, z: 0, p: 1 }
  const z = (s - Math.sign(s)) / Math.sqrt(spread / 18)
  return { n, s, tau: s / Math.sqrt(pairs * (pairs - tied_pairs)), z, p: twoSidedP(z) }
}
