import { z } from 'zod'
import { numberParameter, text } from '../../geo/wire/primitives.ts'

/** One fix as a Traccar Client tells it; speed in km/h, `timestamp` in seconds, milliseconds or ISO. */
export interface TraccarFix {
  id?: string
  lon: number
  lat: number
  timestamp?: string
  speed_kmh: number | null
  heading: number | null
  accuracy: number | null
}

const KNOT_KMH = 1.852
const MS_KMH = 3.6

// Before 9.0 and OsmAnd: all text, in the query or as a form; speed in knots.
const parameters = z.looseObject({
  id: text(80).optional(),
  deviceid: text(80).optional(),
  lat: numberParameter(-180, 180),
  lon: numberParameter(-180, 180),
  timestamp: z.string().optional(),
  speed: z.coerce.number().optional(),
  bearing: z.coerce.number().optional(),
  heading: z.coerce.number().optional(),
  accuracy: z.coerce.number().optional(),
})
// From 9.0 (https://www.traccar.org/osmand/): JSON; speed in m/s, -1 where the phone does not know.
const told = z.looseObject({
  timestamp: z.string().optional(),
  coords: z.looseObject({
    latitude: z.number().min(-180).max(180),
    longitude: z.number().min(-180).max(180),
    speed: z.number().nullish(),
    heading: z.number().nullish(),
    accuracy: z.number().nullish(),
  }),
})
const json = z.looseObject({ device_id: text(80).optional(), location: z.union([told, z.array(told).max(1_000)]) })

/** Reads what a Traccar Client of either kind sent; the issues when it cannot be read. */
export function readTraccar(query: object, body: unknown): z.ZodSafeParseResult<TraccarFix[]> {
  if (typeof body === 'object' && body !== null && 'location' in body)
    return json
      .transform(({ device_id, location }) =>
        [location].flat().map(({ timestamp, coords }): TraccarFix => ({
          id: device_id,
          lon: coords.longitude,
          lat: coords.latitude,
          timestamp,
          speed_kmh: coords.speed == null ? null : coords.speed * MS_KMH,
          heading: coords.heading ?? null,
          accuracy: coords.accuracy ?? null,
        })),
      )
      .safeParse(body)
  return parameters
    .transform((p): TraccarFix[] => [
      {
        id: p.id ?? p.deviceid,
        lon: p.lon,
        lat: p.lat,
        timestamp: p.timestamp,
        speed_kmh: p.speed === undefined ? null : p.speed * KNOT_KMH,
        heading: p.bearing ?? p.heading ?? null,
        accuracy: p.accuracy ?? null,
      },
    ])
    .safeParse({ ...query, ...(body as object | undefined) })
}
