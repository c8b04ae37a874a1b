import type { Assignment } from '../wire/incident.ts'
import type { IncidentType } from '../wire/masterdata.ts'

/** Under this n a median says nothing: the type's planning value stands in. */
const MEDIAN_MIN_N = 5

export type OnSceneFigures = Pick<IncidentType, 'on_scene_minutes' | 'median_on_scene_seconds' | 'median_on_scene_n'>

/** Time on scene to plan with: the type's median, or its planning value under n = 5. `n` is shown beside the forecast. */
export function plannedOnScene(type: OnSceneFigures): { seconds: number; n: number } {
  const { median_on_scene_seconds: median, median_on_scene_n: n } = type
  return median !== null && n >= MEDIAN_MIN_N ? { seconds: median, n } : { seconds: type.on_scene_minutes * 60, n }
}

/** Driving seconds left from where the unit is now; null or undefined: fall back on the ETA known at dispatch. */
export type LiveEta = (assignment: Assignment) => number | null | undefined

const at = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))

/**
 * When the assignment's unit arrives, epoch milliseconds: turnout from notified, then the drive. An arrival that should
 * have been is expected now, never in the past. Null without an ETA (an agency that is not tracked), and while its unit is on another job.
 */
export function arrivalForecast(a: Assignment, now: number, liveEta?: LiveEta): number | null {
  const arrived = at(a.on_scene_at)
  if (arrived !== null) return arrived
  // Nobody knows when its unit's first job ends.
  if (a.queued_behind) return null
  const live = liveEta?.(a) ?? null
  const departed = at(a.en_route_at)
  const departure =
    departed ?? Math.max(now, Date.parse(a.promoted_at ?? a.notified_at) + (a.turnout_seconds ?? 0) * 1000)
  if (live !== null) return Math.max(now, departure) + live * 1000
  return a.eta_seconds === null ? null : Math.max(now, departure + a.eta_seconds * 1000)
}

/**
 * When the assignment is done, epoch milliseconds: arrival + time on scene. Declined and cancelled ones have no end of
 * their own (null), nor have those whose arrival cannot be told.
 */
export function doneForecast(a: Assignment, now: number, on_scene_seconds: number, liveEta?: LiveEta): number | null {
  if (a.status === 'declined' || a.status === 'cancelled') return null
  const done = at(a.done_at)
  if (done !== null) return done
  const arrival = arrivalForecast(a, now, liveEta)
  return arrival === null ? null : Math.max(now, arrival + on_scene_seconds * 1000)
}
