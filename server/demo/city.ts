import type { CityAreas, GazetteerEntry, KelurahanArea, NeighbourArea } from '../../geo/address/types.ts'
import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import type { Agency, Unit } from '../../geo/wire/masterdata.ts'
import type { Services } from '../services.ts'
import type { DemoCity } from './day.ts'
import { createPlaces } from './places.ts'

/** Reads what the demo plans with: the roads in force, the names, who can be sent. */
export async function readDemoCity({
  db,
  city,
  simulated,
}: Pick<Services, 'db' | 'city' | 'simulated'>): Promise<DemoCity> {
  const entries = await db.rows<GazetteerEntry>('gazetteer_entries')
  const rows = await db.rows<(KelurahanArea & { layer: 'kelurahan' }) | (NeighbourArea & { layer: 'neighbour' })>(
    'city_areas',
  )
  const areas: CityAreas = {
    city_name: BUILT_IN_CITY.name,
    kelurahan: rows.filter((area) => area.layer === 'kelurahan'),
    neighbours: rows.filter((area) => area.layer === 'neighbour'),
  }
  const units = (await db.rows<{ unit: Unit }>('units', { simulated })).map((row) => row.unit)
  const agencies = await db.rows<Agency>('agencies')
  return {
    router: city.router,
    places: createPlaces(city.router, areas, entries),
    units,
    agencies,
    types: city.incident_types,
  }
}
