import { z } from 'zod'
import { assignment } from '../../geo/wire/incident.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { assignmentStatusInput } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
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
]
