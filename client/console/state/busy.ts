import type { Incident } from '../../../geo/wire/incident.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import type { BusyUnit } from '../../../geo/wire/problem.ts'
import { say } from '../text/say.ts'

/** What the operator said of the job a unit is on: for that job, with that one in line, and no other. */
export interface BusyWord {
  unit_id: string
  incident_id: string
  queued_incident_id: string | null
  first_job: 'free' | 'keep'
}

/** What there is to know of a busy unit before its job is touched. */
export interface BusyJob {
  unit_id: string
  callsign: string
  incident: Incident
  assignment_status: string
  /** Epoch ms. */
  since: number
  /** Others of that incident that are active: none, and it waits for another dispatch. */
  others: number
  /** The one in line behind it already. */
  queued: { incident_id: string; number: string } | null
}

const isActive = (status: string) => !['done', 'declined', 'cancelled'].includes(status)

/** The job of a unit by the live picture; null when it has none, or none that is known here. */
export function busyJob(unit: Unit | undefined, incidents: ReadonlyMap<string, Incident>): BusyJob | null {
  const incident = unit?.incident_id ? incidents.get(unit.incident_id) : undefined
  const assignment = incident?.assignments.find((a) => a.id === unit?.assignment_id)
  if (!unit || !incident || !assignment) return null
  const next = unit.queued_incident_id ?? null
  return {
    unit_id: unit.id,
    callsign: unit.callsign,
    incident,
    assignment_status: assignment.status,
    since: Date.parse(assignment.notified_at),
    others: incident.assignments.filter((a) => a !== assignment && isActive(a.status)).length,
    queued: next === null ? null : { incident_id: next, number: incidents.get(next)?.number ?? '—' },
  }
}

/** Who was quicker, in words: `operator:1a2b3c4d` is how the log names somebody. */
export const lostTo = (units: readonly BusyUnit[]): string =>
  units
    .map(({ callsign, number, place_label, kelurahan, assigned_by, queued }) =>
      say(queued ? 'lost_to_line' : 'lost_to', {
        callsign,
        number,
        place: kelurahan ?? place_label ?? '—',
        who: assigned_by.replace(':', ' '),
        next: queued?.number ?? '',
      }),
    )
    .join(' ')
