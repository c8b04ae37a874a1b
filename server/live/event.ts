import type { Call } from '../../geo/wire/calls.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent } from '../../geo/wire/live.ts'
import type { Closure, Unit } from '../../geo/wire/masterdata.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import type { Cancellation, HandlerTold } from '../../geo/wire/supervision.ts'
import { HEARD, may } from '../auth/permissions.ts'
import { HISTORY_ACTOR } from '../demo/write.ts'

/** The head of the log, as sql/queries/live_head.sql reads it. */
export interface LogHead {
  seq: number
  log_id: string
  hash?: string
  standby?: boolean
  moved?: boolean
}

/** A line of the log as sql/queries/live_events.sql reads it. */
export interface LogRow {
  seq: number
  kind: string
  actor: string
  incident_id: string | null
  occurred_at: string
  recorded_at: string
  simulated: boolean
  hash?: string
  /** Of the line before the first that was asked for. */
  since_hash?: string | null
  body: {
    after?: unknown
    units?: Omit<Unit, 'position'>[]
    closures?: Closure[]
    call_id?: string
    told?: unknown
    /** Of incident.created: the call it came from, when that rang at the desks. */
    call?: Call
    before?: { status?: string }
  }
}

const iso = (text: string) => new Date(text).toISOString()

/**
 * What a line tells the picture. Lines without anything for it (calls typed at a desk but for a phone's location, aliases that are only proposed, the demo's history, whose cases were over before
 * anybody could see them), and those of the other world (real among simulated or the reverse), are their number alone, so
 * that `seq` has no holes for anyone.
 */
export function toLiveEvent(row: LogRow, simulated: boolean, map_hash: string): LiveEvent {
  const bare: LiveEvent = { type: 'event', seq: row.seq }
  const told = { ...bare, kind: row.kind, occurred_at: iso(row.occurred_at), recorded_at: iso(row.recorded_at) }
  const [subject] = row.kind.split('.')
  if (subject === 'city') return { ...told, map_hash, refresh: true }
  if (subject === 'masterdata') return { ...told, refresh: true }
  // That a wall was set anew, not which or how: each looks at its own.
  if (subject === 'screen') return { ...bare, kind: row.kind }
  if (row.simulated !== simulated || row.actor === HISTORY_ACTOR) return bare
  if (subject === 'incident' || subject === 'assignment') {
    return {
      ...told,
      incident: row.body.after as Incident,
      ...(row.body.units?.length ? { units: row.body.units } : {}),
      ...(row.body.call ? { call: row.body.call } : {}),
    }
  }
  if (subject === 'unit') return { ...told, units: row.body.units }
  if (subject === 'closure') return { ...told, closures: row.body.closures ?? [] }
  if (subject === 'handler') return { ...told, handler: row.body.told as HandlerTold }
  if (subject === 'cancellation') return { ...told, cancellation: row.body.told as Cancellation }
  // That there is something to ask for again, not what.
  if (subject === 'handover' || subject === 'coverage') return { ...bare, kind: row.kind }
  // That names have changed, not which: who typed one asks again.
  if (changesNames(row, simulated)) return { ...bare, kind: row.kind }
  if (row.kind === 'call.device_located') return { ...bare, kind: row.kind, call_id: row.body.call_id }
  // What is typed at a desk is nobody else's business yet.
  const call = subject === 'call' ? (row.body.after as Call | undefined) : undefined
  return call?.rings ? { ...told, call } : bare
}

/** A line as a role hears it: whole, without the call it came from, or its number alone. */
export function asHeard(role: Role, event: LiveEvent): LiveEvent {
  if (!mayHear(role, event)) return { type: 'event', seq: event.seq }
  if (!event.call || may(role, HEARD.call)) return event
  const { call: _, ...rest } = event
  return rest
}

function mayHear(role: Role, event: LiveEvent): boolean {
  if (event.kind === undefined) return true
  const needed = Object.entries(HEARD).find(([subject]) => subject === event.kind?.split('.')[0])?.[1]
  return needed !== undefined && needed !== null && may(role, needed)
}

/** Whether a line puts a name for a place in force in this world, or takes one out. */
export const changesNames = (row: LogRow, simulated: boolean): boolean =>
  row.simulated === simulated &&
  (row.kind === 'alias.accepted' || (row.kind === 'alias.rejected' && row.body.before?.status === 'accepted'))
