/** A fix older than this is shown outlined: the unit may be elsewhere. */
export const STALE_AFTER_SECONDS = 60
/** Older than this the place says nothing about where the unit is now. */
export const LOST_AFTER_SECONDS = 600

export type Freshness = 'fresh' | 'stale' | 'lost'

/** Age of a fix in seconds at `now` (epoch ms); a phone whose clock runs ahead counts as now, never as younger than now. */
export function fixAgeSeconds(fix_at: number, now: number): number {
  return Math.max(0, (now - fix_at) / 1000)
}

/** How far a fix can be trusted. `null` (no fix at all) is lost. */
export function freshness(age_seconds: number | null): Freshness {
  if (age_seconds === null || age_seconds > LOST_AFTER_SECONDS) return 'lost'
  return age_seconds > STALE_AFTER_SECONDS ? 'stale' : 'fresh'
}
