import { z } from 'zod'
import { ROLES, uuid } from '../../geo/wire/primitives.ts'
import { may, PERMISSIONS, type Permission } from '../auth/permissions.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

/** Who the asker is, as far as pages need it. */
export const sessionRoutes = ({ simulated, version, city }: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/session',
      summary: 'Siapa saya',
      permission: 'session.read',
      response: z.object({
        role: z.enum(ROLES),
        anonymous: z.boolean(),
        simulated: z.boolean(),
        version: z.string(),
        city: z.string(),
        /** The OPD that a dispatcher speaks for. */
        agency_id: uuid.nullable(),
        /** Names of server/auth/permissions.ts: pages show what is granted and nothing else. */
        permissions: z.array(z.string()),
      }),
    },
    async ({ principal }) => ({
      role: principal.role,
      anonymous: principal.anonymous,
      simulated,
      version,
      city: city.name,
      agency_id: principal.agency_id,
      permissions: Object.keys(PERMISSIONS).filter((name) => may(principal.role, name as Permission)),
    }),
  ),
]
