import { z } from 'zod'
import { instant, point, text, uuid, wholeParameter } from './primitives.ts'

export const moveUpQuery = z.object({
  agency_kind: text(64).min(1),
  /** From the alarm to the arrival: turn-out and drive. */
  minutes: wholeParameter(1, 60).optional().default(10),
  /** `own`: posts of the kind's agencies; `all`: any post in the city. */
  posts: z.enum(['own', 'all']).optional().default('own'),
})

const reached = z.object({
  /** Expected demand reached in time: incidents a year, or people where these stand in for it. */
  demand_reached: z.number(),
  demand_share: z.number(),
  people_reached: z.number(),
  /** Turn-out and drive, over all demand; an hour where nobody comes within one. Null without an idle unit. */
  mean_seconds: z.number().nullable(),
})

/** Which idle units to shift where, so that most of the expected demand is within reach. */
export const moveUp = z.object({
  agency_kind: z.string(),
  minutes: z.number(),
  computed_at: instant,
  /** In one sentence, Indonesian. */
  advice: z.string(),
  demand: z.object({
    basis: z.enum(['incidents', 'people']),
    /** Incidents it rests on. */
    n: z.number().int(),
    from: instant,
    to: instant,
    total: z.number(),
    incident_types: z.array(z.string()),
  }),
  people: z.object({
    total: z.number(),
    /** Oldest year of the figures. */
    year: z.number().int().nullable(),
    kelurahan_by_buildings: z.number().int(),
    kelurahan_evenly: z.number().int(),
  }),
  before: reached,
  after: reached,
  /** In the order in which they gain most; what each adds sums to the difference. */
  moves: z.array(
    z.object({
      unit_id: uuid,
      callsign: z.string(),
      from: z.string(),
      station_id: uuid,
      station_name: z.string(),
      station_location: point,
      drive_seconds: z.number(),
      /** At least half a percent of the demand or of the people, or ten seconds in the mean: worth a crew's drive. */
      worth: z.boolean(),
      gain: z.object({
        demand_share: z.number(),
        people: z.number(),
        /** Less is a gain: negative when the mean got longer. */
        mean_seconds: z.number(),
      }),
    }),
  ),
  idle: z.array(z.object({ unit_id: uuid, callsign: z.string(), from: z.string() })),
  /** Units that count as away, and why. */
  away: z.array(z.object({ unit_id: uuid, callsign: z.string(), reason: z.string() })),
  posts: z.array(z.object({ station_id: uuid, name: z.string() })),
})
export type MoveUp = z.infer<typeof moveUp>
