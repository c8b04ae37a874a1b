export interface Counted {
  n: number
  breached: number
}

/**
 * Empirical-Bayes shares (Marshall 1991, global): each district's breached share drawn towards that of all of them, the more the
 * fewer cases it has and the less the districts differ beyond chance. In [0, 1], in the order given; null where all have n = 0.
 */
export function shrunkenShares(districts: readonly Counted[]): (number | null)[] {
  const n = districts.reduce((sum, d) => sum + d.n, 0)
  if (n === 0) return districts.map(() => null)
  const mean = districts.reduce((sum, d) => sum + d.breached, 0) / n
  const some = districts.filter((d) => d.n > 0)
  const spread = some.reduce((sum, d) => sum + d.n * (d.breached / d.n - mean) ** 2, 0) / n
  // Of the spread seen, what is more than chance alone gives at the average number of cases.
  const between = Math.max(0, spread - (mean * (1 - mean)) / (n / some.length))
  return districts.map((d) => {
    if (d.n === 0) return mean
    const chance = (mean * (1 - mean)) / d.n
    const trust = between + chance > 0 ? between / (between + chance) : 0
    return mean + trust * (d.breached / d.n - mean)
  })
}
