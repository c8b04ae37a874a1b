import { z } from 'zod'
import { call } from './calls.ts'
import { incident } from './incident.ts'
import { agency, closure, incidentType, position, station, unit } from './masterdata.ts'
import { instant, role, ROUTINGS, text, uuid } from './primitives.ts'
import { LOADED, SOUND_STATES, STALE_REASONS } from './screen.ts'
import { cancellation, handlerTold } from './supervision.ts'

/** Who gives the driving times now; `routing_since` says since when OSRM does not answer and stands with `fallback` only. */
const routing = { routing: z.enum(ROUTINGS), routing_since: instant.optional() }

/**
 * First message on every socket. Another `log_id` than before means another history: start from a fresh snapshot. On an open socket it comes again
 * when another log lies under the server (a promotion, a restore), with a snapshot behind it, or with `continues` when nothing was lost.
 */
export const hello = z.object({
  type: z.literal('hello'),
  log_id: uuid,
  /** The log of which this one holds every line that was told on this socket. */
  continues: uuid.optional(),
  seq: z.number().int(),
  server_time: instant,
  role,
  /** True when everything written here is simulated: SIMULASI stands on every screen. */
  simulated: z.boolean(),
  /** Build of the served client: another one than the page's own means that a new version can be fetched. */
  version: z.string(),
  /** False for a role that is told of no incidents: its snapshot has none, which says nothing of the city. */
  sees_incidents: z.boolean().optional(),
  /** MB of JavaScript heap above which a wall loads itself anew in a quiet minute. */
  wall_heap_mb: z.number().optional(),
})

/** The whole picture at `seq`. Open incidents only; `units` carry their last position. */
export const snapshot = z.object({
  type: z.literal('snapshot'),
  seq: z.number().int(),
  server_time: instant,
  incidents: z.array(incident),
  units: z.array(unit),
  agencies: z.array(agency),
  stations: z.array(station),
  incident_types: z.array(incidentType),
  closures: z.array(closure),
  /** Calls a PBX told of that nobody has said anything about yet, to those who handle calls. */
  calls: z.array(call),
  map_hash: z.string(),
  ...routing,
})

/**
 * One line of the log. `incident`, `units` and `call` are the whole rows after the change: replace, never merge. A line that the
 * role may not see has `seq` only; so has one that carries nothing for the picture.
 */
export const liveEvent = z.object({
  type: z.literal('event'),
  seq: z.number().int(),
  kind: z.string().optional(),
  occurred_at: instant.optional(),
  recorded_at: instant.optional(),
  incident: incident.optional(),
  units: z.array(unit.omit({ position: true })).optional(),
  closures: z.array(closure).optional(),
  /** Kind call.device_located, to those who handle calls: fetch this call anew. */
  call_id: uuid.optional(),
  /** Who answers for a case now, and who did; a request to cancel. Both to the room only. */
  handler: handlerTold.optional(),
  cancellation: cancellation.optional(),
  /** A call that a PBX told of, to those who handle calls. */
  call: call.optional(),
  /** Stations, agencies, units or incident types changed: fetch a fresh snapshot. */
  refresh: z.boolean().optional(),
  map_hash: z.string().optional(),
})

/** Latest fixes since the last such message, coalesced per unit; outside the log. */
export const positions = z.object({ type: z.literal('positions'), server_time: instant, positions: z.array(position) })

/** Each second. `checked_at` is when the log's head was last read from the database: older than 5 s means stale. */
export const heartbeat = z.object({
  type: z.literal('heartbeat'),
  server_time: instant,
  seq: z.number().int(),
  checked_at: instant,
  ...routing,
  /** Walls that reported a painted frame lately, and those of them that can sound: where none can, the consoles ring. */
  walls: z.object({ painting: z.number().int(), sounding: z.number().int() }).optional(),
  /** Operators at work: alarms are counted per operator (EEMUA 191). Absent until it is known. */
  operators: z.number().int().optional(),
  /** All of them, where they are others than this socket was told: their median times on scene go with the months, and a line tells of none. */
  incident_types: z.array(incidentType).optional(),
})

export const serverMessage = z.discriminatedUnion('type', [hello, snapshot, liveEvent, positions, heartbeat])
export type ServerMessage = z.infer<typeof serverMessage>
export type Hello = z.infer<typeof hello>
export type Snapshot = z.infer<typeof snapshot>
export type LiveEvent = z.infer<typeof liveEvent>
export type Positions = z.infer<typeof positions>
export type Heartbeat = z.infer<typeof heartbeat>

/**
 * What a screen says back each two seconds, painting or not: its last painted frame, so that a frozen wall is known of in /admin and /metrics. What an older page
 * does not say yet has a default: it must be let in to hear that it is old.
 */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('painted'),
    screen_id: text(64).min(1),
    painted_at: instant,
    seq: z.number().int().nonnegative(),
    version: text(64),
    heap_mb: z.number().nonnegative().nullable(),
    contexts: z.number().int().nonnegative(),
    /** Why the screen says BASI; null while it does not. */
    stale: z.enum(STALE_REASONS).nullable().default(null),
    scene: text(32).default('live'),
    /** Whether an alarm would be heard: tried by the screen itself. */
    sound: z.enum(SOUND_STATES).default('off'),
    dom_nodes: z.number().int().nonnegative().nullable().default(null),
    loaded: z.enum(LOADED).default('opened'),
  }),
])
export type ClientMessage = z.infer<typeof clientMessage>
