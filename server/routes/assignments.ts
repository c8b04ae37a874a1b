import { z } from 'zod'
import { assignment } from '../../geo/wire/incident.ts'
import { way, wayQuery } from '../../geo/wire/field.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { assignmentStatusInput } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { findWay } from '../verbs/find_way.ts'
import { setAssignmentStatus } from '../verbs/set_assignment_status.ts'

/** Progress of an assignment, step by step. */
export const assignmentRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'post',
      path: '/api/assignments/:id/status',
      summary: 'Perkembangan penugasan',
      permission: 'assignment.progress',
      params: z.object({ id: uuid }),
      body: assignmentStatusInput,
      response: assignment,
    },
    ({ params, body, principal, now }) => setAssignmentStatus(services, params.id, body, principal, now),
  ),
  route(
    {
      method: 'get',
      path: '/api/assignments/:id/way',
      summary: 'Rute unit ke kejadian dan sisa waktu tempuh; null bila tidak ada jalan',
      permission: 'assignment.progress',
      params: z.object({ id: uuid }),
      query: wayQuery,
      response: way.nullable(),
    },
    async ({ params, query: { lon, lat }, principal, now, res }) => {
      const from = lon === undefined || lat === undefined ? null : ([lon, lat] as [number, number])
      res.json(await findWay(services, params.id, from, principal, now))
      return undefined
    },
  ),
]
