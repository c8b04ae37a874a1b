import { z } from 'zod'
import { agency, incidentType, listedUnit, station, unit, type Station, type Unit } from '../../geo/wire/masterdata.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { unitDutyInput } from '../../geo/wire/requests.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { setUnitDuty } from '../verbs/set_unit_duty.ts'

/** Lists of what rarely changes: agencies, posts, units (with their positions), incident types. */
export const masterdataRoutes = (services: Services): Route[] => {
  const { db, city, simulated } = services
  return [
    route(
      {
        method: 'get',
        path: '/api/units',
        summary: 'Unit dan posisinya',
        permission: 'masterdata.read',
        response: z.array(listedUnit),
      },
      async () =>
        (await db.rows<{ unit: Unit }>('units', { simulated })).map(({ unit }) => ({
          ...unit,
          position: unit.position && { ...unit.position.location, ...unit.position },
        })),
    ),
    route(
      {
        method: 'get',
        path: '/api/agencies',
        summary: 'OPD dan mitra',
        permission: 'masterdata.read',
        response: z.array(agency),
      },
      () => db.rows('agencies'),
    ),
    route(
      {
        method: 'get',
        path: '/api/stations',
        summary: 'Pos',
        permission: 'masterdata.read',
        response: z.array(station),
      },
      async () => (await db.rows<{ station: Station }>('stations')).map((row) => row.station),
    ),
    route(
      {
        method: 'get',
        path: '/api/incident-types',
        summary: 'Jenis kejadian',
        permission: 'masterdata.read',
        response: z.array(incidentType),
      },
      async () => city.incident_types,
    ),
    route(
      {
        method: 'patch',
        path: '/api/units/:id',
        summary: 'Kesiapan dan awak unit',
        permission: 'unit.duty',
        params: z.object({ id: uuid }),
        body: unitDutyInput,
        response: unit.omit({ position: true }),
      },
      ({ params, body, principal, now }) => setUnitDuty(services, params.id, body, principal, now),
    ),
  ]
}
