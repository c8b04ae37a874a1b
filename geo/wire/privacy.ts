import { z } from 'zod'
import { PERIODS, RETENTION, type RetentionPeriod } from '../privacy/retention.ts'
import { instant, text, uuid } from './primitives.ts'

const days = (period: RetentionPeriod) => {
  const { min, max } = RETENTION[period]
  const range = `harus ${min} sampai ${max} hari`
  return z.number().int(range).min(min, range).max(max, range)
}
const shape = {
  words: days('words'),
  device_location: days('device_location'),
  view: days('view'),
  position: days('position'),
} satisfies Record<RetentionPeriod, z.ZodType>

/** Days by kind; what is left out stays. */
export const retentionInput = z.strictObject(shape).partial()

export const reasonInput = z.strictObject({ reason: text(1_000).trim().min(5, 'sebutkan alasannya') })

const rows = z.record(z.string(), z.number().int())

const erasure = z.object({
  rule: z.enum(['retention', 'request', 'request_again']),
  period: z.string().nullable(),
  cases: z.number().int(),
  /** Rows by store. */
  erased: rows,
  at: instant,
  actor: z.string(),
  number: z.string().nullable(),
})

/** What is kept how long, what the last night erased, which cases are on hold. */
export const privacyState = z.object({
  days: z.object(
    Object.fromEntries(PERIODS.map((period) => [period, z.number().int()])) as Record<RetentionPeriod, z.ZodNumber>,
  ),
  running: z.boolean(),
  last: z
    .object({
      ended_at: instant,
      cases: z.number().int(),
      rows: z.number().int(),
      /** Why not all went; null: all that was due is gone. */
      fault: z.string().nullable(),
    })
    .nullable(),
  erasures: z.array(erasure),
  holds: z.array(
    z.object({ number: z.string(), placed_at: instant, placed_by: z.string(), reason: z.string().nullable() }),
  ),
})
export type PrivacyState = z.infer<typeof privacyState>

/** What is held of one case: how much by store, whose, masked; what was done with it. */
export const privacyCase = z.object({
  incident_id: uuid,
  number: z.string(),
  incident_type: z.string(),
  status: z.string(),
  received_at: instant,
  open: z.boolean(),
  /** Since when it is over as far as erasing goes; null: it may not be erased now. */
  ended_at: instant.nullable(),
  /** When each kind goes by itself. */
  due: z.array(z.object({ period: z.string(), at: instant.nullable() })),
  held: rows,
  caller_name: z.string().nullable(),
  caller_number: z.string().nullable(),
  erased_at: instant.nullable(),
  hold: z.object({ placed_at: instant, placed_by: z.string(), reason: z.string().nullable() }).nullable(),
  erasures: z.array(
    erasure.pick({ rule: true, at: true, actor: true, erased: true }).extend({ reason: z.string().nullable() }),
  ),
})
export type PrivacyCase = z.infer<typeof privacyCase>

/** `noted`: also written down outside the database, so that a restore does not bring it back for good. */
export const erased = z.object({ erased: rows, at: instant, noted: z.boolean() })

/** One look. `handled`: whether whoever looked had a part in the case; null where no case is known. */
export const look = z.object({
  at: instant,
  actor: z.string(),
  kind: z.string(),
  about: z.string().nullable(),
  incident_id: uuid.nullable(),
  number: z.string().nullable(),
  handled: z.boolean().nullable(),
})
export type Look = z.infer<typeof look>

/** `whole` false: the newest are told, there are more. */
export const looks = z.object({ rows: z.array(look), whole: z.boolean() })
export type Looks = z.infer<typeof looks>

export const looker = z.object({
  actor: z.string(),
  looks: z.number().int(),
  cases: z.number().int(),
  /** Cases that it had no part in. */
  unhandled: z.number().int(),
  last_at: instant,
})
export type Looker = z.infer<typeof looker>
