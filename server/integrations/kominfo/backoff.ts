/** Milliseconds: the pause after the first failed try, and the longest. */
export interface Backoff {
  first_ms: number
  most_ms: number
}

/** The pause after `tries` failed tries: doubled each time up to the longest, of which the latter half is drawn (`random` in [0, 1)). */
export function pauseAfter(tries: number, { first_ms, most_ms }: Backoff, random: () => number): number {
  const whole = Math.min(most_ms, first_ms * 2 ** Math.min(30, Math.max(0, tries - 1)))
  return whole / 2 + (whole / 2) * random()
}

/** The pause that a Retry-After header asks for (seconds, or an HTTP date), at most a day; null without one that can be read. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const asked = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(asked) ? Math.min(86_400_000, Math.max(0, asked)) : null
}
