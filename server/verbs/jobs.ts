import { freeIn } from '../../geo/dispatch/free_in.ts'
import type { CandidateUnit } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { IncidentType } from '../../geo/wire/masterdata.ts'
import type { AssignmentStatus } from '../../geo/wire/primitives.ts'
import type { Candidate } from './candidates.ts'

/** What a busy unit is at, as sql/queries/dispatch_candidates.sql reads it. */
export interface RunningAssignment {
  number: string
  /** Of the incident it stands in line for next. */
  queued_number: string | null
  incident_type: string
  location: LonLat
  status: AssignmentStatus
  notified_at: string
  en_route_at: string | null
  on_scene_at: string | null
  eta_seconds: number | null
  turnout_seconds: number | null
}

/** What a case of an unknown type takes. */
const ON_SCENE_MINUTES = 45
const instant = (text: string | null) => (text === null ? null : Date.parse(text))

/** The same unit with what it is at and when it should be free. `names_jobs`: whether the reader may know which incident that is. */
export function withJob(
  unit: Candidate,
  types: readonly IncidentType[],
  now: Date,
  names_jobs: boolean,
): CandidateUnit {
  const { assignment } = unit
  if (!assignment) return unit
  const type = types.find((each) => each.code === assignment.incident_type)
  const free = freeIn(
    {
      ...assignment,
      notified_at: Date.parse(assignment.notified_at),
      en_route_at: instant(assignment.en_route_at),
      on_scene_at: instant(assignment.on_scene_at),
      on_scene_seconds: type?.median_on_scene_seconds ?? (type?.on_scene_minutes ?? ON_SCENE_MINUTES) * 60,
    },
    now.getTime(),
  )
  return {
    ...unit,
    job: {
      number: names_jobs ? assignment.number : null,
      queued_number: names_jobs ? assignment.queued_number : null,
      free_in_seconds: free.seconds,
      state: free.state,
    },
  }
}
