import { z } from 'zod'
import { alias, aliasesQuery, aliasInput, aliasPatch } from '../../geo/wire/aliases.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { addAlias, decideAlias, withLife, type StoredAlias } from '../verbs/decide_alias.ts'

/** Other names for places: proposed by corrections, in force once an admin accepts them. */
export const aliasRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/aliases',
      summary: 'Nama lain yang diajukan dan diterima',
      permission: 'alias.read',
      query: aliasesQuery,
      response: z.array(alias),
    },
    async ({ query }) => {
      const { db, simulated } = services
      const rows = await db.rows<{ alias: StoredAlias }>('aliases', { status: query.status ?? null, simulated })
      return rows.map((row) => withLife(services, row.alias))
    },
  ),
  route(
    {
      method: 'post',
      path: '/api/aliases',
      summary: 'Beri tempat nama lain',
      permission: 'alias.decide',
      body: aliasInput,
      response: alias,
      status: 201,
    },
    ({ body, principal, now }) => addAlias(services, body, principal.actor, now),
  ),
  route(
    {
      method: 'patch',
      path: '/api/aliases/:id',
      summary: 'Terima atau tolak nama lain',
      permission: 'alias.decide',
      params: z.object({ id: uuid }),
      body: aliasPatch,
      response: alias,
    },
    ({ params, body, principal, now }) => decideAlias(services, params.id, body, principal.actor, now),
  ),
]
