import { z } from 'zod'
import { instant } from './primitives.ts'

/** A restore that the log tells of: from a backup made then, that went to line `seq`. `lost_to`: how far the log had gone; null: no further, for all that is known. */
export const auditRestore = z.object({
  line: z.number().int(),
  at: instant,
  made_at: instant,
  seq: z.number().int(),
  sha256: z.string(),
  lost_to: z.number().int().nullable(),
})
export type AuditRestore = z.infer<typeof auditRestore>

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
  /** Oldest first. */
  restores: z.array(auditRestore),
})
export type AuditState = z.infer<typeof auditState>
