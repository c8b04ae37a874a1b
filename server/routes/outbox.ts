import { z } from 'zod'
import { OUTBOX_STATUSES, outboxMessage, outboxState, type OutboxMessage } from '../../geo/wire/outbox.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { MissingField } from '../integrations/kominfo/mapping.ts'
import { previewMessage } from '../integrations/kominfo/preview.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })
const listQuery = z.object({
  status: z.enum(OUTBOX_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
})

/** What goes to the data centre, seen and sent again. */
export function outboxRoutes({ db, hub, outbox, simulated }: Services): Route[] {
  async function replay(id: string | null, actor: string, now: Date): Promise<OutboxMessage[]> {
    const messages = await db.value<OutboxMessage[]>('outbox_replay', { id, actor, now, simulated })
    void hub.nudge()
    outbox.nudge()
    return messages
  }
  return [
    route(
      {
        method: 'get',
        path: '/api/outbox',
        summary: 'Pesan ke pusat data, terbaru dahulu',
        permission: 'outbox.read',
        query: listQuery,
        response: z.array(outboxMessage),
      },
      async ({ query: { status, limit } }) => {
        const rows = await db.rows<{ message: OutboxMessage }>('outbox_list', {
          status: status ?? null,
          limit,
          simulated,
        })
        return rows.map(({ message }) => message)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/outbox/state',
        summary: 'Keadaan pengiriman ke pusat data',
        permission: 'outbox.read',
        response: outboxState,
      },
      async () => outbox.state(),
    ),
    route(
      {
        method: 'post',
        path: '/api/outbox/replay',
        summary: 'Kirim ulang semua pesan yang gagal',
        permission: 'outbox.manage',
        response: z.array(outboxMessage),
      },
      async ({ principal, now }) => replay(null, principal.actor, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/outbox/:id/replay',
        summary: 'Kirim ulang satu pesan',
        permission: 'outbox.manage',
        params: byId,
        response: z.array(outboxMessage),
      },
      async ({ params, principal, now }) => replay(params.id, principal.actor, now),
    ),
    route(
      {
        method: 'get',
        path: '/api/outbox/:id/preview',
        summary: 'Isi satu pesan seperti akan dikirim sekarang',
        permission: 'outbox.manage',
        params: byId,
        response: z.record(z.string(), z.unknown()),
      },
      async ({ params, principal: { actor }, now }) => {
        const seen = await previewMessage(db, params.id, { now, simulated, mapping: outbox.mapping, actor }).catch(
          (error: unknown) => {
            throw error instanceof MissingField ? invalid('KOMINFO_MAPPING', error.message) : error
          },
        )
        if (!seen) throw notFound('Pesan')
        return seen
      },
    ),
  ]
}
