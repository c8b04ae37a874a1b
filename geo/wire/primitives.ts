import { z } from 'zod'

/** ISO 8601 with offset, as every instant on the wire; years and offsets as there are, so that every reader can take it. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((value) => /^(19|20|21)\d\d/.test(value) && !/[+-](1[6-9]|2\d):\d\d$/.test(value), 'bukan waktu yang mungkin')

/** Text of people and machines: what no database or log can hold (U+0000, half a character) is refused. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0') && !HALF.test(value), 'memuat karakter rusak')
const HALF = /\p{Surrogate}/u

/** One text of a query: named once. */
export const textParameter = z.string({
  error: ({ input }) =>
    input === undefined ? 'wajib ada' : Array.isArray(input) ? 'disebut lebih dari sekali' : 'harus teks',
})

/** A finite number in a query: empty is not zero. */
export const anyNumber = textParameter.trim().min(1, 'kosong').transform(Number).pipe(z.number('bukan angka'))

/** A number in a query from `min` to `max`. */
export const numberParameter = (min: number, max: number) => {
  const range = `harus ${min} sampai ${max}`
  return anyNumber.pipe(z.number().min(min, range).max(max, range))
}

/** A whole number in a query from `min` to `max`. */
export const wholeParameter = (min: number, max: number) =>
  numberParameter(min, max).pipe(z.number().int(`harus bilangan bulat ${min} sampai ${max}`))

const LON = 'bujur harus -180 sampai 180'
const LAT = 'lintang harus -90 sampai 90'

/**
 * What is wrong with a position, by the name of the coordinate, or null. Where only the order is wrong, `suggestion` is the
 * position as it was meant.
 */
export function positionFault(
  lon: number,
  lat: number,
): { field: 'lon' | 'lat'; reason: string; suggestion?: { type: 'Point'; coordinates: [number, number] } } | null {
  if (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90)
    return {
      field: 'lat',
      reason: 'lintang dan bujur tampak tertukar',
      suggestion: { type: 'Point', coordinates: [lat, lon] },
    }
  if (Math.abs(lon) > 180) return { field: 'lon', reason: LON }
  return Math.abs(lat) > 90 ? { field: 'lat', reason: LAT } : null
}

/** [longitude, latitude] in degrees WGS84; a pair in the wrong order is refused with the right one as a suggestion. */
export const lonLat = z
  .tuple([z.number().meta({ minimum: -180, maximum: 180 }), z.number().meta({ minimum: -90, maximum: 90 })])
  .superRefine(([lon, lat], { addIssue }) => {
    const fault = positionFault(lon, lat)
    if (fault)
      addIssue({
        code: 'custom',
        path: [fault.field === 'lon' ? 0 : 1],
        message: fault.reason,
        params: { suggestion: fault.suggestion },
      })
  })

/** GeoJSON Point, longitude first, degrees WGS84. */
export const point = z.object({ type: z.literal('Point'), coordinates: lonLat })
export type Point = z.infer<typeof point>

export const uuid = z.guid()

export const ROLES = [
  'operator',
  'supervisor',
  'dispatcher',
  'responder',
  'kabid',
  'planner',
  'leader',
  'complaints_officer',
  'kominfo_official',
  'admin',
  'screen',
  'integration',
] as const
export const role = z.enum(ROLES)
export type Role = z.infer<typeof role>

/** Who gives the driving times: our own road graph, an OSRM server, or our own graph because OSRM does not answer. */
export const ROUTINGS = ['own', 'osrm', 'fallback'] as const
export type Routing = (typeof ROUTINGS)[number]

export const INCIDENT_STATUSES = [
  'received',
  'verified',
  'dispatched',
  'handling',
  'resolved',
  'closed',
  'cancelled',
  'duplicate',
  'handed_over',
] as const
export const incidentStatus = z.enum(INCIDENT_STATUSES)
export type IncidentStatus = z.infer<typeof incidentStatus>

export const ASSIGNMENT_STATUSES = [
  'notified',
  'acknowledged',
  'en_route',
  'on_scene',
  'done',
  'declined',
  'cancelled',
] as const
export const assignmentStatus = z.enum(ASSIGNMENT_STATUSES)
export type AssignmentStatus = z.infer<typeof assignmentStatus>

export const CALL_KINDS = ['real', 'information', 'prank', 'ghost', 'test'] as const
export const callKind = z.enum(CALL_KINDS)
