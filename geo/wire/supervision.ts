import { z } from 'zod'
import { instant, role, text, uuid } from './primitives.ts'

/** Somebody as the log names him: role and login, or role and credential. */
export const actor = text(120).min(1)

/** Who answers for an open case. */
export const handler = z.object({ incident_id: uuid, handler: actor, since: instant })
export type Handler = z.infer<typeof handler>

/** It changed; `former` is told. */
export const handlerTold = z.object({ incident_id: uuid, number: z.string(), handler: actor, former: actor, by: actor })
export type HandlerTold = z.infer<typeof handlerTold>

/** An operator asks that a case to which somebody was sent be cancelled; the words stand apart. */
export const cancellation = z.object({
  id: uuid,
  incident_id: uuid,
  number: z.string(),
  status: z.enum(['open', 'approved', 'refused']),
  asked_at: instant,
  asked_by: actor,
  answered_at: instant.nullable(),
  answered_by: actor.nullable(),
  /** Answered by another operator, since no supervisor or admin was at work. */
  peer: z.boolean(),
})
export type Cancellation = z.infer<typeof cancellation>

const words = (why: string) => text(500).trim().min(1, why)
export const cancellationInput = z.strictObject({ words: words('sebutkan alasannya') })
/** Refusing takes a word. */
export const cancellationAnswer = z.strictObject({
  status: z.enum(['approved', 'refused']),
  words: text(500).trim().nullish(),
})

/** `former`: who was seen to answer for it. */
export const takeOverInput = z.strictObject({ former: actor })
export const reassignInput = z.strictObject({ former: actor, to: actor })

export const personAtWork = z.object({
  actor,
  role,
  login: z.string().nullable(),
  /** Code of the OPD of a dispatcher. */
  agency: z.string().nullable(),
  since: instant,
  seen_at: instant,
  /** The last line of the log that is his; null: none yet. */
  last_kind: z.string().nullable(),
  last_at: instant.nullable(),
  /** Open cases he answers for. */
  cases: z.array(uuid),
})
export type PersonAtWork = z.infer<typeof personAtWork>

const due = z.object({
  what: z.enum(['write', 'acknowledge']),
  day: z.string(),
  shift: z.enum(['pagi', 'sore', 'malam']),
  written_by: z.string().nullable(),
})

/** What the room needs beside the live picture: people, who answers for what, what waits for a second word. */
export const supervision = z.object({
  /** Who asks. */
  actor,
  handlers: z.array(handler),
  cancellations: z.array(cancellation),
  people: z.array(personAtWork),
  handover: due.nullable(),
})
export type Supervision = z.infer<typeof supervision>

/** Of one case, with words for who handles it. */
export const caseSupervision = z.object({
  actor,
  handler: handler.nullable(),
  cancellations: z.array(cancellation.extend({ asked: z.string().nullable(), answered: z.string().nullable() })),
  /** Whether whoever asks may answer a request that is not his own now. */
  may_answer: z.boolean(),
})
export type CaseSupervision = z.infer<typeof caseSupervision>
