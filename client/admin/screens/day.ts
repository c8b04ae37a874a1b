import type { ScreenSpan } from '../../../geo/wire/screen.ts'

/** A piece of the strip, in shares of the day. */
export interface Piece {
  from: number
  width: number
  stale: ScreenSpan['stale']
}

export interface Day {
  pieces: Piece[]
  fresh_seconds: number
  stale_seconds: number
  /** Not heard since its first word within the day. */
  gap_seconds: number
  /** Since when it has been in its present state without a gap, epoch ms; null without any. */
  since: number | null
}

const DAY_MS = 86_400_000
/** A stretch of seconds must be seen on a strip of a day. */
const LEAST_SHARE = 0.003

/** The last day of one screen, as a strip of what it told: what is between its stretches was not heard. */
export function dayOf(spans: readonly ScreenSpan[], now: number): Day {
  const begins = now - DAY_MS
  const own = spans
    .map((span) => ({ ...span, from: Math.max(begins, Date.parse(span.began_at)), to: Date.parse(span.ended_at) }))
    .filter(({ to }) => to > begins)
    .sort((a, b) => a.from - b.from)
  let fresh = 0
  let stale = 0
  for (const span of own) {
    if (span.stale === null) fresh += span.to - span.from
    else stale += span.to - span.from
  }
  const heard_from = own.at(0)?.from ?? now
  return {
    pieces: own.map((span) => ({
      from: (span.from - begins) / DAY_MS,
      width: Math.max(span.stale === null ? 0 : LEAST_SHARE, (span.to - span.from) / DAY_MS),
      stale: span.stale,
    })),
    fresh_seconds: fresh / 1000,
    stale_seconds: stale / 1000,
    gap_seconds: Math.max(0, now - heard_from - fresh - stale) / 1000,
    since: own.at(-1)?.from ?? null,
  }
}
