import { z } from 'zod'
import { instant, lonLat } from './primitives.ts'
import { hotspot } from './stats.ts'

/**
 * The seventeen classes of an emerging hot spot analysis after Esri (geo/stats/emerging.ts says each exactly): eight hot, the same
 * eight cold, and `none`.
 */
export const TREND_CLASSES = [
  'new_hot',
  'consecutive_hot',
  'intensifying_hot',
  'persistent_hot',
  'diminishing_hot',
  'sporadic_hot',
  'oscillating_hot',
  'historical_hot',
  'new_cold',
  'consecutive_cold',
  'intensifying_cold',
  'persistent_cold',
  'diminishing_cold',
  'sporadic_cold',
  'oscillating_cold',
  'historical_cold',
  'none',
] as const
export const trendClass = z.enum(TREND_CLASSES)
export type TrendClass = z.infer<typeof trendClass>

const count = z.number().int()
const month = z.string()

/**
 * How the twelve monthly counts of a cell went: class over the space-time cube, and Mann-Kendall of the counts (tau-b; z with
 * correction for ties and continuity; two-sided p; q after Benjamini-Hochberg over all cells).
 */
export const cellTrend = z.object({
  class: trendClass,
  tau: z.number(),
  z: z.number(),
  p: z.number(),
  q: z.number(),
  /** The same test of the cell's share of the city's incidents in each month: what a season does to all cells alike is out of it. */
  share_z: z.number(),
  share_q: z.number(),
  /** share_q ≤ 0.05 and both go one way: rises (z > 0) or falls (z < 0) beyond chance and beyond the city's own seasons. */
  significant: z.boolean(),
})
export type CellTrend = z.infer<typeof cellTrend>

/** A cell of a month with its history: what `GET /api/hotspots` lists, the hottest first. */
export const hotspotCell = hotspot.extend({
  /** Over those of the months of `counts` that are whole on record; null under ten of them (Esri's least), or with too few incidents in them. */
  trend: cellTrend.nullable(),
  /** Incidents of twelve whole months, oldest first: up to this month, or up to the one before while this one runs. */
  counts: z.array(count),
  /** Incidents of the same month a year before; null without records of all of it. */
  last_year: count.nullable(),
  /** What the map of the month before said of it; rank 1 is the highest z. Null without records of all of that month. */
  previous: z.object({ z: z.number(), significant: z.boolean(), rank: count }).nullable(),
})
export type HotspotCell = z.infer<typeof hotspotCell>

/** Why a part of the study says less than asked; the page has the words, `n` and `needed` stand in them. */
const STUDY_REASONS = [
  /** Incidents of the month: a neighbourhood of seven cells expects fewer than five, so nothing is flagged. n of needed. */
  'month_too_few',
  /** Incidents of the twelve months: a neighbourhood of the cube expects fewer than five, so no class is given. */
  'trend_too_few',
  /** Whole months on record (n) of the twelve that a trend looks at: from ten on it is told all the same. */
  'records_short',
  /** The month still runs: n of `needed` days are over. Counts are so far; trends end with the month before. */
  'month_running',
  /** Last month's map flagged nothing: it is graded by the best shares of area alone. */
  'nothing_flagged_before',
  /** Last month had too few incidents for a map that could be graded as such. */
  'before_too_few',
  /** The month has fewer incidents (n) than a grade needs. */
  'grade_too_few',
  /** Hours of the week: less than one incident expected in each, so only hours and days alone are tested. */
  'matrix_too_few',
  /** Repeated places of this type are withheld: they would name a household. */
  'repeats_withheld',
  /** No table of tides and no rain gauge is imported: hours and months are planning values. */
  'tide_planning_values',
] as const
export const studyReason = z.object({ code: z.enum(STUDY_REASONS), n: z.number(), needed: z.number() })
export type StudyReason = z.infer<typeof studyReason>

