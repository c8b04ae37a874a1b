import type { LonLat } from '../../geo/earth.ts'
import type { Way } from '../../geo/wire/field.ts'
import { scopeAgency, scopeUnit, type Principal } from '../auth/principal.ts'
import { ApiError, notFound } from '../errors.ts'
import type { Services } from '../services.ts'

interface Ends {
  agency_id: string
  unit_id: string | null
  from_lon: number | null
  from_lat: number | null
  to_lon: number
  to_lat: number
}

/**
 * The way of an assignment's unit to its incident, over the roads open at `now`; `from` is where its phone says it is, if it does. Null when no
 * road leads there or nobody knows where the unit is.
 */
export async function findWay(
  { db, routing, simulated }: Pick<Services, 'db' | 'routing' | 'simulated'>,
  id: string,
  from: LonLat | null,
  by: Pick<Principal, 'role' | 'agency_id' | 'unit_id'>,
  now: Date,
): Promise<Way | null> {
  const ends = await db.maybe<Ends>('assignment_ends', { id, simulated })
  if (!ends) throw notFound('Penugasan')
  const [agency, unit] = [scopeAgency(by), scopeUnit(by)]
  if ((agency !== null && ends.agency_id !== agency) || (unit !== null && ends.unit_id !== unit))
    throw new ApiError(403, 'forbidden', 'Penugasan ini bukan milik Anda')
  const start: LonLat | null =
    from ?? (ends.from_lon === null || ends.from_lat === null ? null : [ends.from_lon, ends.from_lat])
  const found = start && (await routing.route(start, [ends.to_lon, ends.to_lat], now))
  if (!found) return null
  const { seconds, metres, coordinates, elapsed_seconds, names } = found
  return {
    seconds,
    metres,
    coordinates,
    elapsed_seconds,
    names,
    routing: found.routing,
    computed_at: now.toISOString(),
  }
}
