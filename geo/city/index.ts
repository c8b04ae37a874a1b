import { AGENCIES } from './agencies.ts'
import { AGENCY_KINDS } from './agency_kinds.ts'
import { FACILITIES } from './facilities.ts'
import { INCIDENT_TYPES } from './incident_types.ts'
import { KELURAHAN } from './kelurahan.ts'
import { NEIGHBOURS } from './neighbours.ts'
import { LAND, OUTLINE } from './outline.ts'
import { PLACES } from './places.ts'
import { RAILWAY } from './railway.ts'
import { RIVERS } from './rivers.ts'
import { STATIONS } from './stations.ts'
import { STREETS } from './streets.ts'
import { UNITS } from './units.ts'

export type * from './types.ts'

/**
 * Kota Pekalongan as written down here by hand: what an empty database is filled with, drawn as "Peta skematik" until the
 * real layers are imported. Areas of kelurahan come from `kelurahan[].known_points` within `land` (sql/functions/city_voronoi.sql).
 */
export const BUILT_IN_CITY = {
  code: '33.75',
  name: 'Kota Pekalongan',
  source: 'Peta skematik bawaan, ditulis tangan dari fakta publik',
  /** The city's land, one closed ring. */
  land: LAND,
  outline: OUTLINE,
  kelurahan: KELURAHAN,
  streets: STREETS,
  rivers: RIVERS,
  railway: RAILWAY,
  facilities: FACILITIES,
  places: PLACES,
  neighbours: NEIGHBOURS,
  agencies: AGENCIES,
  agency_kinds: AGENCY_KINDS,
  stations: STATIONS,
  units: UNITS,
  incident_types: INCIDENT_TYPES,
} as const
