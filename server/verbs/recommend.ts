import { recommend as rank } from '../../geo/dispatch/recommend.ts'
import { startOf } from '../../geo/dispatch/start.ts'
import type { CandidateUnit, Recommendation, UntrackedAgency } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import type { Services } from '../services.ts'

interface UnitRow {
  unit: Unit
  job_number: string | null
  queued_number: string | null
}

const toCandidate = ({ unit, job_number, queued_number }: UnitRow, now: Date): CandidateUnit => ({
  unit_id: unit.id,
  callsign: unit.callsign,
  agency_kind: unit.agency_kind,
  capabilities: unit.capabilities,
  crew: unit.crew,
  duty: unit.duty,
  busy_incident_id: unit.incident_id,
  busy_number: job_number,
  queued_incident_id: unit.queued_incident_id,
  queued_number,
  turnout_seconds: unit.turnout_seconds,
  active: unit.active,
  position: unit.position ? (unit.position.location.coordinates as LonLat) : null,
  position_age_seconds: unit.position ? Math.max(0, (now.getTime() - Date.parse(unit.position.fix_at)) / 1000) : null,
  station_position: unit.station_location ? (unit.station_location.coordinates as LonLat) : null,
})

/**
 * Who should go: per needed kind of agency the available units by time over the roads open now, and every other unit of the
 * kind with the reason why not. `also` prices units of other kinds too (an operator may send whom he likes).
 */
export async function recommend(
  { db, city, simulated }: Pick<Services, 'db' | 'city' | 'simulated'>,
  incident: Incident,
  now: Date,
  also: readonly string[] = [],
): Promise<Recommendation[]> {
  const units = await db.rows<UnitRow>('units', { simulated })
  const { agencies, stations } = city
  const candidates = units.map((unit) => toCandidate(unit, now))
  const position = incident.location.coordinates as LonLat

  const starts = candidates.map((unit) => ({ unit, start: startOf(unit) })).filter(({ start }) => start !== null)
  const prices = city.router.price(
    position,
    starts.map(({ start }) => start?.position ?? null),
    { seconds: city.seconds(now) },
  )
  const needs = city.incident_types.find((type) => type.code === incident.incident_type)?.needs ?? []
  const extra = candidates.filter(
    (unit) => also.includes(unit.unit_id) && !needs.some((need) => need.agency_kind === unit.agency_kind),
  )
  return rank({
    needs: [
      ...needs,
      ...[...new Set(extra.map((unit) => unit.agency_kind))].map((agency_kind) => ({
        agency_kind,
        capability: null,
        // Nobody asked for the kind: it is priced, and nothing of it is suggested.
        quantity: 0,
      })),
    ],
    units: candidates,
    agencies: agencies
      .filter((agency) => !agency.tracked)
      .map((agency): UntrackedAgency => ({
        agency_id: agency.id,
        code: agency.code,
        name: agency.name,
        kind: agency.kind,
        phone: agency.phone,
        position:
          (stations.find((station) => station.agency_id === agency.id)?.location.coordinates as LonLat | undefined) ??
          null,
      })),
    incident: { position, accuracy_m: incident.accuracy_m },
    prices: new Map(starts.map(({ unit }, i) => [unit.unit_id, prices[i]])),
    options: { incident_id: incident.id },
  })
}
