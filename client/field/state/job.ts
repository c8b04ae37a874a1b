import { z } from 'zod'
import { assignment, incident, incidentPrivate, type Assignment, type Incident } from '../../../geo/wire/incident.ts'
import { incidentType, unit } from '../../../geo/wire/masterdata.ts'
import { ASSIGNMENT_STATUSES, uuid } from '../../../geo/wire/primitives.ts'
import type { Picture } from '../../state/picture.ts'

const other = z.object({ id: uuid, name: z.string(), agency: z.string(), status: z.enum(ASSIGNMENT_STATUSES) })

/** One job of a unit, as it is shown: the case, the unit's own part of it, who else was sent. */
export const job = z.object({
  incident,
  type: incidentType.nullable(),
  own: assignment,
  others: z.array(other),
})
export type Job = z.infer<typeof job>
export type Other = z.infer<typeof other>

/** What a phone keeps to open without signal: of the job that runs, and of nothing else. */
export const keptPage = z.object({
  unit: unit.omit({ position: true }),
  job: job.nullable(),
  next: job.nullable(),
  /** The caller's words, where they were seen. */
  told: incidentPrivate.nullable(),
  /** Server time minus this phone's clock as last measured, ms. */
  offset_ms: z.number(),
  /** Server time, epoch ms. */
  saved_at: z.number(),
})
export type KeptPage = z.infer<typeof keptPage>

const GONE: ReadonlySet<Assignment['status']> = new Set(['declined', 'cancelled'])

/** The job that a unit is on (`queued` false) or in line for; null without one. */
export function jobOf(picture: Picture, unit_id: string, queued: boolean): Job | null {
  const own_unit = picture.units.get(unit_id)
  const incident = picture.incidents.get((queued ? own_unit?.queued_incident_id : own_unit?.incident_id) ?? '')
  const own = incident && ownPart(incident, unit_id)
  if (!incident || !own) return null
  const name = (a: Assignment) => (a.unit_id && picture.units.get(a.unit_id)?.callsign) ?? null
  const agency = (a: Assignment) => picture.agencies.get(a.agency_id)?.name ?? ''
  return {
    incident,
    type: picture.types.get(incident.incident_type) ?? null,
    own,
    others: incident.assignments
      .filter((a) => a.id !== own.id && !GONE.has(a.status))
      .map((a) => ({ id: a.id, name: name(a) ?? agency(a), agency: agency(a), status: a.status })),
  }
}

/** The unit's part that still runs. */
const ownPart = ({ assignments }: Incident, unit_id: string): Assignment | undefined =>
  assignments.find((a) => a.unit_id === unit_id && a.status !== 'done' && !GONE.has(a.status))
