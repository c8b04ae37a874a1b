import type { IncidentStatus } from '../../../geo/wire/primitives.ts'
import type { Person } from './people.ts'

/** What the script knows of a job, told by nobody but the script itself; times are epoch ms. */
export interface Job {
  id: string
  agency_id: string
  unit_id: string | null
  notified_at: number
  acknowledged_at?: number
  en_route_at?: number
  on_scene_at?: number
  done_at?: number
  declined_at?: number
  cancelled_at?: number
}

export interface Case {
  id: string
  number: string
  incident_type: string
  course: string
  handler: Person
  received_at: number
  calls: number
  status: IncidentStatus
  dispatched_at?: number
  resolved_at?: number
  closed_at?: number
  ended_at?: number
  jobs: Job[]
}

/** A line that must stand in the log. */
export interface Line {
  kind: string
  actor: string
  incident_id: string | null
  occurred_at: number
  recorded_at: number
}

export interface Played {
  cases: Case[]
  lines: Line[]
  calls: { id: string; kind: string; rang_at: number; answered_at: number }[]
  /** What somebody tried that is not his, and what he was told. */
  refused: { what: string; status: number }[]
}

export const isOpen = ({ status }: Case): boolean =>
  ['received', 'verified', 'dispatched', 'handling', 'resolved'].includes(status)

/** The state that DESIGN derives from the jobs of a case. */
export function follow(made: Case): void {
  const ended = (job: Job) => job.done_at ?? job.declined_at ?? job.cancelled_at
  const active = made.jobs.filter((job) => ended(job) === undefined)
  const done = made.jobs.flatMap(({ done_at }) => done_at ?? [])
  made.resolved_at = undefined
  if (active.length > 0) {
    const under_way = made.jobs.some((job) => job.en_route_at !== undefined && job.cancelled_at === undefined)
    made.status = under_way ? 'handling' : 'dispatched'
  } else if (done.length > 0) {
    made.status = 'resolved'
    made.resolved_at = Math.max(...done)
  } else made.status = 'verified'
}

export interface Stage {
  state: 'running' | 'warning' | 'breached' | 'met' | 'unknown'
  /** Of the stage so far, or as it ended; null: it never began, or is not counted. */
  seconds: number | null
}

const AGENT_LIMIT = 300
const OPD_LIMIT = 2_100
const stage = (from: number | undefined, to: number | undefined, now: number, limit: number): Stage => {
  if (from === undefined) return { state: 'unknown', seconds: null }
  const seconds = ((to ?? now) - from) / 1000
  if (seconds > limit) return { state: 'breached', seconds }
  if (to !== undefined) return { state: 'met', seconds }
  return { state: seconds >= 0.8 * limit ? 'warning' : 'running', seconds }
}

/** Both clocks of a case at `now` by the definitions of the standard; null for what is counted nowhere. */
export function clocksOf(made: Case, now: number): { agent: Stage; opd: Stage } | null {
  if (made.status === 'cancelled' || made.status === 'duplicate') return null
  const handed_over = made.status === 'handed_over'
  return {
    agent: stage(made.received_at, made.dispatched_at ?? (handed_over ? made.ended_at : undefined), now, AGENT_LIMIT),
    opd: stage(handed_over ? undefined : made.dispatched_at, made.resolved_at, now, OPD_LIMIT),
  }
}
