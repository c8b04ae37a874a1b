export interface Discovery {
  /** Adjusted p (R's `p.adjust(p, "BH")`): the smallest false discovery rate at which this one is found. */
  q: number
  significant: boolean
}

/** Benjamini and Hochberg (1995) at false discovery rate `alpha`, in the order given. All tests made belong in `ps`. */
export function benjaminiHochberg(ps: readonly number[], alpha = 0.05): Discovery[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[b] - ps[a])
  const found: Discovery[] = new Array(ps.length)
  let q = 1
  order.forEach((i, from_last) => {
    q = Math.min(q, (ps[i] * ps.length) / (ps.length - from_last))
    found[i] = { q, significant: q <= alpha }
  })
  return found
}
