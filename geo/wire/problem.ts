import { z } from 'zod'
import { instant, uuid } from './primitives.ts'

/** One field at fault; `suggestion` is the value that was probably meant. */
export const fieldFault = z.object({
  field: z.string(),
  reason: z.string(),
  suggestion: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).optional(),
})
export type FieldFault = z.infer<typeof fieldFault>

/** A unit that is on a job (code `unit_busy`): what there is to know before saying what becomes of that job. */
export const busyUnit = z.object({
  unit_id: uuid,
  callsign: z.string(),
  incident_id: uuid,
  number: z.string(),
  incident_type: z.string(),
  incident_status: z.string(),
  place_label: z.string().nullable(),
  kelurahan: z.string().nullable(),
  assignment_status: z.string(),
  since: instant,
  /** Who sent it there, as the log names him. */
  assigned_by: z.string(),
  /** Other active assignments of that incident: none, and freeing this one leaves it without anybody. */
  others: z.number().int(),
  /** What it stands in line for next. */
  queued: z.object({ incident_id: uuid, number: z.string() }).nullable(),
})
export type BusyUnit = z.infer<typeof busyUnit>

/** RFC 9457 Problem Details; `errors` names each field and its reason. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  code: z.string(),
  errors: z.array(fieldFault).optional(),
  busy_units: z.array(busyUnit).optional(),
  /** Of a 5xx: what the server's log has about it carries this. */
  request_id: z.string().optional(),
  /** What `override_reason` may be beside free words. */
  override_reasons: z.array(z.string()).optional(),
})
export type Problem = z.infer<typeof problem>
