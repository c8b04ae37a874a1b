import { z } from 'zod'
import { instant } from './primitives.ts'

/** What the last check of the log found, and whether one is going on. */
export const auditState = z.object({
  running: z.boolean(),
  /** Lines walked so far by the check that this server is making. */
  checked: z.number().int().nullable(),
  last: z
    .object({
      ended_at: instant,
      /** The last line that was found whole. */
      seq: z.number().int(),
      hash: z.string(),
      /** Heads noted outside the database that the log agreed with. */
      anchors: z.number().int(),
      /** What is not whole, or why it could not be checked; null: all is well. */
      fault: z.string().nullable(),
    })
    .nullable(),
})
export type AuditState = z.infer<typeof auditState>
