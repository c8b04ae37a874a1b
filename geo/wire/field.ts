import { z } from 'zod'
import { instant, lonLat, numberParameter, ROUTINGS, text, uuid } from './primitives.ts'

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
