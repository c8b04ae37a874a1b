import { z } from 'zod'
import { incidentType } from '../../geo/wire/masterdata.ts'
import { agencyKind, agencyKindInput, needsInput } from '../../geo/wire/needs.ts'
import { text } from '../../geo/wire/primitives.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { setNeeds, setPositionLimit } from '../verbs/set_needs.ts'

const byCode = z.object({ code: text(64).min(1) })
const byKind = z.object({ kind: text(64).min(1) })

/** What each type of incident needs, and how old a position of each kind may be: tables an admin changes without code. */
export const needsRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'put',
      path: '/api/incident-types/:code/needs',
      summary: 'Tetapkan kebutuhan unit suatu jenis kejadian',
      permission: 'needs.write',
      params: byCode,
      body: needsInput,
      response: incidentType,
    },
    ({ params, body, principal, now }) => setNeeds(services, params.code, body.needs, principal.actor, now),
  ),
  route(
    {
      method: 'delete',
      path: '/api/incident-types/:code/needs',
      summary: 'Kembalikan kebutuhan bawaan',
      permission: 'needs.write',
      params: byCode,
      response: incidentType,
    },
    ({ params, principal, now }) => setNeeds(services, params.code, null, principal.actor, now),
  ),
  route(
    {
      method: 'get',
      path: '/api/agency-kinds',
      summary: 'Jenis instansi, batas umur posisi dan kemampuan unitnya',
      permission: 'masterdata.read',
      response: z.array(agencyKind),
    },
    async () => services.city.agency_kinds,
  ),
  route(
    {
      method: 'put',
      path: '/api/agency-kinds/:kind',
      summary: 'Tetapkan batas umur posisi',
      permission: 'needs.write',
      params: byKind,
      body: agencyKindInput,
      response: agencyKind,
    },
    ({ params, body, principal, now }) =>
      setPositionLimit(services, params.kind, body.position_age_limit_seconds, principal.actor, now),
  ),
  route(
    {
      method: 'delete',
      path: '/api/agency-kinds/:kind',
      summary: 'Kembalikan batas umur posisi bawaan',
      permission: 'needs.write',
      params: byKind,
      response: agencyKind,
    },
    ({ params, principal, now }) => setPositionLimit(services, params.kind, null, principal.actor, now),
  ),
]
