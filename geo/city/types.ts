import type { LonLat } from '../earth.ts'

/** A kelurahan as facts: its area is not drawn, it is computed from the known points (see sql/functions/city_voronoi.sql). */
export interface CityKelurahan {
  code: string
  name: string
  kecamatan_code: string
  kecamatan: string
  population: number
  population_year: number
  postcode: string
  /** Positions of named places that lie in it (known_points.ts). */
  known_points: readonly LonLat[]
}

/** A closed ring (first = last) or an open line of the hand-drawn map, with what it stands for. */
export interface CityOutline {
  class: 'land' | 'coast' | 'sea'
  points: readonly LonLat[]
}

/** Road classes of the built-in map, from the fastest down: the words of the city's plan, known to geo/roads/speed.ts. */
export type StreetClass =
  'Jalan Arteri Primer' | 'Jalan Arteri Sekunder' | 'Jalan Kolektor Sekunder' | 'Jalan Lokal Sekunder'

export interface CityStreet {
  /** null: a road of the plan whose name is not known to us. */
  name: string | null
  class: StreetClass
  points: readonly LonLat[]
}

export interface CityWater {
  name: string | null
  class: 'sungai' | 'saluran'
  points: readonly LonLat[]
}

export interface CityRail {
  class: string
  points: readonly LonLat[]
}

export interface CityPlace {
  name: string
  kind: string
  /** The kelurahan it lies in; null where that is not known for sure. */
  kelurahan_code: string | null
  address: string | null
  point: LonLat
}

export interface CityFacility extends CityPlace {
  phone: string | null
}

export type AgencyKind =
  | 'damkar'
  | 'bpbd'
  | 'psc119'
  | 'polres'
  | 'pmi'
  | 'satpol'
  | 'dishub'
  | 'dlh'
  | 'dpupr'
  | 'dinsos'
  | 'pln'
  | 'pdam'
  | 'polairud'
  | 'basarnas'
  | 'tni'

export interface CityAgencyKind {
  kind: AgencyKind
  position_age_limit_seconds: number
}

export interface CityAgency {
  code: string
  name: string
  kind: AgencyKind
  phone: string | null
  /** false: told of an incident, but no unit of its own is followed. */
  tracked: boolean
}

export interface CityStation {
  code: string
  agency_code: string
  name: string
  address: string | null
  location: LonLat
}

/** What a unit can do; an incident type asks for these words. */
export type Capability =
  | 'pump'
  | 'tanker'
  | 'rescue'
  | 'animal'
  | 'ambulance'
  | 'hearse'
  | 'blood'
  | 'patrol'
  | 'traffic'
  | 'boat'
  | 'chainsaw'
  | 'crane'
  | 'lift'
  | 'evacuation'
  | 'water_pump'
  | 'social'
  | 'repair'

export interface CityUnit {
  callsign: string
  agency_code: string
  station_code: string
  kind: string
  capabilities: readonly Capability[]
  crew: number
  turnout_seconds: number
}

export type IncidentClass = 'gawat_darurat' | 'gawat_tidak_darurat' | 'informasi'

export interface IncidentNeed {
  agency_kind: AgencyKind
  capability: Capability | null
  quantity: number
  /** Fewer on board, and the unit does not count. */
  min_crew: number
}

export interface CityIncidentType {
  code: string
  name: string
  name_en: string
  /** The sign on the wall: one capital letter or digit, unique among the types. */
  letter: string
  class: IncidentClass
  priority: 1 | 2 | 3 | 4
  on_scene_minutes: number
  needs: readonly IncidentNeed[]
}

/** Who outside the city can come when its own units do not suffice. */
export interface NeighbourBase {
  agency_kind: AgencyKind
  name: string
  regency: string
  location: LonLat
  /** A public line; null where none is sure. */
  phone: string | null
}

export interface CityNeighbour {
  regency: string
  name: string
  /** One closed ring. */
  points: readonly LonLat[]
}
