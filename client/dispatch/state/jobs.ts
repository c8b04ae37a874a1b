import { agencyClock } from '../../../geo/sla/agency_clock.ts'
import type { ClockState, StageClock } from '../../../geo/sla/clock.ts'
import type { Assignment, Incident } from '../../../geo/wire/incident.ts'
import type { AssignmentStatus } from '../../../geo/wire/primitives.ts'
import type { Urgent } from '../../state/urgency.ts'

const STEPS = ['notified', 'acknowledged', 'en_route', 'on_scene', 'done'] as const
export type Step = 'acknowledged' | 'en_route' | 'on_scene' | 'done'

export const isActive = ({ status }: Assignment): boolean =>
  status !== 'done' && status !== 'declined' && status !== 'cancelled'
export const isFresh = (a: Assignment): boolean => a.status === 'notified'
export const isQueued = (a: Assignment): boolean => isActive(a) && !!a.queued_behind

/** One case of the OPD: what it was asked for there, its own clock, and what nobody has acknowledged yet. */
export interface Job {
  incident: Incident
  urgent: Urgent
  own: readonly Assignment[]
  fresh: readonly Assignment[]
  clock: StageClock
  /** All of its own has ended; the case itself is still open. */
  over: boolean
}

/** The word to the OPD whose place its units took. */
const isReplacedWord = (a: Assignment) => a.unit_id === null && a.status === 'cancelled'

const RANK: Record<ClockState, number> = { breached: 0, warning: 1, running: 2, unknown: 3, met: 4 }

/**
 * The OPD's cases: first what nobody acknowledged, oldest first, then by its own clock (breached, about to, running), priority and the time
 * left; what is over stands last. Cases that were only declined or called back are not its any more.
 */
export function jobsOf(list: readonly Urgent[], agency_id: string, now: number): Job[] {
  const jobs = list.flatMap((urgent): Job[] => {
    const { incident } = urgent
    const own = incident.assignments.filter((a) => a.agency_id === agency_id && !isReplacedWord(a))
    const over = !own.some(isActive)
    if (over && !own.some((a) => a.status === 'done')) return []
    const clock = agencyClock(incident.assignments, agency_id, now)
    return [{ incident, urgent, own, fresh: own.filter(isFresh), clock, over }]
  })
  return jobs.sort(byNeed)
}

function byNeed(a: Job, b: Job): number {
  const [x, y] = [a.fresh.length > 0, b.fresh.length > 0]
  if (x !== y) return x ? -1 : 1
  if (x && y) return waitingSince(a) - waitingSince(b) || byNumber(a, b)
  if (a.over !== b.over) return a.over ? 1 : -1
  if (a.clock.state !== b.clock.state) return RANK[a.clock.state] - RANK[b.clock.state]
  return a.incident.priority - b.incident.priority || (a.clock.due_at ?? 0) - (b.clock.due_at ?? 0) || byNumber(a, b)
}
const byNumber = (a: Job, b: Job) => (a.incident.number < b.incident.number ? -1 : 1)

/** Since when the oldest unacknowledged assignment waits (epoch ms). */
export const waitingSince = ({ fresh }: Pick<Job, 'fresh'>): number =>
  Math.min(...fresh.map((a) => Date.parse(a.notified_at)))

/** What an OPD has been asked for and nobody acknowledged, straight from the picture: works while a hidden tab draws nothing. */
export const arrivalsOf = (incidents: Iterable<Incident>, agency_id: string): Assignment[] =>
  [...incidents].flatMap(({ assignments }) => assignments.filter((a) => a.agency_id === agency_id && isFresh(a)))

/** Steps that may follow: forward only, skipping allowed; whoever stands in line may only say that he knows. */
export function nextSteps(a: Assignment): Step[] {
  if (!isActive(a)) return []
  const later = STEPS.slice(STEPS.indexOf(a.status as (typeof STEPS)[number]) + 1) as Step[]
  return isQueued(a) ? later.filter((step) => step === 'acknowledged') : later
}
export const mayDecline = ({ status }: { status: AssignmentStatus }): boolean =>
  status === 'notified' || status === 'acknowledged'

/** When it should be there by the forecast at dispatch (epoch ms); null once there, in line, or without a price. */
export function expectedAt(a: Assignment): number | null {
  if (a.eta_seconds === null || a.on_scene_at !== null || !isActive(a) || isQueued(a)) return null
  const leaves =
    a.en_route_at === null
      ? Date.parse(a.promoted_at ?? a.notified_at) + (a.turnout_seconds ?? 0) * 1000
      : Date.parse(a.en_route_at)
  return leaves + a.eta_seconds * 1000
}
