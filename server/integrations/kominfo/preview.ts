import type { OutboxMessage } from '../../../geo/wire/outbox.ts'
import type { Executor } from '../../db/database.ts'
import { applyMapping, type Mapping } from './mapping.ts'
import { buildMessage } from './payload.ts'

/** As sql/queries/outbox_newest.sql reads it. */
type Newest = Pick<OutboxMessage, 'incident_id'> & {
  id: string | null
  ord: number | null
  reason: OutboxMessage['reason'] | null
}

const NO_MESSAGE = '00000000-0000-4000-8000-000000000000'

/**
 * The body of a case's newest message as it would be sent now; the look is recorded. `key`: the case's number or a message's id. A case that never ended
 * is shown as if it were closed. Null for an unknown key. Throws a MissingField.
 */
export async function previewMessage(
  db: Executor,
  key: string,
  { now, simulated, mapping, actor }: { now: Date; simulated: boolean; mapping: Mapping | null; actor: string },
): Promise<Record<string, unknown> | null> {
  const found = await db.maybe<Newest>('outbox_newest', { key, simulated })
  if (!found) return null
  const { incident_id, id, ord, reason } = found
  const message = { incident_id, id: id ?? NO_MESSAGE, ord: ord ?? 0, reason: reason ?? ('closed' as const) }
  const built = await buildMessage(db, message, { now, callers: mapping?.callers ?? false })
  await db.rows('private_view_add', { incident_id, call_id: null, actor, at: now })
  return mapping ? applyMapping(mapping, built) : built
}
