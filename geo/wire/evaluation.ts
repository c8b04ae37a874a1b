import { z } from 'zod'
import { complaintFigures } from './complaints.ts'
import { hotspotGrade, studyReason, trendClass } from './hotspots.ts'
import { ledger } from './ledger.ts'
import { performanceRow } from './performance.ts'
import { instant } from './primitives.ts'
import { reviewFigures, reviewMonth } from './review.ts'
import { skm } from './survey.ts'

const count = z.number().int()

/** A month that this one is held against, as long as this one has lasted so far. */
const other = z.object({
  month: z.string(),
  from: instant,
  to: instant,
  days: z.number(),
  /** Records reach back over all of it; without, nothing is compared. */
  whole: z.boolean(),
  total: performanceRow,
})
export type OtherMonth = z.infer<typeof other>

/** What may have changed: counts per day by their ratio, shares by their difference (above 0: more of it), both with 95 % bounds. */
export const change = z.object({
  measure: z.enum(['incidents', 'calls', 'prank', 'ghost', 'agent', 'opd', 'fire']),
  against: z.enum(['previous', 'last_year']),
  kind: z.enum(['ratio', 'difference']),
  /** Counts; of a share its numerator and n. */
  now: z.object({ count, n: count.nullable() }),
  then: z.object({ count, n: count.nullable() }),
  /** Null: nothing to compare with (no records, or none then). `high` null: no upper bound can be told. */
  value: z.object({ estimate: z.number(), low: z.number(), high: z.number().nullable() }).nullable(),
  /** The interval excludes no change: chance alone would do that once in twenty comparisons. */
  clear: z.boolean(),
  /** A share of fewer than five cases on either side: told, and not judged. */
  few: z.boolean(),
})
export type Change = z.infer<typeof change>

/** The breached OPD share of a group against the month before, by Newcombe's interval. */
export const groupChange = z.object({
  by: z.enum(['agency', 'kecamatan']),
  key: z.string(),
  name: z.string(),
  now: z.object({ n: count, breached: count }),
  then: z.object({ n: count, breached: count }),
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  clear: z.boolean(),
})
export type GroupChange = z.infer<typeof groupChange>

/** What the records are worth. Of `n` incidents unless said; `entered` are all cases received, cancelled and merged ones too. */
export const quality = z.object({
  entered: count,
  cancelled: count,
  duplicate: count,
  handed_over: count,
  n: count,
  open: count,
  /** Radius that holds the place nine times in ten: up to 50 m, 200 m, 1,000 m, beyond. */
  within_50: count,
  within_200: count,
  within_1000: count,
  beyond_1000: count,
  outside: count,
  without_kelurahan: count,
  late_entries: count,
  offline_entries: count,
  without_call: count,
  agent_missing: count,
  opd_missing: count,
  /** Handled to its end without anybody having reported an arrival. */
  arrival_missing: count,
  closed: count,
  /** Closed without the operator's final report. */
  unreported: count,
  calls: count,
  hidden_calls: count,
})
export type Quality = z.infer<typeof quality>

const hotCell = z.object({
  h3: z.string(),
  kelurahan: z.string(),
  place: z.string().nullable(),
  incidents: count,
  around: count,
  z: z.number(),
  q: z.number(),
  trend: trendClass.nullable(),
  last_year: count.nullable(),
})

/** `GET /api/reports/2026-10`: the month's evaluation. Membership is by received_at (calls: rang_at), edges midnight WIB. */
export const evaluation = z.object({
  month: z.string(),
  from: instant,
  to: instant,
  /** False: the month still runs, figures are of what of it is over. */
  complete: z.boolean(),
  /** Figures stand as of this instant: open cases go on counting. */
  generated_at: instant,
  /** Days of it that are over. */
  days: z.number(),
  simulated: z.boolean(),
  city: z.string(),
  /** When records begin; null: there are none. */
  records_since: instant.nullable(),
  total: performanceRow,
  previous: other,
  last_year: other,
  changes: z.array(change),
  group_changes: z.array(groupChange),
  /** The thirteen months that end with this one; null without records of all of it. */
  months: z.array(z.object({ month: z.string(), n: count.nullable() })),
  by_day: z.array(z.object({ day: z.string(), n: count })),
  /** Seven rows, Monday first, of 24 WIB hours. */
  hours: z.array(z.array(count)),
  calls: z.object({
    calls: count,
    real: count,
    information: count,
    prank: count,
    ghost: count,
    test: count,
    unsorted: count,
    hidden: count,
    blocked: count,
    unanswered: count,
    about_incidents: count,
  }),
  by_type: z.array(performanceRow),
  by_priority: z.array(performanceRow),
  by_shift: z.array(performanceRow),
  by_agency: z.array(performanceRow),
  by_unit: z.array(performanceRow),
  by_kecamatan: z.array(performanceRow),
  /** With what rates per person need. */
  by_kelurahan: z.array(
    performanceRow.extend({
      population: count.nullable(),
      population_year: count.nullable(),
      per_10000: z.number().nullable(),
    }),
  ),
  hotspots: z.object({
    n: count,
    too_few: z.boolean(),
    /** Flagged and hot, the hottest first. */
    cells: z.array(hotCell),
    reasons: z.array(studyReason),
    grade: hotspotGrade.nullable(),
  }),
  ledger: ledger.omit({ rows: true, from: true, to: true, simulated: true }),
  supervision: z.object({ lot: reviewMonth.shape.lot, figures: reviewFigures }),
  complaints: complaintFigures.omit({ from: true, to: true, simulated: true }),
  /** Of the month's cases, and of the twelve months that end with it. */
  skm: z.object({ month: skm, year: skm }),
  quality,
  /** Null: not for whoever asked (`operator_figures.read`). */
  operators: z.array(performanceRow).nullable(),
})
export type Evaluation = z.infer<typeof evaluation>

/** A row of the files: an incident without anything of persons, its place told by the kelurahan. */
export const evaluationRow = z.object({
  number: z.string(),
  incident_type: z.string(),
  type_name: z.string(),
  priority: count,
  status: z.string(),
  kelurahan_code: z.string().nullable(),
  kelurahan: z.string().nullable(),
  kecamatan: z.string().nullable(),
  accuracy_m: z.number(),
  received_at: z.string(),
  verified_at: z.string().nullable(),
  dispatched_at: z.string().nullable(),
  on_scene_at: z.string().nullable(),
  resolved_at: z.string().nullable(),
  late_entry: z.boolean(),
  agent_state: z.string(),
  agent_seconds: z.number().nullable(),
  agent_late: z.boolean().nullable(),
  opd_state: z.string(),
  opd_seconds: z.number().nullable(),
  opd_late: z.boolean().nullable(),
})
export type EvaluationRow = z.infer<typeof evaluationRow>
