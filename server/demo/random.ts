/** A seeded source of chance: the same parts give the same stream, whatever else was drawn elsewhere. */
export interface Random {
  /** [0, 1). */
  next(): number
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** One item by weight; null when all weigh nothing. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T | null
  /** Standard normal. */
  normal(): number
  /** Log-normal: half of all draws lie under `median`; `spread` is the deviation of the logarithm. */
  around(median: number, spread: number): number
  /** Poisson: how many happen when `mean` are expected. */
  count(mean: number): number
  /** Exponential waiting time. */
  wait(mean: number): number
}

/** FNV-1a over the text of the parts. */
function hash(parts: readonly (string | number)[]): number {
  let h = 2166136261
  for (const char of parts.join('|')) h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 16777619)
  return h >>> 0
}

/** mulberry32 behind the words the demo thinks in. */
export function randomOf(...parts: (string | number)[]): Random {
  let state = hash(parts)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    normal,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)],
    weighted(items, weight) {
      const total = items.reduce((sum, item) => sum + weight(item), 0)
      let left = next() * total
      for (const item of items) {
        left -= weight(item)
        if (left < 0) return item
      }
      return null
    },
    around: (median, spread) => median * Math.exp(spread * normal()),
    count(mean) {
      const limit = Math.exp(-mean)
      let n = 0
      for (let product = next(); product > limit; product *= next()) n++
      return n
    },
    wait: (mean) => -mean * Math.log(1 - next()),
  }
}
