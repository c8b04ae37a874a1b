import { z } from 'zod'
import { text } from './primitives.ts'

const MOST_NEEDS = 30

/** One line of what a type of incident needs, as read. */
export const need = z.object({
  agency_kind: z.string(),
  capability: z.string().nullable(),
  quantity: z.number().int().positive(),
  /** Fewer on board, and a unit does not count. */
  min_crew: z.number().int().default(1),
})

/** The whole list of what a type needs, the lead first. Kinds and capabilities must be known; the same line twice is one with a higher quantity. */
export const needsInput = z.strictObject({
  needs: z
    .array(
      z.strictObject({
        agency_kind: text(64).min(1),
        capability: text(64).min(1).nullish().default(null),
        quantity: z.number().int().min(1, 'harus 1 sampai 20').max(20, 'harus 1 sampai 20').default(1),
        min_crew: z.number().int().min(1, 'harus 1 sampai 20').max(20, 'harus 1 sampai 20').default(1),
      }),
    )
    .max(MOST_NEEDS)
    .superRefine((list, context) => {
      const seen = new Set<string>()
      for (const [i, { agency_kind, capability }] of list.entries()) {
        const key = JSON.stringify([agency_kind, capability])
        if (seen.has(key)) context.addIssue({ code: 'custom', path: [i], message: 'sudah disebut; ubah jumlahnya' })
        seen.add(key)
      }
    }),
})
export type NeedsInput = z.infer<typeof needsInput>

export const agencyKindInput = z.strictObject({
  position_age_limit_seconds: z.number().int().min(10, 'harus 10 sampai 86400').max(86_400, 'harus 10 sampai 86400'),
})

/** A kind of agency: how old a position of its units may be, and what they can do. */
export const agencyKind = z.object({
  kind: z.string(),
  /** False: no unit of the kind is followed; its agencies are told. */
  tracked: z.boolean(),
  position_age_limit_seconds: z.number().int(),
  /** True: the program's own limit, not one an admin set. */
  built_in: z.boolean(),
  unit_count: z.number().int(),
  /** How many active units can do each. */
  capabilities: z.record(z.string(), z.number().int()),
})
export type AgencyKindRow = z.infer<typeof agencyKind>
