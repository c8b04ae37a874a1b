import type { MultiLineString, MultiPolygon, Point } from 'geojson'
import type { LonLat } from '../earth.ts'

export type EntryType = 'kelurahan' | 'kecamatan' | 'street' | 'place' | 'facility'

/** One thing with a name. `aliases` are other names it goes by (accepted corrections, former names). */
export interface GazetteerEntry {
  id: string
  type: EntryType
  name: string
  aliases?: readonly string[]
  category: string | null
  address: string | null
  kelurahan_code: string | null
  kelurahan: string | null
  kecamatan: string | null
  geometry: Point | MultiLineString | MultiPolygon
}

export interface KelurahanArea {
  code: string
  name: string
  kecamatan: string
  geometry: MultiPolygon
}

export interface NeighbourArea {
  regency: string
  name: string
  geometry: MultiPolygon
}

/** An RT, or with `rt` null a whole RW: its area, or the point of its post where no area is known. */
export interface NeighbourhoodArea {
  kelurahan_code: string
  rw: number
  rt: number | null
  geometry: Point | MultiPolygon
}

/** The city and what lies around it: decides inside from outside, and who is called for what lies outside. */
export interface CityAreas {
  city_name: string
  kelurahan: readonly KelurahanArea[]
  neighbours: readonly NeighbourArea[]
  /** RT and RW, where a layer has them. */
  neighbourhoods?: readonly NeighbourhoodArea[]
}

export type ResultType = EntryType | 'neighbourhood' | 'crossing' | 'coordinate' | 'outside'

/** One answer; `point` always lies on or in the thing named, `area` stands where a point alone would be a lie. */
export interface GeocodeResult {
  id: string | null
  type: ResultType
  name: string
  label: string
  street: string | null
  /** Kelurahan inside the city, kecamatan outside. */
  district: string | null
  /** City or regency. */
  county: string | null
  kelurahan_code: string | null
  inside_city: boolean
  point: LonLat
  area?: MultiLineString | MultiPolygon
  /** Radius in metres that should hold the event. */
  accuracy_m: number
  /** Probability-like, 0..1: equal answers share it. */
  score: number
  why: string[]
  /** From `near` when given. */
  distance_m?: number
  /** Outside only: straight-line distance to the city's border. */
  border_distance_m?: number
  /** The other reading of a pair whose order or sign looks wrong. */
  alternative?: LonLat
  /** As the caller said them, without leading zeros; what of them the map knows is said in `why`. */
  housenumber?: string
  block?: string
  gang?: string
  km?: string
  rt?: string
  rw?: string
  /** What of the RT and RW said is not on the map, in words. */
  unmapped?: string
  /** The label without what only the caller said: what may stand on screens and in the log. Absent: `label` itself. */
  map_label?: string
  /** A question this answer itself raises; it goes before the one that separates answers. */
  ask?: string
}

/** Why there is no answer. `unreadable`: a position in a form that nothing here can read (What3Words). */
export type Reason =
  'empty' | 'too_long' | 'not_found' | 'invalid_coordinates' | 'short_link' | 'number_only' | 'unreadable'

/** Best first. `ask` is the one question that separates the best answers; `reason` says why there is none. */
export interface GeocodeAnswer {
  results: GeocodeResult[]
  ask: string | null
  reason: Reason | null
}

export interface GeocodeOptions {
  limit?: number
  near?: LonLat | null
}

export interface ReverseAnswer {
  label: string
  inside_city: boolean
  kelurahan_code: string | null
  /** Kelurahan inside the city, kecamatan outside. */
  district: string | null
  county: string | null
  street: string | null
  street_distance_m: number | null
  /** Which side of the street the point lies on, as a compass word; null on the street itself and past its end. */
  street_side: string | null
  /** "Jl. A – Jl. B" where the point lies at the crossing of two streets. */
  crossing: string | null
  landmark: string | null
  /** From the thing named in the label (landmark, else street; outside the border) to the point. */
  distance_m: number | null
  bearing_deg: number | null
  direction: string | null
  /** Of the RT or RW drawn around the point. */
  rt: string | null
  rw: string | null
  point: LonLat
  border_distance_m?: number
}

/** What a caller of this module did wrong (never what a citizen said): maps to HTTP 422. */
export class AddressError extends Error {
  readonly code: 'invalid_position' | 'invalid_limit' | 'invalid_query'
  constructor(code: AddressError['code'], message: string) {
    super(message)
    this.name = 'AddressError'
    this.code = code
  }
}
