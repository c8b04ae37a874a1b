import type { StaleReason } from '../../geo/wire/screen.ts'

/** A picture older than this is BASI, without exception. */
export const STALE_SECONDS = 5

/** What is known of the picture's age, in seconds; null where the question does not arise yet. */
export interface Vitals {
  /** A snapshot was shown at least once: without it the wall waits, it is not stale. */
  has_picture: boolean
  connected: boolean
  /** The server lets nobody in with what this page has: signing in would help. */
  refused: boolean
  /** Since the last heartbeat (or snapshot) arrived. */
  heard_seconds: number
  /** How late the last message was against the promptest ones: a proxy that buffers. */
  delay_seconds: number
  /** `server_time - checked_at` of the last heartbeat: since the server last read the log. */
  checked_seconds: number
  /** Since this page was told of the first line that it still lacks; 0 while it lacks none. */
  behind_seconds: number
  /** A message could not be understood and no snapshot came since. */
  invalid: boolean
  /** Since the last painted frame; null while the page is hidden. */
  painted_seconds: number | null
}

export interface Staleness {
  stale: boolean
  /** The gravest first; null when fresh. */
  reason: StaleReason | null
  /** Age of the data as shown, seconds. */
  age_seconds: number
}

/**
 * The one place that decides whether the wall says BASI, and why. A screen's own clock has no say in it: what is shown is the
 * server's time, and that the other is off is only noted.
 */
export function staleness(v: Vitals): Staleness {
  const data_age = Math.max(v.heard_seconds + Math.max(0, v.checked_seconds, v.delay_seconds), v.behind_seconds)
  const age_seconds = Math.max(
    data_age,
    v.painted_seconds !== null && v.painted_seconds > STALE_SECONDS ? v.painted_seconds : 0,
  )
  const reason = v.has_picture ? reasonOf(v) : null
  return { stale: reason !== null, reason, age_seconds }
}

function reasonOf(v: Vitals): StaleReason | null {
  if (v.invalid) return 'invalid'
  if (v.heard_seconds > STALE_SECONDS) return unheard(v)
  if (v.checked_seconds > STALE_SECONDS) return 'database'
  if (v.delay_seconds > STALE_SECONDS) return 'delayed'
  if (v.behind_seconds > STALE_SECONDS) return 'behind'
  if (v.painted_seconds !== null && v.painted_seconds > STALE_SECONDS) return 'renderer'
  // Each part is young, but the sum is what stands on the wall.
  const sum = v.heard_seconds + Math.max(0, v.checked_seconds, v.delay_seconds)
  return sum > STALE_SECONDS ? unheard(v) : null
}

const unheard = (v: Vitals): StaleReason => (v.connected ? 'silent' : v.refused ? 'refused' : 'socket')