/** Rate per day now over that before, with 95 % bounds; `high` null where none can be told. */
const ratio = z.object({ ratio: z.number(), low: z.number(), high: z.number().nullable() })

/** A share of the city's area and what of the month's incidents fell into it. */
export const graded = z.object({
  /** Of the city, 0 to 1, and in cells. */
  area: z.number(),
  cells: count,
  hits: count,
  /** hits / n with Wilson 95 %. By chance it is `area`. */
  hit_rate: z.number(),
  hit_low: z.number(),
  hit_high: z.number(),
  /** Prediction accuracy index, hit rate / area, with the same bounds: 1 by chance. */
  pai: z.number(),
  pai_low: z.number(),
  pai_high: z.number(),
  /** Prediction efficiency index: hits over the most that any choice of as many cells could have had; 0 to 1. Null when that is 0. */
  pei: z.number().nullable(),
})
export type Graded = z.infer<typeof graded>

/** One choice of cells: by last month's map, and by plain counts of the twelve months before for comparison. */
export const gradeRow = z.object({
  /** `flagged`: hot by last month's flags. A number: that share of the area, the highest first (at least one cell). */
  choice: z.union([z.literal('flagged'), z.number()]),
  map: graded,
  /** As many cells by the twelve months' counts; null without records of them. */
  baseline: graded.nullable(),
  /** The map's hit rate is above chance beyond its interval. */
  above_chance: z.boolean(),
})
export type GradeRow = z.infer<typeof gradeRow>

/** Last month's map graded on this month. */
export const hotspotGrade = z.object({
  /** Whose map. */
  month,
  /** Incidents of the month studied, in cells of the city. */
  n: count,
  rows: z.array(gradeRow),
})
export type HotspotGrade = z.infer<typeof hotspotGrade>

/** Tested against an even spread over the hours of the period (or the days of the week); q is p after Benjamini-Hochberg within its family. */
const slot = z.object({ n: count, expected: z.number(), p: z.number(), q: z.number(), significant: z.boolean() })
export const hourMatrix = z.object({
  /** The last months counted, this one included: 1 or 12. */
  months: count,
  n: count,
  /** Seven rows, Monday first, of 24 WIB hours. */
  counts: z.array(z.array(count)),
  /** As if no hour of the week were busier than another. */
  expected: z.array(z.array(z.number())),
  /** Hours of the week beyond chance (q ≤ 0.05), the most certain first; none when `too_few`. `day` 0 is Monday. */
  marked: z.array(slot.extend({ day: count, hour: count })),
  /** 24 hours, and seven days from Monday: each on its own. */
  hours: z.array(slot),
  days: z.array(slot),
  /** Less than one incident expected in each hour of the week. */
  too_few: z.boolean(),
})
export type HourMatrix = z.infer<typeof hourMatrix>

/** This month beside the one before and the same a year before, per day, so that lengths do not matter. */
export const monthChange = z.object({
  /** Null: all of the types asked for. */
  incident_type: z.string().nullable(),
  n: count,
  /** Days of the month, or of what of it is over. */
  days: z.number(),
  /** Null without records of all of that month; `change` null when it had none. `clear`: the interval excludes no change. */
  previous: z.object({ month, n: count, days: z.number(), change: ratio.nullable(), clear: z.boolean() }).nullable(),
  last_year: z.object({ month, n: count, days: z.number(), change: ratio.nullable(), clear: z.boolean() }).nullable(),
})
export type MonthChange = z.infer<typeof monthChange>

/** A place that at least three incidents of twelve months repeat, named by the gazetteer; no address and nothing of persons. */
export const repeatedPlace = z.object({
  /** Landmark or street nearest to it; null without names. */
  place: z.string().nullable(),
  kelurahan: z.string().nullable(),
  /** The H3 10 cell it lies in and its centre: no nearer. */
  h3: z.string(),
  point: lonLat,
  n: count,
  /** As many as would lie there if those of half a kilometre around lay evenly. */
  expected: z.number(),
  /** Types with at least three of them; the rest is `n` less these. */
  by_type: z.record(z.string(), count),
  /** WIB days. */
  first_day: z.string(),
  last_day: z.string(),
  /** In the month studied. */
  this_month: count,
})
export type RepeatedPlace = z.infer<typeof repeatedPlace>

