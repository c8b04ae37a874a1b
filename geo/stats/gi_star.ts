import { twoSidedP } from './normal.ts'

export interface GiStar {
  /** Standard score: positive among high values, negative among low ones; 0 where nothing varies. */
  z: number
  /** Two-sided, normal approximation. */
  p: number
}

/**
 * Getis-Ord Gi* with binary weights (Ord and Getis 1995). `neighbours[i]` are the indices around i; i itself is always
 * taken in (the star), listed or not. Values include the zeros: leaving empty areas out invents hotspots.
 */
export function giStar(values: readonly number[], neighbours: readonly (readonly number[])[]): GiStar[] {
  const n = values.length
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n
  return values.map((_, i) => {
    const around = new Set(neighbours[i]).add(i)
    let local = 0
    for (const j of around) local += values[j]
    const w = around.size
    const spread = variance * ((n * w - w * w) / (n - 1))
    // A flat surface, or a neighbourhood that is everything, has no local anomaly.
    const z = spread > 0 ? (local - mean * w) / Math.sqrt(spread) : 0
    return { z, p: twoSidedP(z) }
  })
}
