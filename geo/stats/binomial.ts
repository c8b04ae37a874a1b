/** ln of the gamma function for x > 0 (Lanczos, g = 7, n = 9): relative error below 1e-14. */
function lnGamma(x: number): number {
  const LANCZOS = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x)
  let sum = LANCZOS[0]
  for (let i = 1; i < 9; i++) sum += LANCZOS[i] / (x - 1 + i)
  const t = x - 1 + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** P(K >= k) for K binomial: terms from k on, until they add nothing. k at or above the mean. */
function upper(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (k > n) return 0
  let term = Math.exp(lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p))
  let sum = term
  const odds = p / (1 - p)
  for (let i = k + 1; i <= n && term > sum * 1e-16; i++) sum += term *= ((n - i + 1) / i) * odds
  return sum
}

/** The smaller tail is the one that leads away from the mean; the lower one is the upper one of what failed. */
const away = (k: number, n: number, p: number): [k: number, p: number] => (k >= n * p ? [k, p] : [n - k, 1 - p])

/** Exact two-sided p of k successes in n at probability `p` in (0, 1): twice the smaller tail, at most 1. */
export function binomialP(k: number, n: number, p: number): number {
  if (n <= 0 || p <= 0 || p >= 1) return 1
  const [far, at] = away(k, n, p)
  return Math.min(1, 2 * upper(far, n, at))
}

/** The same with half the weight of k itself (Lancaster's mid-p): as often below 0.05 as it says, not less. */
export function binomialMidP(k: number, n: number, p: number): number {
  if (n <= 0 || p <= 0 || p >= 1) return 1
  const [far, at] = away(k, n, p)
  return Math.min(1, upper(far, n, at) + upper(far + 1, n, at))
}
