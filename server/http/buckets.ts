/** How much of something may be done: `per_second` for ever, `burst` at once after a rest. */
export interface Rate {
  per_second: number
  burst: number
}

/** Beyond so many keys the one that came longest ago is forgotten: it begins with a whole burst again. */
const MOST_KEYS = 10_000

/** Token buckets by key, in memory and bounded. Time is that of a steady clock, milliseconds: a clock that is set must shut nobody out. */
export function createBuckets({ per_second, burst }: Rate) {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    /** Seconds to wait, whole; 0: go on, and it is counted. */
    take(key: string, at = performance.now()): number {
      const known = buckets.get(key)
      const left = known ? Math.min(burst, known.left + (Math.max(0, at - known.at) / 1000) * per_second) : burst
      const passes = left >= 1
      buckets.delete(key)
      buckets.set(key, { left: passes ? left - 1 : left, at })
      if (buckets.size > MOST_KEYS) buckets.delete(buckets.keys().next().value as string)
      return passes ? 0 : Math.max(1, Math.ceil((1 - left) / per_second))
    },
    size: () => buckets.size,
  }
}
