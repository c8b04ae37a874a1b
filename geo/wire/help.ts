import { z } from 'zod'
import { instant, text, uuid } from './primitives.ts'

/** An OPD on a case asks for units of another kind; the words stand apart, for those who handle the case. */
export const helpRequest = z.object({
  id: uuid,
  /** Who asks. */
  agency_id: uuid,
  /** The kind that is asked for. */
  agency_kind: z.string(),
  quantity: z.number().int(),
  status: z.enum(['open', 'sent', 'refused']),
  asked_at: instant,
  answered_at: instant.nullable(),
})
export type HelpRequest = z.infer<typeof helpRequest>

export const helpInput = z.strictObject({
  agency_kind: text(64).min(1),
  quantity: z.number().int().min(1, 'harus 1 sampai 20').max(20, 'harus 1 sampai 20').default(1),
  words: text(500).min(1, 'sebutkan alasannya'),
  /** Whom a supervisor or admin speaks for; a dispatcher speaks for its own OPD. */
  agency_id: uuid.optional(),
})

/** Refusing takes a word. */
export const helpAnswerInput = z.strictObject({ status: z.enum(['sent', 'refused']), words: text(500).nullish() })

/** By request: what was asked and answered. */
export const helpWords = z.array(z.object({ id: uuid, asked: z.string().nullable(), answered: z.string().nullable() }))
export type HelpWords = z.infer<typeof helpWords>
