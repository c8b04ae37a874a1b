import type { LonLat } from '../earth.ts'
import type { CandidateUnit, RecommendOptions } from './types.ts'

/** Of a kind nobody set a limit for: a parked phone reports every few minutes at most; a moving unit is some 3 km further on by then. */
export const POSITION_AGE_LIMIT_SECONDS = 300

export interface Start {
  position: LonLat
  source: 'live' | 'station'
  /** Why the unit's live position does not count, in Indonesian; null when it does. */
  doubt: string | null
}

/** How old a live position of units of a kind may be. */
export const ageLimitOf = (agency_kind: string, options: RecommendOptions = {}): number =>
  options.position_age_limit_seconds?.[agency_kind] ?? POSITION_AGE_LIMIT_SECONDS

/**
 * Where a unit's drive is counted from: its live position while fresh enough, else its post; null when it has neither.
 * Price exactly these places and hand the prices to `recommend`.
 */
export function startOf(unit: CandidateUnit, options: RecommendOptions = {}): Start | null {
  const limit = ageLimitOf(unit.agency_kind, options)
  const age = unit.position_age_seconds
  const fresh = unit.position !== null && age !== null && age <= limit
  if (fresh && unit.position) return { position: unit.position, source: 'live', doubt: null }
  if (!unit.station_position) return null
  return {
    position: unit.station_position,
    source: 'station',
    doubt: doubtOf(unit.position === null ? null : age, limit),
  }
}

function doubtOf(age: number | null, limit: number): string {
  if (age === null) return 'dihitung dari pos: tidak ada posisi langsung'
  return `dihitung dari pos: posisi terakhir ${Math.round(age)} dtk lalu, batas ${limit} dtk`
}
