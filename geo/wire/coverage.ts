import { z } from 'zod'
import { instant, point, text, textParameter } from './primitives.ts'

/** Limits beyond this are not asked for: an hour is out of reach. */
const MOST_MINUTES = 60
const MOST_LIMITS = 6
const RANGE = `harus 1 sampai ${MOST_MINUTES} menit`
const ASCENDING = 'harus naik, masing-masing sekali'

const ascending = (list: readonly number[]) => list.every((each, i) => i === 0 || each > list[i - 1])
/** A limit, turn-out and drive together. */
export const limitMinutes = z
  .number('harus menit bulat')
  .int('harus menit bulat')
  .min(1, RANGE)
  .max(MOST_MINUTES, RANGE)
/** One to six of them, ascending. */
export const minutesList = z
  .array(limitMinutes)
  .min(1, 'sedikitnya satu')
  .max(MOST_LIMITS, `paling banyak ${MOST_LIMITS}`)
  .refine(ascending, ASCENDING)
/** The same as `5,10,15` in a query. */
const minutesParameter = textParameter.transform((list, context) => {
  const read = minutesList.safeParse(list.split(',').map((each) => (each.trim() === '' ? null : Number(each))))
  if (read.success) return read.data
  context.addIssue({ code: 'custom', message: read.error.issues[0].message })
  return z.NEVER
})

export const STANDARD_MINUTES = [5, 10, 15]
/** `posts`: from where units are based, whatever they do now; `units`: from where those that are free now stand. */
export const coverageFrom = z.enum(['posts', 'units'])
export type CoverageFrom = z.infer<typeof coverageFrom>
/** Of an agency, as `damkar`. */
export const agencyKind = text(64).min(1)

export const coverageQuery = z.object({
  agency_kind: agencyKind.optional().default('damkar'),
  minutes: minutesParameter.optional().default(STANDARD_MINUTES),
  from: coverageFrom.optional().default('posts'),
})
export type CoverageQuery = z.output<typeof coverageQuery>

/** Whole seconds from the alarm to the arrival, turn-out included; null: no road leads there within an hour. */
export const seconds = z.number().nullable()

/** What lies within one limit. Shares are 0 to 1; null where there is nothing to share (no population known, no demand). */
export const reachBand = z.object({
  minutes: z.number(),
  area_km2: z.number(),
  area_share: z.number(),
  people: z.number(),
  people_share: z.number().nullable(),
  demand: z.number(),
  demand_share: z.number().nullable(),
})
export type ReachBand = z.infer<typeof reachBand>

/**
 * Over all people (or all demand). The mean counts an hour where nobody comes within one; the median is null where half is out of reach. Null when there are
 * none, or nobody to come.
 */
export const spread = z.object({ mean_seconds: seconds, median_seconds: seconds })

/** Where crews set off: a post with its units, one unit, or a place that a what-if adds. */
export const coverageSource = z.object({
  id: z.string(),
  kind: z.enum(['post', 'unit', 'added']),
  name: z.string(),
  location: point,
  turnout_seconds: z.number(),
  /** Call signs of the units that set off here; the first sets off soonest. */
  units: z.array(z.string()),
})
export type CoverageSource = z.infer<typeof coverageSource>
/** Posts and units that do not count, and why (Indonesian). */
export const coverageExcluded = z.object({
  id: z.string(),
  kind: z.enum(['post', 'unit']),
  name: z.string(),
  reason: z.string(),
})
export type CoverageExcluded = z.infer<typeof coverageExcluded>

/** Sums over whole populations; lists by limit are in the order of `minutes`. */
export const kelurahanReach = z.object({
  code: z.string(),
  name: z.string(),
  kecamatan: z.string(),
  area_km2: z.number(),
  people: z.number(),
  demand: z.number(),
  /** People, and share of them, beyond each limit. */
  beyond_people: z.array(z.number()),
  beyond_share: z.array(z.number().nullable()),
  /** Of the people (of the area, where no population is known); null where half of them are out of reach. */
  median_seconds: seconds,
  /** Who reaches most of its people first. */
  nearest: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type KelurahanReach = z.infer<typeof kelurahanReach>

const agreement = {
  /** Arrivals told, of the last twelve months. */
  n: z.number().int(),
  modelled_median_seconds: seconds,
  achieved_median_seconds: seconds,
  /** Median over the cases of achieved / modelled, with its 95 % interval; null under n = 5. Above 1: slower than the model. */
  ratio: z.number().nullable(),
  ratio_low: z.number().nullable(),
  ratio_high: z.number().nullable(),
}

/** The model against what crews of the kind really took, notified to on scene, first to arrive in each case. */
export const modelledAgainstAchieved = z.object({
  ...agreement,
  from: instant,
  to: instant,
  /** By the band of `minutes` the model puts the place in; the last has no end. */
  bands: z.array(z.object({ from_minutes: z.number(), to_minutes: z.number().nullable(), ...agreement })),
  /** Every kelurahan with a case, most cases first. */
  kelurahan: z.array(z.object({ code: z.string(), name: z.string(), ...agreement })),
})
export type ModelledAgainstAchieved = z.infer<typeof modelledAgainstAchieved>

export const coverageBasis = {
  agency_kind: z.string(),
  minutes: z.array(z.number()),
  from: coverageFrom,
  computed_at: instant,
  simulated: z.boolean(),
}
export const reachTotals = { reach: z.array(reachBand), people_seconds: spread, demand_seconds: spread }

/** Population, and how it was spread over cells. */
const peopleBasis = z.object({
  total: z.number(),
  /** Oldest year of the figures. */
  year: z.number().int().nullable(),
  kelurahan_by_buildings: z.number().int(),
  kelurahan_evenly: z.number().int(),
})
/** Past demand: incidents of a year spread over half a kilometre; under 30 of them people stand in. */
export const demandBasis = z.object({
  basis: z.enum(['incidents', 'people']),
  n: z.number().int(),
  from: instant,
  to: instant,
  total: z.number(),
  incident_types: z.array(z.string()),
})

/**
 * What a kind of agency reaches by road, now: traffic of the hour and closures in force. `cells` are lists side by side, one place
 * for each H3 10 cell of the city; `kelurahan` ranks the gaps: most people beyond the largest limit first, then beyond the next
 * smaller one, then by median.
 */
export const coverage = z.object({
  ...coverageBasis,
  ...reachTotals,
  /** Closures in force that this counts. */
  closures: z.number().int(),
  cells: z.object({
    h3: z.array(z.string()),
    seconds: z.array(seconds),
    people: z.array(z.number()),
    demand: z.array(z.number()),
    /** Position of the cell's kelurahan in `kelurahan`. */
    kelurahan: z.array(z.number().int()),
    /** Position of who reaches it first in `sources`; -1: nobody. */
    source: z.array(z.number().int()),
  }),
  kelurahan: z.array(kelurahanReach),
  sources: z.array(coverageSource),
  excluded: z.array(coverageExcluded),
  area_km2: z.number(),
  people: peopleBasis,
  demand: demandBasis,
  modelled_against_achieved: modelledAgainstAchieved,
  /** What the figures leave out, Indonesian sentences. */
  notes: z.array(z.string()),
})
export type Coverage = z.infer<typeof coverage>
