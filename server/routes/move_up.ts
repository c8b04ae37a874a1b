import { moveUp, moveUpQuery } from '../../geo/wire/move_up.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { adviseMoveUp } from '../verbs/advise_move_up.ts'

/** Advice, on demand, where idle units should stand. */
export const moveUpRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/move-up',
      summary: 'Saran menggeser unit yang siaga',
      permission: 'move_up.read',
      query: moveUpQuery,
      response: moveUp,
    },
    ({ query, now }) => adviseMoveUp(services, query, now),
  ),
]
