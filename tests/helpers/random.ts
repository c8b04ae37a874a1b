/**
 * Seeded randomness for tests (mulberry32). The seed comes from TEST_SEED or the default, and is printed once,
 * so that a failing run can be repeated exactly.
 */
const seed = Number(process.env.TEST_SEED ?? 112)
let printed = false

/** A generator of numbers in [0, 1); `salt` separates the streams of different tests. */
export function seededRandom(salt = 0): () => number {
  if (!printed) console.info(`TEST_SEED=${seed}`)
  printed = true
  return mulberry32(seed * 2654435761 + salt)
}

/** A generator of numbers in [0, 1) on a seed of the caller's own, whatever TEST_SEED says. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
