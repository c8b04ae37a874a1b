import { z } from 'zod'
import { instant, uuid } from './primitives.ts'

export const OUTBOX_STATUSES = ['pending', 'sent', 'dead', 'superseded'] as const
/** Why a case goes to the data centre: how it ended, the undoing of a merge, or what was written after its end. */
export const OUTBOX_REASONS = [
  'closed',
  'cancelled',
  'duplicate',
  'handed_over',
  'duplicate_undone',
  'corrected',
  'opd_report',
  'final_report',
] as const

/** One message to the data centre as the admin sees it. It holds nothing of its case: the body is built when it is sent. */
export const outboxMessage = z.object({
  id: uuid,
  ord: z.number().int(),
  incident_id: uuid,
  number: z.string(),
  simulated: z.boolean(),
  reason: z.enum(OUTBOX_REASONS),
  status: z.enum(OUTBOX_STATUSES),
  created_at: instant,
  /** Those that count: not what an endpoint cost that answers nobody. */
  tries: z.number().int(),
  /** Null unless it is pending. */
  next_try_at: instant.nullable(),
  last_try_at: instant.nullable(),
  /** HTTP status of the last answer; null when none came. */
  last_status: z.number().int().nullable(),
  last_error: z.string().nullable(),
  sent_at: instant.nullable(),
})
export type OutboxMessage = z.infer<typeof outboxMessage>

/** `none`: no KOMINFO_URL, messages wait. `away`: it answers nobody, one message at a time asks whether it does again. `paused`: it asked for a pause. */
const DESTINATION_STATES = ['none', 'ok', 'away', 'paused'] as const
export const outboxState = z.object({
  destination: z.enum(DESTINATION_STATES),
  /** Host of KOMINFO_URL. */
  host: z.string().nullable(),
  /** Since when it is away. */
  since: instant.nullable(),
  /** When it is asked next while it is away or paused. */
  next_at: instant.nullable(),
  last_error: z.string().nullable(),
  mapped: z.boolean(),
  most_tries: z.number().int(),
  pending: z.number().int(),
  dead: z.number().int(),
  oldest_at: instant.nullable(),
})
export type OutboxState = z.infer<typeof outboxState>
