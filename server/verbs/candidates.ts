import type { CandidateUnit } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Executor } from '../db/database.ts'
import type { RunningAssignment } from './jobs.ts'

/** A unit, and the assignment of a busy one (server/verbs/jobs.ts makes a Job of it). */
export type Candidate = CandidateUnit & { assignment: RunningAssignment | null }

/**
 * Reads all candidates, each position's age as of the reading. Who asks while a reading is under way shares the one that starts
 * after it, so fifty at once are answered by two readings, and nobody by one from before he asked. What it answers is shared:
 * leave it as it is.
 */
export type ReadCandidates = () => Promise<readonly Candidate[]>

type Same = 'unit_id' | 'callsign' | 'agency_kind' | 'capabilities' | 'crew' | 'duty' | 'turnout_seconds' | 'active'
type Job = 'busy_incident_id' | 'queued_incident_id' | 'assignment'
type Place = 'lon' | 'lat' | 'station_lon' | 'station_lat'

/** As sql/queries/dispatch_candidates.sql writes them, a list for each field; null lists when there is no unit. `fix_at` in epoch seconds. */
type Columns = { [Field in Same | Job]: Candidate[Field][] } & {
  [Field in Place | 'fix_at']: (number | null)[]
}

/** Points are rounded as on the wire (positions 6 digits, posts 7): whoever checks an ETA starts from the same place. */
const placed = (lon: number | null, lat: number | null, scale: number): LonLat | null =>
  lon === null || lat === null ? null : [Math.round(lon * scale) / scale, Math.round(lat * scale) / scale]

function unitsOf(columns: Columns, at: number): Candidate[] {
  return (columns.unit_id ?? []).map((unit_id, i) => {
    const fix_at = columns.fix_at[i]
    return {
      unit_id,
      callsign: columns.callsign[i],
      agency_kind: columns.agency_kind[i],
      capabilities: columns.capabilities[i],
      crew: columns.crew[i],
      duty: columns.duty[i],
      busy_incident_id: columns.busy_incident_id[i],
      queued_incident_id: columns.queued_incident_id[i],
      assignment: columns.assignment[i],
      position: placed(columns.lon[i], columns.lat[i], 1e6),
      position_age_seconds: fix_at === null ? null : Math.max(0, at / 1000 - fix_at),
      station_position: placed(columns.station_lon[i], columns.station_lat[i], 1e7),
      turnout_seconds: columns.turnout_seconds[i],
      active: columns.active[i],
    }
  })
}

export function createCandidates(db: Executor, simulated: boolean, now: () => Date): ReadCandidates {
  let running: Promise<readonly Candidate[]> | null = null
  let next: Promise<readonly Candidate[]> | null = null

  async function read(): Promise<readonly Candidate[]> {
    const columns = JSON.parse(await db.value<string>('dispatch_candidates', { simulated })) as Columns
    return unitsOf(columns, now().getTime())
  }

  function start(): Promise<readonly Candidate[]> {
    next = null
    const reading = read()
    const over = () => {
      if (running === reading) running = null
    }
    running = reading
    reading.then(over, over)
    return reading
  }
  return () => (running ? (next ??= running.then(start, start)) : start())
}
