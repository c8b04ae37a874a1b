import { z } from 'zod'
import { possibleDuplicate } from '../../geo/wire/duplicates.ts'
import { duplicatesQuery } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { PIN_ACCURACY_M } from '../verbs/create_incident.ts'
import { findDuplicates } from '../verbs/find_duplicates.ts'

/** What a report may repeat, asked for while it is still being typed. */
export const duplicateRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/duplicates',
      summary: 'Kejadian terbuka yang mungkin sama',
      permission: 'incident.create',
      query: duplicatesQuery,
      response: z.array(possibleDuplicate),
    },
    ({ query, now }) =>
      findDuplicates(services, {
        id: null,
        lon: query.lon,
        lat: query.lat,
        accuracy_m: query.accuracy_m ?? PIN_ACCURACY_M,
        incident_type: query.incident_type ?? null,
        at: query.at ? new Date(query.at) : now,
      }),
  ),
]
