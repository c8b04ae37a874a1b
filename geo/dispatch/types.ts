import type { LonLat } from '../earth.ts'
import type { Routing } from '../wire/primitives.ts'

/** What an incident type asks of one kind of agency; `capability` null: any unit of the kind. */
export interface Need {
  agency_kind: string
  capability: string | null
  /** 0: nobody is asked for, and whoever could go is listed. */
  quantity: number
  /** A unit with fewer on board does not count; default 1. */
  min_crew?: number
}

/** What a busy unit is at. */
export interface Job {
  /** Of the other incident; null where the reader may not know it. */
  number: string | null
  /** Of the incident it stands in line for next. */
  queued_number?: string | null
  /** Until it should be done there (geo/dispatch/free_in.ts). */
  free_in_seconds: number
  /** Where it stands with that, in Indonesian. */
  state: string
}

export interface CandidateUnit {
  unit_id: string
  callsign: string
  agency_kind: string
  capabilities: readonly string[]
  crew: number
  duty: 'on' | 'off' | 'out_of_service'
  /** The incident of its active assignment. */
  busy_incident_id: string | null
  /** Of that assignment, where it is known. */
  job?: Job | null
  /** The incident it stands in line for next. */
  queued_incident_id?: string | null
  position: LonLat | null
  position_age_seconds: number | null
  station_position: LonLat | null
  turnout_seconds: number
  active: boolean
}

/** A building of an agency, and the drive from it to the incident where it was priced. */
export interface AgencyOffice {
  name: string
  address: string | null
  position: LonLat
  price?: UnitPrice
}

/** An agency whose units are not followed (PLN, PDAM ...): it is told, not ranked. */
export interface UntrackedAgency {
  agency_id: string
  code: string
  name: string
  kind: string
  phone: string | null
  position: LonLat | null
  /** All its offices; default none but `position`. */
  offices?: readonly AgencyOffice[]
}

/** Somebody outside the city who may help: a built-in fact (geo/city/neighbour_bases.ts). */
export interface NeighbourCandidate {
  agency_kind: string
  name: string
  regency: string
  location: LonLat
  phone: string | null
  /** Where our roads reach that far; else the straight line is told. */
  price?: UnitPrice
}

/** Driving to the incident from where the unit starts (geo/roads/search.ts Price). */
export interface UnitPrice {
  seconds: number
  metres: number
  off_road_m: number
  /** One end lies in a shut area: priced to its edge. */
  shut_end?: boolean
  /** There is no road to price by: a straight line (geo/dispatch/straight.ts). */
  straight?: boolean
  /** Who priced it; `own` when nobody says. */
  routing?: Routing
  /** What the pricer has to say, for the reasons. */
  notes?: readonly string[]
}

export interface RecommendedUnit {
  unit_id: string
  callsign: string
  /** Driving only; the ranking is by eta_seconds + turnout_seconds. */
  eta_seconds: number
  turnout_seconds: number
  /** Along the road, with the straight legs off it at both ends. */
  distance_m: number
  position_age_seconds: number | null
  position_source: 'live' | 'station'
  /** Who gave eta_seconds; absent in answers kept from before there was a choice. */
  routing?: Routing
  /** Among the units that together fill the need soonest. */
  suggested: boolean
  /** What of the asked capabilities it has. */
  skills: string[]
  reasons: string[]
}

export type ExclusionCode =
  | 'already_assigned'
  | 'inactive'
  | 'off_duty'
  | 'out_of_service'
  | 'no_crew'
  | 'busy'
  | 'lacks_capability'
  | 'no_position'
  | 'unreachable'

export interface ExcludedUnit {
  unit_id: string
  callsign: string
  code: ExclusionCode
  reason: string
  /** As if it set off now, and how old the place is that this is counted from; null where there is no such place or way. */
  eta_seconds: number | null
  turnout_seconds: number
  position_age_seconds: number | null
  position_source: 'live' | 'station' | null
}

export interface AgencyToTell {
  agency_id: string
  code: string
  name: string
  phone: string | null
  /** Metres from its nearest office, by road where that was priced, else straight; null when it has none in the city. */
  distance_m: number | null
  /** The office nearest by road; `eta_seconds` null: not priced or no road. */
  office?: { name: string; address: string | null; eta_seconds: number | null } | null
}

/** A unit that cannot go now, and when it could be there if it is waited for or called in. */
export interface NextUnit {
  unit_id: string
  callsign: string
  code: ExclusionCode
  /** From now to its arrival. */
  available_in_seconds: number
  /** What is waited for, in Indonesian. */
  why: string
}

export interface NeighbourHelp {
  name: string
  regency: string
  phone: string | null
  distance_m: number
  eta_seconds: number
  /** `straight`: our roads do not reach that far; the line at a planning speed. */
  by: 'road' | 'straight'
}

export interface Shortfall {
  missing: number
  reason: string
  /** What is missing, each once. */
  lacking: { capability: string | null; quantity: number; min_crew: number }[]
  /** Who would be there soonest once free or called in, soonest first. */
  next: NextUnit[]
  neighbours: NeighbourHelp[]
}

export interface Recommendation {
  agency_kind: string
  /** How many units the need asks for; `assigned` of them are on this incident already. */
  needed: number
  assigned: number
  units: RecommendedUnit[]
  shortfall: Shortfall | null
  excluded: ExcludedUnit[]
  agencies: AgencyToTell[]
  /** Units whose times the uncertainty of the incident's place and of the drive cannot tell apart, best first. */
  ties: { unit_ids: string[]; within_seconds: number }[]
  /** What is odd about the question, in Indonesian: a place off the road, roads that are shut or not known. */
  notes?: string[]
}

/** How far a drive may differ from its price: the larger of a share of it and a least. */
export interface EtaError {
  share: number
  least_seconds: number
}

export interface RecommendOptions {
  /** Older than this a live position is not believed, per agency kind. */
  position_age_limit_seconds?: Readonly<Record<string, number>>
  /** The incident asked for: a unit on it is `already_assigned`, not busy, and fills part of the need. */
  incident_id?: string
  /** Counts for ties beside the incident's place; default none. */
  eta_error?: EtaError
}

export interface RecommendInput {
  needs: readonly Need[]
  units: readonly CandidateUnit[]
  agencies: readonly UntrackedAgency[]
  incident: { position: LonLat; accuracy_m: number }
  /** Per unit_id, from its {@link startOf}; a unit without a price is unreachable. */
  prices: ReadonlyMap<string, UnitPrice>
  /** Per unit_id of a busy unit, from where its job is: it goes on from there. */
  prices_from_job?: ReadonlyMap<string, UnitPrice>
  neighbours?: readonly NeighbourCandidate[]
  notes?: readonly string[]
  options?: RecommendOptions
}
