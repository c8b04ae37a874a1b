import { z } from 'zod'
import { SHIFTS } from '../sla/shift.ts'
import { closureDraw } from './closures.ts'
import {
  agencyKind,
  coverageBasis,
  coverageExcluded,
  coverageFrom,
  coverageSource,
  demandBasis,
  limitMinutes,
  minutesList,
  reachTotals,
  seconds,
  STANDARD_MINUTES,
} from './coverage.ts'
import { point, uuid } from './primitives.ts'

const turnout_seconds = z.number().min(0).max(1_800)
const SHIFT_NAMES = SHIFTS.map(({ shift }) => shift)

/** One change of a what-if. Those of posts and units may be mixed; they are made in their order. */
export const coverageChange = z.discriminatedUnion('kind', [
  /** Left out, the turn-out is the median of the kind's units. */
  z.strictObject({ kind: z.literal('add_post'), location: point, turnout_seconds: turnout_seconds.optional() }),
  z.strictObject({ kind: z.literal('move_post'), station_id: uuid, location: point }),
  z.strictObject({ kind: z.literal('close_post'), station_id: uuid }),
  z.strictObject({ kind: z.literal('add_unit'), location: point, turnout_seconds: turnout_seconds.optional() }),
  z.strictObject({ kind: z.literal('move_unit'), unit_id: uuid, location: point }),
  z.strictObject({ kind: z.literal('close_unit'), unit_id: uuid }),
  /** The imported flood layer, as the one press for a rob closes it. */
  z.strictObject({ kind: z.literal('flood'), scenario: z.literal('2021') }),
  /** A bridge (a point), a stretch, a street or a shape; shut unless said otherwise. */
  z.strictObject({
    kind: z.literal('close_road'),
    draw: closureDraw,
    depth_cm: z.number().int().min(0).max(500).optional(),
    speed_factor: z.number().min(0).max(1).optional(),
  }),
  /** Traffic in the middle of that shift, demand of that shift alone, and the units that were usually on duty in it. */
  z.strictObject({ kind: z.literal('shift'), shift: z.enum(SHIFT_NAMES) }),
])
export type CoverageChange = z.infer<typeof coverageChange>
export const coverageChanges = z.array(coverageChange).max(20, 'paling banyak 20 perubahan')

export const whatIfInput = z.strictObject({
  agency_kind: agencyKind.default('damkar'),
  minutes: minutesList.default(STANDARD_MINUTES),
  from: coverageFrom.default('posts'),
  changes: coverageChanges.min(1, 'sedikitnya satu perubahan'),
})
export type WhatIfInput = z.output<typeof whatIfInput>

const side = z.object({ ...reachTotals, sources: z.array(coverageSource), excluded: z.array(coverageExcluded) })

/** Before and after, and the difference: after minus before, so that fewer seconds are negative. */
export const whatIf = z.object({
  ...coverageBasis,
  /** The changes in words, Indonesian, with the place by name; what each closes of the roads. */
  changes: z.array(
    z.object({
      words: z.string(),
      place: z.string().nullable(),
      closed_m: z.number().nullable(),
      slowed_m: z.number().nullable(),
      notes: z.array(z.string()),
    }),
  ),
  before: side,
  after: side,
  difference: z.object({
    reach: z.array(
      z.object({
        minutes: z.number(),
        area_km2: z.number(),
        people: z.number(),
        demand: z.number(),
        /** People who come within the limit, and who fall out of it; their difference is `people`. */
        people_gained: z.number(),
        people_lost: z.number(),
      }),
    ),
    people_mean_seconds: seconds,
    people_median_seconds: seconds,
    demand_mean_seconds: seconds,
    demand_median_seconds: seconds,
    /** People to whom somebody comes sooner, and later, by at least one second. */
    people_sooner: z.number(),
    people_later: z.number(),
  }),
  /** Every kelurahan in which something changed, most people times seconds first. */
  kelurahan: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      people: z.number(),
      before_median_seconds: seconds,
      after_median_seconds: seconds,
      /** Mean over its people, after minus before. */
      mean_seconds: z.number(),
      /** People within each limit, after minus before. */
      people_within: z.array(z.number()),
    }),
  ),
  /** Cells whose seconds changed, side by side. */
  cells: z.object({ h3: z.array(z.string()), before: z.array(seconds), after: z.array(seconds) }),
  demand: demandBasis,
  took_ms: z.number(),
})
export type WhatIf = z.infer<typeof whatIf>

/** `mclp`: most demand within the limit; `p_median`: least mean seconds over all demand. Of equals the best by the other. */
export const bestPostsInput = z.strictObject({
  agency_kind: agencyKind.default('damkar'),
  /** One limit. */
  minutes: limitMinutes.default(10),
  from: coverageFrom.default('posts'),
  add: z.union([z.literal(1), z.literal(2)], 'harus 1 atau 2'),
  objective: z.enum(['mclp', 'p_median']).default('mclp'),
  /** What is to be reached. */
  weight: z.enum(['demand', 'people']).default('demand'),
  /** `cells`: the centre of every H3 9 cell of the city; `places`: its public buildings and posts; or places of one's own. */
  candidates: z
    .union([z.enum(['cells', 'places']), z.array(point).min(1, 'sedikitnya satu tempat').max(400, 'paling banyak 400')])
    .default('cells'),
  /** A scenario to start from. */
  changes: coverageChanges.default([]),
  turnout_seconds: turnout_seconds.optional(),
})
export type BestPostsInput = z.output<typeof bestPostsInput>

const bestPlace = z.object({
  location: point,
  /** The nearest name, and the kelurahan. */
  place: z.string(),
  kelurahan: z.string().nullable(),
  /** What of the weight comes within the limit, and mean seconds saved, by this one added to those before it. */
  gained: z.number(),
  gained_share: z.number(),
  seconds_saved: z.number(),
})
export const bestPosts = z.object({
  ...coverageBasis,
  minutes: z.number(),
  objective: z.enum(['mclp', 'p_median']),
  weight: z.enum(['demand', 'people']),
  /** How many places were weighed: the answer is the best of all choices among them. */
  candidates: z.number().int(),
  /** The one that gains most first. */
  best: z.array(bestPlace),
  /** The ten best single places, best first. */
  singles: z.array(bestPlace),
  before: z.object({ within: z.number(), within_share: z.number().nullable(), mean_seconds: seconds }),
  after: z.object({ within: z.number(), within_share: z.number().nullable(), mean_seconds: seconds }),
  /** In one sentence, Indonesian. */
  advice: z.string(),
  demand: demandBasis,
  took_ms: z.number(),
})
export type BestPosts = z.infer<typeof bestPosts>
