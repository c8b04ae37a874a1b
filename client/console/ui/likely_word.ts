import type { ConsoleKey } from '../text/id.ts'

/** From here on it is rather the same than not. */
export const RATHER_SAME = 0.5
const SURELY = 0.9
const MAYBE = 0.25

/** A probability in words, for whoever does not weigh per cents with a caller in the ear. */
export function likelyWord(probability: number): ConsoleKey {
  if (probability >= SURELY) return 'likely_surely'
  if (probability >= RATHER_SAME) return 'likely_rather'
  return probability >= MAYBE ? 'likely_maybe' : 'likely_hardly'
}
