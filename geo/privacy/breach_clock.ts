import { stageClock, type StageClock } from '../sla/clock.ts'

/** UU 27/2022 article 46: the subjects and the authority are told in writing within 3 x 24 hours. */
const BREACH_LIMIT_SECONDS = 3 * 24 * 3_600

export interface BreachTimes {
  found_at: string
  authority_notified_at: string | null
  subjects_notified_at: string | null
  outcome: 'confirmed' | 'not_a_breach' | null
  concluded_at: string | null
}

/**
 * The clock of one suspected breach: from when it was found until both the authority and the subjects were told, or until it proved to be none. It warns
 * from 80 % of the limit; told late stays `breached`.
 */
export function breachClock(breach: BreachTimes, now: number): StageClock {
  const { authority_notified_at, subjects_notified_at, outcome, concluded_at } = breach
  const told =
    authority_notified_at !== null && subjects_notified_at !== null
      ? Math.max(Date.parse(authority_notified_at), Date.parse(subjects_notified_at))
      : null
  const dismissed = outcome === 'not_a_breach' && concluded_at !== null ? Date.parse(concluded_at) : null
  return stageClock({
    started_at: Date.parse(breach.found_at),
    ended_at: told ?? dismissed,
    limit_seconds: BREACH_LIMIT_SECONDS,
    now,
  })
}
