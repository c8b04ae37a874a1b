import type { LonLat } from '../earth.ts'
import type { Routing } from '../wire/primitives.ts'

/** What an incident type asks of one kind of agency; `capability` null: any unit of the kind. */
export interface Need {
  agency_kind: string
  capability: string | null
  quantity: number
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
  /** Its number, and the incident it stands in line for next: named in the reason why it cannot be sent. */
  busy_number?: string | null
  queued_incident_id?: string | null
  queued_number?: string | null
  position: LonLat | null
  position_age_seconds: number | null
  station_position: LonLat | null
  turnout_seconds: number
  active: boolean
}

/** An agency whose units are not followed (PLN, PDAM ...): it is told, not ranked. */
export interface UntrackedAgency {
  agency_id: string
  code: string
  name: string
  kind: string
  phone: string | null
  position: LonLat | null
}

/** Driving to the incident from where the unit starts (geo/roads/search.ts Price). */
export interface UnitPrice {
  seconds: number
  metres: number
  off_road_m: number
  /** One end lies in a shut area: priced to its edge. */
  shut_end?: boolean
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
  /** Straight metres from its office; null when the office has no place. */
  distance_m: number | null
}

export interface Shortfall {
  missing: number
  reason: string
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
  /** Units whose times differ by less than the uncertainty of the incident's place can tell apart, best first. */
  ties: { unit_ids: string[]; within_seconds: number }[]
}

export interface RecommendOptions {
  /** Older than this a live position is not believed, per agency kind. */
  position_age_limit_seconds?: Readonly<Record<string, number>>
  /** The incident asked for: a unit on it is `already_assigned`, not busy, and fills part of the need. */
  incident_id?: string
}

export interface RecommendInput {
  needs: readonly Need[]
  units: readonly CandidateUnit[]
  agencies: readonly UntrackedAgency[]
  incident: { position: LonLat; accuracy_m: number }
  /** Per unit_id, from its {@link startOf}; a unit without a price is unreachable. */
  prices: ReadonlyMap<string, UnitPrice>
  options?: RecommendOptions
}
