import type { Cancellation, Handler } from '../../../geo/wire/supervision.ts'
import type { Urgent } from '../../state/urgency.ts'

export interface QueueItem {
  urgent: Urgent
  /** Waits for an answer. */
  cancellation: Cancellation | null
  handler: string | null
  /** Who answers for it is not at work. */
  absent: boolean
}

/** Open cases in the order of what needs a human: what waits for a word first, then by urgency (client/state/urgency.ts). */
export function queueOf(
  list: readonly Urgent[],
  handlers: ReadonlyMap<string, Handler>,
  cancellations: readonly Cancellation[],
  isAtWork: (actor: string) => boolean,
): QueueItem[] {
  const items = list.map((urgent): QueueItem => {
    const { id } = urgent.incident
    const handler = handlers.get(id)?.handler ?? null
    const cancellation = cancellations.find((each) => each.incident_id === id) ?? null
    return { urgent, cancellation, handler, absent: handler !== null && !isAtWork(handler) }
  })
  return [...items.filter((item) => item.cancellation), ...items.filter((item) => !item.cancellation)]
}
