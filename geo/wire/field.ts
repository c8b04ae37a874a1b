import { z } from 'zod'
import { instant, lonLat, numberParameter, point, ROUTINGS, text, uuid } from './primitives.ts'

export const TRACKER_APPS = ['traccar', 'owntracks', 'other'] as const
export type TrackerApp = (typeof TRACKER_APPS)[number]

/** A phone app that may report where a unit is, and nothing else. */
export const device = z.object({
  id: uuid,
  unit_id: uuid,
  app: z.enum(TRACKER_APPS),
  /** Whose phone, in the words of whoever paired it. */
  label: z.string(),
  created_at: instant,
  /** Role and login or credential, as in the log. */
  created_by: z.string().nullable(),
  /** When it last reported, to the minute; null: never. */
  last_seen_at: instant.nullable(),
})
export type Device = z.infer<typeof device>

/** Why a fix is refused, of a unit that is known (sql/functions/position_ingest.sql). */
export const FIX_REFUSALS = [
  'future',
  'too_old',
  'zero',
  'sign_flipped',
  'swapped',
  'outside',
  'inaccurate',
  'duplicate',
  'teleport',
  'off_duty',
] as const
export type FixRefusal = (typeof FIX_REFUSALS)[number]
/** What becomes of a fix that is taken: shown; shown where it stood before; kept as history only; another device of the unit is shown. */
const FIX_TAKEN = ['taken', 'held', 'late', 'standby'] as const
export const FIX_OUTCOMES = [...FIX_TAKEN, ...FIX_REFUSALS, 'unknown_unit'] as const
export type FixOutcome = (typeof FIX_OUTCOMES)[number]

/** What a device sent of its unit, and what became of it, counted since it first sent. */
export const sentPositions = z.object({
  taken: z.number().int(),
  held: z.number().int(),
  late: z.number().int(),
  standby: z.number().int(),
  /** Those that occurred. */
  refused: z.partialRecord(z.enum(FIX_REFUSALS), z.number().int()),
  refused_reason: z.enum(FIX_REFUSALS).nullable(),
  refused_at: instant.nullable(),
  heard_at: instant,
  /** Our clock less its own, as found; 0: right, or not known to be wrong. */
  clock_seconds: z.number(),
  /** It is the one of its unit that the map shows. */
  shown: z.boolean(),
  /** The last that was taken. */
  last_fix: z
    .object({ location: point, fix_at: instant, received_at: instant, accuracy_m: z.number().nullable() })
    .nullable(),
})

/** `positions` null: it never sent. */
export const listedDevice = device.extend({ positions: sentPositions.nullable() })
export type ListedDevice = z.infer<typeof listedDevice>

export const deviceInput = z.strictObject({
  app: z.enum(TRACKER_APPS),
  label: text(60).trim().min(1, 'wajib diisi'),
})

/** `secret` is told this once. `server_url`: where a phone reaches this server. */
export const pairedDevice = z.object({ device, secret: z.string(), server_url: z.string() })
export type PairedDevice = z.infer<typeof pairedDevice>

/** Where the phone says it is; without it the way begins at the unit's last fix, else at its post. */
export const wayQuery = z
  .object({ lon: numberParameter(-180, 180).optional(), lat: numberParameter(-90, 90).optional() })
  .refine(({ lon, lat }) => (lon === undefined) === (lat === undefined), {
    path: ['lat'],
    message: 'lon dan lat bersama',
  })

/** The way of an assignment over the roads open now, and what is left of the drive. */
export const way = z.object({
  seconds: z.number(),
  metres: z.number(),
  coordinates: z.array(lonLat),
  /** Driving seconds from the start at each coordinate. */
  elapsed_seconds: z.array(z.number()),
  /** Streets in the order driven. */
  names: z.array(z.string()),
  routing: z.enum(ROUTINGS),
  computed_at: instant,
})
export type Way = z.infer<typeof way>
