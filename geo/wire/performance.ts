import { z } from 'zod'
import { instant } from './primitives.ts'
import { stageFigures } from './stats.ts'

/** What the figures of a period are told by. An incident counts once in every group, but of agencies and units in each that was sent. */
const PERFORMANCE_BY = [
  'total',
  'agency',
  'unit',
  'incident_type',
  'priority',
  'kelurahan',
  'kecamatan',
  'shift',
  'hour',
  'weekday',
  'operator',
] as const
export const performanceBy = z.enum(PERFORMANCE_BY)
export type PerformanceBy = z.infer<typeof performanceBy>

const seconds = z.number().nullable()
const part = z.number().nullable()

/** Kaplan-Meier: the time by which 50, 75, 90, 95 % had ended, open ones censored; null where the curve does not reach it. */
const quantiles = { p50_seconds: seconds, p75_seconds: seconds, p90_seconds: seconds, p95_seconds: seconds }

/** `count` of n with Wilson 95 %; share, low, high null when n = 0. */
const share = z.object({ n: z.number().int(), count: z.number().int(), share: part, low: part, high: part })

/**
 * One stage: the figures that the wall, districts and cells show (`share` is the breached one; `median_seconds` = `p50_seconds`), and
 * beside them the percentiles and `compliance`: n - breached of n.
 */
export const stagePerformance = stageFigures.extend({ ...quantiles, compliance: share })
export type StagePerformance = z.infer<typeof stagePerformance>

/** A part of an assignment's way. `n` ended; `open` still under way, or given up before its end (censored); `missing`: no instants. */
export const partPerformance = z.object({
  n: z.number().int(),
  open: z.number().int(),
  missing: z.number().int(),
  ...quantiles,
})

/**
 * Calls by `rang_at` (of operators: by who answered). Shares of prank and ghost: of all `calls`. `answer.n`: a PBX told of them, they
 * rang unblocked, and were answered or ended; percentiles have the unanswered ones censored at their end, the ringing ones at now.
 */
export const callPerformance = z.object({
  calls: z.number().int(),
  unsorted: z.number().int(),
  prank: share,
  ghost: share,
  answer: z.object({
    n: z.number().int(),
    unanswered: z.number().int(),
    within_15: share,
    within_20: share,
    ...quantiles,
  }),
})
export type CallPerformance = z.infer<typeof callPerformance>

export const performanceRow = z.object({
  /**
   * `total`; an agency's or unit's id; a type; a priority 1-4; a district's code; `pagi` `sore` `malam`; an hour WIB `0`-`23`; a day of the
   * week `1` (Monday) - `7`; a login. Null: in no kelurahan of the city; recorded by nobody known.
   */
  key: z.string().nullable(),
  /** In Indonesian, for tables and files; null as `key`. */
  name: z.string().nullable(),
  /** Without cancelled and duplicate ones. */
  incidents: z.number().int(),
  /** Of these: still open; entered late (their times may be missing). */
  open: z.number().int(),
  late_entries: z.number().int(),
  agent: stagePerformance,
  opd: stagePerformance,
  /** Fires only: received to the first unit on scene, 15 min. */
  fire: stagePerformance,
  /** Of agencies and units only: what they did themselves. */
  own: z
    .object({
      assignments: z.number().int(),
      declined: z.number().int(),
      cancelled: z.number().int(),
      /** Notified to done, 35 min; declined and cancelled ones counted nowhere. */
      clock: stagePerformance,
      acknowledge: partPerformance,
      /** Notified to en route; en route to on scene; on scene to done. */
      turnout: partPerformance,
      travel: partPerformance,
      on_scene: partPerformance,
    })
    .nullable(),
  /** Of total, shift, hour, weekday and operator only. */
  calls: callPerformance.nullable(),
  /** Of operators only: the incidents by type and by shift (received_at), without which nobody is compared. */
  mix: z
    .object({
      by_type: z.record(z.string(), z.number().int()),
      by_shift: z.object({ pagi: z.number().int(), sore: z.number().int(), malam: z.number().int() }),
    })
    .nullable(),
})
export type PerformanceRow = z.infer<typeof performanceRow>

/** `GET /api/stats/performance`: incidents by received_at in [from, to), edges midnight WIB; real and simulated never mixed. */
export const performance = z.object({
  from: instant,
  to: instant,
  by: performanceBy,
  simulated: z.boolean(),
  /** The period is over. Its open cases still change it (`open`). */
  complete: z.boolean(),
  /** Groups without a case too, but of operators; agencies and units that are out of use only with one. */
  rows: z.array(performanceRow),
})
export type Performance = z.infer<typeof performance>
