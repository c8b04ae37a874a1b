import { z } from 'zod'
import { closure, type Closure } from '../../geo/wire/masterdata.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { closureInput, closurePatch } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })

/** What cannot be passed for a time: a road, an area, a rob. Speeds change at once (server/city/model.ts reads the line). */
export function closureRoutes({ db, hub, simulated }: Services): Route[] {
  async function write(id: string | null, input: object, actor: string, now: Date): Promise<Closure> {
    const answer = await db.value<{ closure: Closure }>('closure_write', { id, input, actor, now, simulated })
    await hub.nudge()
    return answer.closure
  }
  return [
    route(
      {
        method: 'get',
        path: '/api/closures',
        summary: 'Penutupan jalan dan rob',
        permission: 'masterdata.read',
        response: z.array(closure),
      },
      async ({ now }) =>
        (await db.rows<{ closure: Closure }>('closures', { now, simulated })).map((row) => row.closure),
    ),
    route(
      {
        method: 'post',
        path: '/api/closures',
        summary: 'Tutup jalan atau area',
        permission: 'closure.write',
        body: closureInput,
        response: closure,
        status: 201,
      },
      ({ body, principal, now }) => write(null, body, principal.actor, now),
    ),
    route(
      {
        method: 'patch',
        path: '/api/closures/:id',
        summary: 'Ubah penutupan',
        permission: 'closure.write',
        params: byId,
        body: closurePatch,
        response: closure,
      },
      ({ params, body, principal, now }) => write(params.id, body, principal.actor, now),
    ),
    route(
      {
        method: 'delete',
        path: '/api/closures/:id',
        summary: 'Cabut penutupan',
        permission: 'closure.write',
        params: byId,
        status: 204,
      },
      async ({ params, principal, now }) => {
        await write(params.id, { deleted: true }, principal.actor, now)
        return undefined
      },
    ),
  ]
}
