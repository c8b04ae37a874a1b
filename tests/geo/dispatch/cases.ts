import type { CandidateUnit } from '../../../geo/dispatch/types.ts'

/** A pump at its post, ready to go, but for what is said otherwise. */
export const unit = (callsign: string, more: Partial<CandidateUnit> = {}): CandidateUnit => ({
  unit_id: `id-${callsign}`,
  callsign,
  agency_kind: 'damkar',
  capabilities: ['pump'],
  crew: 4,
  duty: 'on',
  busy_incident_id: null,
  position: [109.66, -6.89],
  position_age_seconds: 10,
  station_position: [109.67, -6.89],
  turnout_seconds: 80,
  active: true,
  ...more,
})
