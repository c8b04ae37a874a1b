import { z } from 'zod'
import { helpRequest } from './help.ts'
import { assignmentStatus, incidentStatus, instant, point, uuid } from './primitives.ts'

/** One unit (or an agency without tracked units) sent to one incident. Times are null until the stage is reached. */
export const assignment = z.object({
  id: uuid,
  incident_id: uuid,
  agency_id: uuid,
  unit_id: uuid.nullable(),
  status: assignmentStatus,
  notified_at: instant,
  acknowledged_at: instant.nullable(),
  en_route_at: instant.nullable(),
  on_scene_at: instant.nullable(),
  done_at: instant.nullable(),
  declined_at: instant.nullable(),
  cancelled_at: instant.nullable(),
  /** The incident its unit is still at: this one waits in line, its clocks run. Null once it is the unit's job. Older lines of the log do not say. */
  queued_behind: z.object({ incident_id: uuid, number: z.string() }).nullish(),
  /** When an assignment that had waited in line became the unit's job. */
  promoted_at: instant.nullish(),
  /** Driving time and distance as known at dispatch; turnout beside it. */
  eta_seconds: z.number().nullable(),
  turnout_seconds: z.number().nullable(),
  distance_m: z.number().nullable(),
  simulated: z.boolean(),
})
export type Assignment = z.infer<typeof assignment>

/** What every role that sees incidents may see: no personal data, no free text. */
export const incident = z.object({
  id: uuid,
  number: z.string(),
  incident_type: z.string(),
  priority: z.number().int().min(1).max(4),
  status: incidentStatus,
  location: point,
  accuracy_m: z.number(),
  kelurahan_code: z.string().nullable(),
  kelurahan: z.string().nullable(),
  kecamatan: z.string().nullable(),
  inside_city: z.boolean(),
  /** The gazetteer's own words for the place; never what the caller said. */
  place_label: z.string().nullable(),
  number_hidden: z.boolean(),
  received_at: instant,
  verified_at: instant.nullable(),
  dispatched_at: instant.nullable(),
  handling_at: instant.nullable(),
  on_scene_at: instant.nullable(),
  resolved_at: instant.nullable(),
  closed_at: instant.nullable(),
  ended_at: instant.nullable(),
  handed_over_to: z.string().nullable(),
  late_entry: z.boolean(),
  offline_entry: z.boolean(),
  duplicate_of: uuid.nullable(),
  call_count: z.number().int(),
  simulated: z.boolean(),
  assignments: z.array(assignment),
  /** Absent where nobody asked for help, and in lists. */
  help_requests: z.array(helpRequest).optional(),
})
export type Incident = z.infer<typeof incident>

/** For those who handle the case; each look is recorded. */
export const incidentPrivate = z.object({
  caller_name: z.string().nullable(),
  caller_number: z.string().nullable(),
  address_text: z.string().nullable(),
  description: z.string().nullable(),
  /** When all of it was erased, by age or on request; null while it is kept. */
  erased_at: instant.nullish(),
})
export type IncidentPrivate = z.infer<typeof incidentPrivate>
