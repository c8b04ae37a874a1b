import { z } from 'zod'
import { callKind, instant, point, uuid } from './primitives.ts'

/** A phone call as every handler of calls gets it: no personal data. */
export const call = z.object({
  id: uuid,
  rang_at: instant,
  answered_at: instant.nullable(),
  ended_at: instant.nullable(),
  line: z.string().nullable(),
  number_hidden: z.boolean(),
  kind: callKind.nullable(),
  incident_id: uuid.nullable(),
  simulated: z.boolean(),
  /** Told by a PBX, so offered to the desks; false: typed at one. */
  rings: z.boolean(),
  /** Whose desk took it, at the phone or calling back: a login, else an actor of the log. */
  answered_by: z.string().nullable(),
  /** Its number was blocked when it rang: it stands quietly. A PBX may play an announcement. */
  blocked_until: instant.nullable(),
  /** Earlier prank and ghost calls of its number, of the WIB day and of 30 days; null without a number. */
  pranks_today: z.number().int().nullable(),
  pranks_30d: z.number().int().nullable(),
})
export type Call = z.infer<typeof call>

const said = z.object({
  caller_name: z.string().nullable(),
  caller_number: z.string().nullable(),
  address_text: z.string().nullable(),
  description: z.string().nullable(),
  /** Where this caller says it is. */
  location: point.nullable(),
  accuracy_m: z.number().nullable(),
  /** The newest fix of the caller's phone: a second opinion, never the incident's place by itself. */
  device_location: point.nullable(),
  device_accuracy_m: z.number().nullable(),
  device_located_at: instant.nullable(),
})

/** With what its caller said; each look is recorded. */
export const callDetail = call.extend(said.shape)
export type CallDetail = z.infer<typeof callDetail>

/** A call of an incident, as those who handle the case see it. */
export const incidentCall = call.pick({ id: true, rang_at: true, number_hidden: true }).extend(said.shape)
export type IncidentCall = z.infer<typeof incidentCall>

/** What the handlers of an incident see beside it: its own calls, newest last, and what was merged into it. */
export const incidentCalls = z.object({
  calls: z.array(incidentCall),
  merged: z.array(z.object({ incident_id: uuid, number: z.string() })),
})
export type IncidentCalls = z.infer<typeof incidentCalls>

export const numberBlocked = z.object({ blocked_until: instant })

/** A block in force, for supervisors: whose number is told only by the call it was set from. */
export const numberBlock = z.object({
  id: uuid,
  call_id: uuid,
  blocked_at: instant,
  expires_at: instant,
  blocked_by: z.string(),
  rang_at: instant,
  line: z.string().nullable(),
  kind: callKind.nullable(),
  /** Calls that rang while it was in force. */
  calls: z.number().int(),
  pranks_30d: z.number().int(),
})
export type NumberBlock = z.infer<typeof numberBlock>

export const deviceLocated = z.object({ matched: z.boolean(), call_id: uuid.nullable() })

/** By which a desk encrypts what it keeps of calls that are not finished: 32 bytes, base64. */
export const deskKeyAnswer = z.object({ key: z.base64() })
