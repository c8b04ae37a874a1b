import { wibHour, wibMidnight } from '../sla/shift.ts'

/** When a closure holds: `starts_at` inclusive, `ends_at` exclusive, ISO 8601. */
export interface Held {
  starts_at: string
  ends_at: string
}

export type ClosurePhase = 'planned' | 'in_force' | 'over'

const HOUR_MS = 3_600_000

/** Where a closure stands at `now` (epoch ms). */
export function closurePhase({ starts_at, ends_at }: Held, now: number): ClosurePhase {
  if (now < Date.parse(starts_at)) return 'planned'
  return now < Date.parse(ends_at) ? 'in_force' : 'over'
}

export const inForce = <C extends Held>(closures: readonly C[], now: number): C[] =>
  closures.filter((closure) => closurePhase(closure, now) === 'in_force')

/**
 * The span around `now` (epoch ms; `from` inclusive, `until` exclusive) in which no closure begins or ends and the hour, which
 * prices traffic, stays the same: what was worked out for `now` holds for all of it.
 */
export function steadySpan(closures: readonly Held[], now: number): { from: number; until: number } {
  let from = Math.floor(now / HOUR_MS) * HOUR_MS
  let until = from + HOUR_MS
  for (const closure of closures) {
    for (const edge of [Date.parse(closure.starts_at), Date.parse(closure.ends_at)]) {
      if (edge <= now) from = Math.max(from, edge)
      else until = Math.min(until, edge)
    }
  }
  return { from, until }
}

/** The morning's tide has left the streets by then, WIB. */
const TIDE_OUT_HOUR = 11
/** From this hour on, and when it is at least an hour to go, a rob is the morning's. */
const MORNING_FROM_HOUR = 4
const ANY_TIDE_HOURS = 4

/** Until when (epoch ms) a rob that is there at `now` is planned for: 11.00 WIB in the morning from 4 to 10, else four hours. */
export function robUntil(now: number): number {
  const hour = wibHour(now)
  return hour >= MORNING_FROM_HOUR && hour < TIDE_OUT_HOUR - 1
    ? wibMidnight(now) + TIDE_OUT_HOUR * HOUR_MS
    : now + ANY_TIDE_HOURS * HOUR_MS
}
