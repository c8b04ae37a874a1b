import { z } from 'zod'
import { liveEvent, snapshot } from './live.ts'
import { position } from './masterdata.ts'
import { instant, incidentStatus, uuid } from './primitives.ts'
import { STALE_REASONS } from './screen.ts'

/** A stretch in which a screen painted in one state; between two of them it was not heard. */
export const screenStretch = z.object({
  screen_id: z.string(),
  name: z.string().nullable(),
  began_at: instant,
  /** Its last word: while it paints one comes every 2 s. */
  ended_at: instant,
  /** Why it said BASI; null: fresh. */
  stale: z.enum(STALE_REASONS).nullable(),
  scene: z.string(),
})
export type ScreenStretch = z.infer<typeof screenStretch>

/** What of a past picture is not known as of then and stands as of now. `medians`: of the types' times on scene, which forecasts go by. */
const OF_NOW = ['masterdata', 'map', 'places', 'medians', 'routing'] as const

/** The picture at a moment, in the shape of the live snapshot, from what was recorded by then. Calls are never part of it: walls have none. */
export const replay = snapshot.extend({
  at: instant,
  log_id: uuid,
  /** Hash of line `seq`, the head of the log at that moment: sixty-four zeros before the first line. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  simulated: z.boolean(),
  /** Its first line. Before it there was no wall. Null: nothing was ever written. */
  log_since: instant.nullable(),
  /** Null: none are kept. Before it units stand without a position. */
  positions_kept_since: instant.nullable(),
  positions_kept: z.boolean(),
  of_now: z.array(z.enum(OF_NOW)),
  /** Something in it was written by the demo with a passed clock: no wall showed it. */
  invented: z.boolean(),
  /** What stood on the walls at that moment: the latest stretch of each screen heard in the hour before. Null: not kept. */
  screens: z.array(screenStretch).nullable(),
})
export type Replay = z.infer<typeof replay>

/** A line as a screen heard it and when it stood on the walls, epoch ms order; lines that tell a picture nothing are left out, so `seq` has holes. */
export const replayLine = liveEvent.extend({ at: instant })
export type ReplayLine = z.infer<typeof replayLine>

/** Fixes that came in together, without those that were older than what was known. */
export const replayPositions = z.object({ at: instant, positions: z.array(position) })
export type ReplayPositions = z.infer<typeof replayPositions>

/** All that happened after `from` up to `until`; the next page begins there. */
export const passage = z.object({
  from: instant,
  until: instant,
  lines: z.array(replayLine),
  positions: z.array(replayPositions),
  /** Of the next page; null at the end of the passage. */
  next: z.string().nullable(),
})
export type Passage = z.infer<typeof passage>

export const replayMark = z.object({
  at: instant,
  /** A case came to this state, or passed the limit of a stage. */
  what: z.union([incidentStatus, z.enum(['breached_agent', 'breached_opd'])]),
  number: z.string(),
  incident_id: uuid,
  incident_type: z.string(),
})
export type ReplayMark = z.infer<typeof replayMark>

export const replayMarks = z.object({
  from: instant,
  to: instant,
  marks: z.array(replayMark),
  screens: z.array(screenStretch).nullable(),
  positions_kept_since: instant.nullable(),
  log_since: instant.nullable(),
})
export type ReplayMarks = z.infer<typeof replayMarks>

/** When a case was recorded, and when it was over. */
export const replayCase = z.object({ incident_id: uuid, number: z.string(), from: instant, to: instant.nullable() })

/** A passage in one file: what `GET /api/replay/export` gives and `/wall?at=` opens again. Nothing in it is personal. */
export const recording = z.object({
  format: z.literal('siaga-112-replay-1'),
  made_at: instant,
  from: instant,
  to: instant,
  /** The line of the log that `to` ends with, and its hash: the log still has both, or it is not the log this was taken from. */
  end: z.object({ seq: z.number().int(), hash: z.string() }),
  start: replay,
  lines: z.array(replayLine),
  /** The whole picture again wherever a line says `refresh`: nobody can be asked for it where the file is opened. */
  anew: z.array(replay),
  positions: z.array(replayPositions),
  marks: z.array(replayMark),
  screens: z.array(screenStretch).nullable(),
})
export type Recording = z.infer<typeof recording>
