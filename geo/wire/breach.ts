import { z } from 'zod'
import { instant, text, uuid } from './primitives.ts'

const words = text(4_000).nullish()

/** A suspected breach as an admin writes on it; what is left out stays. `revision`: the one that was read, on PATCH. */
const shape = {
  /** When it was found: the clock runs from here. */
  found_at: instant.optional(),
  /** What happened. */
  what: text(4_000).min(1, 'sebutkan apa yang terjadi').optional(),
  /** Article 46 (2) a: which data. */
  data: words,
  /** b: when and how they were disclosed. */
  how: words,
  /** c: what is done about it. */
  measures: words,
  /** How many people; null: not known yet. */
  subjects: z.number().int().min(0, 'harus 0 atau lebih').max(9_999_999, 'paling banyak 9999999').nullish(),
  authority_notified_at: instant.nullish(),
  authority_how: words,
  subjects_notified_at: instant.nullish(),
  subjects_how: words,
}
export const breachInput = z.strictObject({
  ...shape,
  found_at: instant,
  what: text(4_000).min(1, 'sebutkan apa yang terjadi'),
})
export const breachPatch = z.strictObject({
  ...shape,
  revision: z.number().int().min(1),
  outcome: z.enum(['confirmed', 'not_a_breach']).optional(),
  conclusion: words,
})

const number = text(40).min(1)
/** `seen_by` with its period adds every case that one account looked at. */
export const breachCasesInput = z
  .strictObject({
    add: z.array(number).max(1_000).optional(),
    remove: z.array(number).max(1_000).optional(),
    seen_by: text(100).min(1).optional(),
    from: instant.optional(),
    to: instant.optional(),
  })
  .refine(({ seen_by, from, to }) => seen_by === undefined || (from !== undefined && to !== undefined), {
    path: ['from'],
    message: 'sebutkan from dan to',
  })

export const breach = z.object({
  id: uuid,
  found_at: instant,
  registered_at: instant,
  registered_by: z.string(),
  /** Null once erased by age. */
  what: z.string().nullable(),
  data: z.string().nullable(),
  how: z.string().nullable(),
  measures: z.string().nullable(),
  subjects: z.number().int().nullable(),
  authority_notified_at: instant.nullable(),
  authority_how: z.string().nullable(),
  subjects_notified_at: instant.nullable(),
  subjects_how: z.string().nullable(),
  outcome: z.enum(['confirmed', 'not_a_breach']).nullable(),
  conclusion: z.string().nullable(),
  concluded_at: instant.nullable(),
  concluded_by: z.string().nullable(),
  revision: z.number().int(),
  simulated: z.boolean(),
  cases: z.array(z.object({ incident_id: uuid, number: z.string(), received_at: instant })),
})
export type Breach = z.infer<typeof breach>
