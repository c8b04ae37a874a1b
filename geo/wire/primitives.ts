import { z } from 'zod'

/** ISO 8601 with offset, as every instant on the wire. */
export const instant = z.iso.datetime({ offset: true })

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
