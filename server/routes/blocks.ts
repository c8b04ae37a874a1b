import { z } from 'zod'
import { numberBlock, numberBlocked, type NumberBlock } from '../../geo/wire/calls.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { numberBlockInput } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })

/** Numbers that stand quietly for a while: told by a call of theirs, never by themselves. */
export const blockRoutes = ({ db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>): Route[] => {
  const lift = async (of: { id: string | null; call_id: string | null }, actor: string, now: Date) => {
    await db.value('number_block_lift', { ...of, actor, now, simulated })
    void hub.nudge()
    return {}
  }
  return [
    route(
      {
        method: 'post',
        path: '/api/calls/:id/block',
        summary: 'Blokir nomor panggilan iseng atau hampa untuk beberapa jam',
        permission: 'call.block',
        params: byId,
        body: numberBlockInput,
        response: numberBlocked,
        status: 201,
      },
      async ({ params, body, principal, now }) => {
        const input = { call_id: params.id, hours: body.hours, actor: principal.actor, now, simulated }
        const { blocked_until } = await db.value<z.infer<typeof numberBlocked>>('number_block_put', input)
        void hub.nudge()
        return { blocked_until }
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/calls/:id/block',
        summary: 'Buka blokir nomor panggilan ini',
        permission: 'call.block',
        params: byId,
        response: z.object({}),
      },
      ({ params, principal, now }) => lift({ id: null, call_id: params.id }, principal.actor, now),
    ),
    route(
      {
        method: 'get',
        path: '/api/number-blocks',
        summary: 'Nomor yang sedang diblokir, tanpa nomornya',
        permission: 'block.read',
        response: z.array(numberBlock),
      },
      ({ now }) => db.rows<NumberBlock>('number_blocks', { now, simulated }),
    ),
    route(
      {
        method: 'delete',
        path: '/api/number-blocks/:id',
        summary: 'Buka blokir',
        permission: 'block.lift',
        params: byId,
        response: z.object({}),
      },
      ({ params, principal, now }) => lift({ id: params.id, call_id: null }, principal.actor, now),
    ),
  ]
}
