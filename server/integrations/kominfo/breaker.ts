import { pauseAfter, type Backoff } from './backoff.ts'

/** Messages in a row that nobody answered before the endpoint counts as away. */
const MOST_MISSES = 3

/**
 * Whether the endpoint is there at all. After {@link MOST_MISSES} messages without an answer it is away: then one message at a time asks, with growing
 * pauses, and costs that message no try. One answer, whatever it says, and it is there again.
 */
export function createBreaker({ now, random, pace }: { now: () => Date; random: () => number; pace: Backoff }) {
  let misses = 0
  let away_since: Date | null = null
  let probes = 0
  let probe_at = 0
  return {
    /** Since when it is away; null while it is there. */
    get away_since() {
      return away_since
    },
    /** Epoch ms of the next question while it is away. */
    get probe_at() {
      return probe_at
    },
    /** How many of `most` messages may be under way now. */
    room(most: number): number {
      if (!away_since) return most
      return now().getTime() >= probe_at ? 1 : 0
    },
    answered(): void {
      misses = probes = 0
      away_since = null
    },
    missed(): void {
      misses++
      if (misses < MOST_MISSES) return
      away_since ??= now()
      probes++
      probe_at = now().getTime() + pauseAfter(probes, pace, random)
    },
  }
}
export type Breaker = ReturnType<typeof createBreaker>
