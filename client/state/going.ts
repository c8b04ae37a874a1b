import type { LiveEta } from '../../geo/sla/forecast.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'

/** Which of an incident's assignments is spoken of, and what is to be said. */
export interface Going {
  /** Null: nobody is going. */
  assignment: Assignment | null
  /** Active assignments beside that one. */
  others: number
  /** Seconds until arrival, by where the unit is now if that is known, else by the ETA of the dispatch: negative when overdue; null when there is none or it is there. */
  arrives_seconds: number | null
}

const NEAREST = ['on_scene', 'en_route', 'acknowledged', 'notified', 'done'] as const
const isActive = (a: Assignment) => a.status !== 'done' && a.status !== 'declined' && a.status !== 'cancelled'

/** Arrival as forecast at dispatch (epoch ms), not clamped to now: a late unit must look late. */
function arrivalAt(a: Assignment): number | null {
  if (a.eta_seconds === null || a.queued_behind) return null
  const departs =
    a.en_route_at === null
      ? Date.parse(a.promoted_at ?? a.notified_at) + (a.turnout_seconds ?? 0) * 1000
      : Date.parse(a.en_route_at)
  return departs + a.eta_seconds * 1000
}

/** The furthest along, then the soonest there. Declined and cancelled ones are nobody. */
export function going(incident: Incident, now: number, eta?: LiveEta): Going {
  // Who is still on another job comes after whoever is not, and before what is done.
  const order = (a: Assignment) =>
    a.queued_behind && isActive(a) ? NEAREST.length - 1.5 : NEAREST.indexOf(a.status as (typeof NEAREST)[number])
  const arrives = (a: Assignment) => {
    const live = eta?.(a) ?? null
    return live === null ? arrivalAt(a) : now + live * 1000
  }
  const all = incident.assignments.filter((a) => order(a) >= 0)
  const best = all.reduce<Assignment | null>((held, a) => {
    if (held === null) return a
    const step = order(a) - order(held)
    return step < 0 || (step === 0 && (arrives(a) ?? Infinity) < (arrives(held) ?? Infinity)) ? a : held
  }, null)
  const others = all.filter((a) => a !== best && isActive(a)).length
  const at = best && isActive(best) && best.status !== 'on_scene' ? arrives(best) : null
  return { assignment: best, others, arrives_seconds: at === null ? null : (at - now) / 1000 }
}
