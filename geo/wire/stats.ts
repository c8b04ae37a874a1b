import { z } from 'zod'

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
  open: z.number().int(),
})
export type SlaCell = z.infer<typeof slaCell>
