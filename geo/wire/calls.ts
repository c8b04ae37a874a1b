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

export const deviceLocated = z.object({ matched: z.boolean(), call_id: uuid.nullable() })

/** By which a desk encrypts what it keeps of calls that are not finished: 32 bytes, base64. */
export const deskKeyAnswer = z.object({ key: z.base64() })
