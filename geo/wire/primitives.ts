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

/** A number in a query: empty is not zero. */
export const numberParameter = (min: number, max: number) =>
  z.string().trim().min(1, 'kosong').transform(Number).pipe(z.number().min(min).max(max))

/** GeoJSON Point, longitude first, degrees WGS84. */
export const point = z.object({
  type: z.literal('Point'),
  coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
})
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
