import { z } from 'zod'
import { instant } from './primitives.ts'

/**
 * A share with its uncertainty: n = stages ended, or running but already past the limit; breached of n with Wilson 95 %.
 * `running` are within the limit and outside n; `missing` are stages whose times are unknown. share, low, high null when n = 0.
 */
export const stageFigures = z.object({
  n: z.number().int(),
  breached: z.number().int(),
  running: z.number().int(),
  missing: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Kaplan-Meier median over all stages, running ones censored; null when not reached. */
  median_seconds: z.number().nullable(),
})
export type StageFigures = z.infer<typeof stageFigures>

/** `count` of n; share, low, high null when n = 0. */
function shareOfN() {
  const part = z.number().nullable()
  return z.object({ count: z.number().int(), share: part, low: part, high: part })
}

const countedShare = stageFigures.pick({ n: true, breached: true, share: true, low: true, high: true })
/** The breached share now less that before: above 0 is worse; Newcombe 95 %. Null without cases, or records of both periods. */
const shareChange = z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable()

/** The same stretch of time just before, counted as it stands now, and how certain the change since is. */
export const previousPeriod = z.object({
  from: instant,
  to: instant,
  /** Records reach back over all of it: only then is anything compared. */
  whole: z.boolean(),
  incidents: z.number().int(),
  calls: z.number().int(),
  agent: countedShare,
  opd: countedShare,
  /** As the district's own `trend`, stretch by stretch. */
  trend: z.array(z.number().int()),
  /** Incidents now over those before, with 95 % bounds; `high` null where there is none. */
  incidents_change: z.object({ ratio: z.number(), low: z.number(), high: z.number().nullable() }).nullable(),
  agent_change: shareChange,
  opd_change: shareChange,
})
export type PreviousPeriod = z.infer<typeof previousPeriod>

export const district = z.object({
  code: z.string(),
  name: z.string(),
  incidents: z.number().int(),
  calls: z.number().int(),
  open: z.number().int(),
  by_type: z.record(z.string(), z.number().int()),
  agent: stageFigures,
  opd: stageFigures,
  population: z.number().int().nullable(),
  population_year: z.number().int().nullable(),
  per_10000: z.number().nullable(),
  /** Incidents per day (short periods) or per month, oldest first: the sparkline. */
  trend: z.array(z.number().int()),
  /** Absent while nothing of the period is over. */
  previous: previousPeriod.optional(),
})
export type District = z.infer<typeof district>

/** All calls of a period, whatever they were: prank, ghost and hidden ones too, which no map shows. */
export const callFigures = z.object({
  calls: z.number().int(),
  real: z.number().int(),
  information: z.number().int(),
  prank: z.number().int(),
  ghost: z.number().int(),
  test: z.number().int(),
  /** Nobody has said what they were yet. */
  unsorted: z.number().int(),
  hidden: z.number().int(),
  blocked: z.number().int(),
  /** Told by a PBX and ended before anybody answered. */
  unanswered: z.number().int(),
  about_incidents: z.number().int(),
  /** Of those a PBX told of and that rang unblocked: answered or ended (n), answered within 15 s and 20 s, with Wilson 95 %. */
  answer: z.object({
    n: z.number().int(),
    within_15: shareOfN(),
    within_20: shareOfN(),
  }),
})
export type CallFigures = z.infer<typeof callFigures>

/**
 * One area of the SLA heat. `level` names how coarse the figure became: `h3-9`, `h3-8`, `h3-7`, `kelurahan` or `kecamatan`;
 * `h3` is set on the H3 levels, `code` on the district ones. Colour is withheld under n = 5.
 */
export const slaCell = z.object({
  level: z.string(),
  h3: z.string().nullable(),
  code: z.string().nullable(),
  n: z.number().int(),
  breached: z.number().int(),
  running: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  median_seconds: z.number().nullable(),
  /** 95 % interval of the median; null where the cases tell no bound. Older servers do not say. */
  median_low: z.number().nullish(),
  median_high: z.number().nullish(),
  open: z.number().int(),
  /** Where it is, for whoever speaks of it: the kelurahan (or kecamatan) and, of an H3 cell, what lies nearest. Null under n = 5. */
  area: z.string().nullish(),
  place: z.string().nullish(),
})
export type SlaCell = z.infer<typeof slaCell>

/**
 * One H3 10 cell of the smoothed surface (cells of the city only): the breached share of the cases around its centre, weighted by
 * a quartic kernel of `bandwidth_m`. `share` is withheld (null) where they are worth fewer than five (`effective_n`, Kish).
 */
export const surfaceCell = z.object({
  h3: z.string(),
  share: z.number().nullable(),
  effective_n: z.number(),
  bandwidth_m: z.number(),
})
export type SurfaceCell = z.infer<typeof surfaceCell>

/**
 * One H3 8 cell of a month's hotspots, zeros included. z and p are Gi*'s (binary weights, ring 1 and self), q is p after
 * Benjamini-Hochberg over all cells; `significant` with z > 0 is a hotspot, with z < 0 a cold one.
 */
export const hotspot = z.object({
  h3: z.string(),
  month: z.string(),
  /** False: the month still runs, the count is what there is so far. */
  complete: z.boolean(),
  incidents: z.number().int(),
  kelurahan_code: z.string(),
  kelurahan: z.string(),
  /** What lies nearest to the middle of its incidents, by the gazetteer; null without incidents or names. */
  place: z.string().nullable(),
  z: z.number(),
  p: z.number(),
  q: z.number(),
  significant: z.boolean(),
  /** So few incidents in all that nothing can be concluded (a neighbourhood expects fewer than five): nothing is flagged. */
  too_few: z.boolean(),
})
export type Hotspot = z.infer<typeof hotspot>

/** How an agency took its assignments of a period (by `notified_at`). */
export const agencyFigures = z.object({
  agency_id: z.string(),
  code: z.string(),
  name: z.string(),
  assignments: z.number().int(),
  /** Acknowledged, or gone without saying so. */
  acknowledged: z.number().int(),
  declined: z.number().int(),
  /** Not answered yet. */
  waiting: z.number().int(),
  /** Kaplan-Meier median from notified to acknowledged; unanswered, declined and cancelled ones censored; null when not reached. */
  acknowledge_median_seconds: z.number().nullable(),
})
export type AgencyFigures = z.infer<typeof agencyFigures>