/**
 * A type within some hours or months and outside them, over the twelve months. `ratio` is its rate within over that outside; `difference`
 * its share within less that of all other types (Newcombe 95 %): since most of all comes by day, only this tells the tide from the day.
 */
const contrast = z.object({
  within: count,
  outside: count,
  /** Null when there is none outside. */
  ratio: ratio.nullable(),
  others: z.object({ within: count, outside: count }),
  difference: z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable(),
  q: z.number(),
  /** The difference: q ≤ 0.05 (Benjamini-Hochberg over the types) with at least ten incidents. */
  significant: z.boolean(),
})
export const tideRow = z.object({ incident_type: z.string(), n: count, tide: contrast, rain: contrast.nullable() })
export type TideRow = z.infer<typeof tideRow>

export const hotspotStudy = z.object({
  month,
  incident_type: z.string().nullable(),
  simulated: z.boolean(),
  /** False: the month still runs. */
  complete: z.boolean(),
  /** Of the month, of the type asked for, in a cell of the city. */
  n: count,
  /** Of the month, of the type, where no cell has its centre in the city: on no map. */
  without_cell: count,
  too_few: z.boolean(),
  reasons: z.array(studyReason),
  /** When records begin; null: there are none. */
  records_since: instant.nullable(),
  /** The months of `counts`, oldest first. */
  trend_months: z.array(month),
  /** Over how many of the last of them trends are told: 10 to 12; 0 where none are. */
  trend_steps: count,
  cells: z.array(hotspotCell),
  /** Cells and the month's incidents by class, those with cells only, in the order of TREND_CLASSES. */
  trends: z.array(z.object({ class: trendClass, cells: count, n: count })),
  /** Null: nothing to grade (no records of last month, or too few). */
  grade: hotspotGrade.nullable(),
  /** Incidents per km² of the month over the H3 10 cells of the city: quartic kernel; cells of 0 are left out. */
  density: z.object({
    bandwidth_m: z.number(),
    n: count,
    max: z.number(),
    cells: z.array(z.object({ h3: z.string(), density: z.number() })),
  }),
  matrix: hourMatrix,
  matrix_year: hourMatrix,
  change: monthChange,
  /** By type, whatever type was asked for: most of this month first. */
  change_by_type: z.array(monthChange),
  repeats: z.object({
    from: instant,
    to: instant,
    /** Located well enough to tell places apart; `unplaced` are not. */
    n: count,
    unplaced: count,
    within_m: z.number(),
    places: z.array(repeatedPlace),
  }),
  tide: z.object({
    from: instant,
    to: instant,
    /** WIB hours, `[from, to)`, and months of the rain, 1 to 12. */
    tide_hours: z.array(z.tuple([count, count])),
    rain_months: z.array(count),
    /** True: planning values, no table of tides is imported. */
    planning: z.boolean(),
    rows: z.array(tideRow),
  }),
})
export type HotspotStudy = z.infer<typeof hotspotStudy>

/**
 * An incident of the month, moved by chance by at least its uncertainty: `point` is never where it was, which lies within
 * `radius_m` of it. The same incident is always moved alike. No id, no instant.
 */
export const hotspotPoint = z.object({
  point: lonLat,
  radius_m: z.number(),
  incident_type: z.string(),
  /** Its real H3 8 cell, by which the page filters; null when it is in none of the city. */
  h3: z.string().nullable(),
  /** 0 is Monday; WIB. */
  day: count,
  hour: count,
})
export type HotspotPoint = z.infer<typeof hotspotPoint>
