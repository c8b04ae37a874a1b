import { freeIn } from '../../geo/dispatch/free_in.ts'
import type { CandidateUnit } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import type { AssignmentStatus } from '../../geo/wire/primitives.ts'
import type { Services } from '../services.ts'

/** What a busy unit is at, as sql/queries/dispatch_units.sql reads it. */
interface JobRow {
  number: string
  incident_type: string
  location: { coordinates: LonLat }
  status: AssignmentStatus
  notified_at: string
  en_route_at: string | null
  on_scene_at: string | null
  eta_seconds: number | null
  turnout_seconds: number | null
}
interface UnitRow {
  unit: Unit
  job: JobRow | null
}

/** What a case of an unknown type takes. */
const ON_SCENE_MINUTES = 45
const instant = (text: string | null) => (text === null ? null : Date.parse(text))

function toCandidate(
  { unit, job }: UnitRow,
  now: Date,
  types: Services['city']['incident_types'],
  names_jobs: boolean,
): CandidateUnit {
  const type = job && types.find((each) => each.code === job.incident_type)
  const free =
    job &&
    freeIn(
      {
        ...job,
        notified_at: Date.parse(job.notified_at),
        en_route_at: instant(job.en_route_at),
        on_scene_at: instant(job.on_scene_at),
        on_scene_seconds: type?.median_on_scene_seconds ?? (type?.on_scene_minutes ?? ON_SCENE_MINUTES) * 60,
      },
      now.getTime(),
    )
  return {
    unit_id: unit.id,
    callsign: unit.callsign,
    agency_kind: unit.agency_kind,
    capabilities: unit.capabilities,
    crew: unit.crew,
    duty: unit.duty,
    busy_incident_id: unit.incident_id,
    job: free && { number: names_jobs ? job.number : null, free_in_seconds: free.seconds, state: free.state },
    turnout_seconds: unit.turnout_seconds,
    active: unit.active,
    position: unit.position ? (unit.position.location.coordinates as LonLat) : null,
    position_age_seconds: unit.position ? Math.max(0, (now.getTime() - Date.parse(unit.position.fix_at)) / 1000) : null,
    station_position: unit.station_location ? (unit.station_location.coordinates as LonLat) : null,
  }
}

export interface Candidates {
  units: CandidateUnit[]
  /** Where the job of each busy unit is: it goes on from there. */
  jobs: { id: string; from: LonLat }[]
}

/** Every active unit as who chooses sees it. `names_jobs`: whether the reader may know which incident a busy one is at. */
export async function readCandidates(
  { db, city, simulated }: Pick<Services, 'db' | 'city' | 'simulated'>,
  now: Date,
  names_jobs: boolean,
): Promise<Candidates> {
  const rows = await db.rows<UnitRow>('dispatch_units', { simulated })
  return {
    units: rows.map((row) => toCandidate(row, now, city.incident_types, names_jobs)),
    jobs: rows.flatMap(({ unit, job }) => (job ? [{ id: unit.id, from: job.location.coordinates }] : [])),
  }
}
