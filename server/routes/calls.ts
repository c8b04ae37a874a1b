import { z } from 'zod'
import { uuid } from '../../geo/wire/primitives.ts'
import { callInput, callPatch } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { createCall, patchCall } from '../verbs/create_call.ts'

/** Screen pop for any PBX, and what a call turned out to be. */
export const callRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'post',
      path: '/api/calls',
      summary: 'Panggilan masuk',
      permission: 'call.create',
      body: callInput,
      status: 201,
    },
    ({ body, principal, now }) => createCall(services, body, principal.actor, now),
  ),
  route(
    {
      method: 'patch',
      path: '/api/calls/:id',
      summary: 'Jenis dan jalannya panggilan',
      permission: 'call.update',
      params: z.object({ id: uuid }),
      body: callPatch,
    },
    ({ params, body, principal, now }) => patchCall(services, params.id, body, principal.actor, now),
  ),
]
