import { agencyClock } from '../../../../geo/sla/agency_clock.ts'
import type { StageClock } from '../../../../geo/sla/clock.ts'
import type { Assignment, Incident } from '../../../../geo/wire/incident.ts'
import type { Agency, Unit } from '../../../../geo/wire/masterdata.ts'
import type { Urgent } from '../../../state/urgency.ts'

/** One open case of an agency: its unit furthest along (or none), and the agency's own clock. */
export interface Job {
  incident: Incident
  assignment: Assignment
  clock: StageClock
}

export interface AgencyDesk {
  agency: Agency
  ready: Unit[]
  busy: Unit[]
  off: Unit[]
  /** Open jobs, the least time left first. */
  jobs: Job[]
  /** Tracked, and not one unit on duty: whom to send must be asked by telephone. */
  unreachable: boolean
}

const ORDER = ['notified', 'acknowledged', 'en_route', 'on_scene']
const isActive = (a: Assignment) => ORDER.includes(a.status)

function jobOf(incident: Incident, agency_id: string, now: number): Job | null {
  const active = incident.assignments.filter((a) => a.agency_id === agency_id && isActive(a))
  if (active.length === 0) return null
  // What has not been answered is what needs somebody: it speaks for the case.
  const assignment =
    active.find((a) => a.status === 'notified') ??
    active.reduce((held, a) => (ORDER.indexOf(a.status) > ORDER.indexOf(held.status) ? a : held))
  return { incident, assignment, clock: agencyClock(incident.assignments, agency_id, now) }
}

/**
 * Every agency with its units and open jobs, by the live picture at `now` (epoch ms). Those with jobs first, by the time left on their own clocks;
 * then those without a unit on duty; then by name of the code.
 */
export function agencyDesks(
  agencies: Iterable<Agency>,
  units: readonly Unit[],
  list: readonly Urgent[],
  now: number,
): AgencyDesk[] {
  const desks = [...agencies].map((agency): AgencyDesk => {
    const own = units.filter((unit) => unit.agency_id === agency.id)
    const busy = own.filter((unit) => unit.incident_id !== null)
    const ready = own.filter((unit) => unit.incident_id === null && unit.duty === 'on')
    const off = own.filter((unit) => unit.incident_id === null && unit.duty !== 'on')
    const jobs = list
      .flatMap(({ incident }) => jobOf(incident, agency.id, now) ?? [])
      .sort((a, b) => left(a) - left(b) || (a.incident.number < b.incident.number ? -1 : 1))
    return { agency, ready, busy, off, jobs, unreachable: own.length > 0 && ready.length + busy.length === 0 }
  })
  return desks.sort(
    (a, b) =>
      Number(b.jobs.length > 0) - Number(a.jobs.length > 0) ||
      (a.jobs.length > 0 ? left(a.jobs[0]) - left(b.jobs[0]) : 0) ||
      Number(b.unreachable) - Number(a.unreachable) ||
      Number(b.ready.length > 0) - Number(a.ready.length > 0) ||
      (a.agency.code < b.agency.code ? -1 : 1),
  )
}

const left = ({ clock }: Job) => clock.remaining_seconds ?? Infinity
