import { z } from 'zod'
import { need } from './needs.ts'
import { instant, point, uuid } from './primitives.ts'

export { closure, type Closure } from './closures.ts'

export const agency = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  phone: z.string().nullable(),
  tracked: z.boolean(),
})
export type Agency = z.infer<typeof agency>

export const station = z.object({
  id: uuid,
  code: z.string(),
  agency_id: uuid,
  agency_kind: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  location: point,
})
export type Station = z.infer<typeof station>

/** A fix as shown: `fix_at` is the phone's time, the one clock of the unit everywhere. */
export const position = z.object({
  unit_id: uuid,
  location: point,
  fix_at: instant,
  speed_kmh: z.number().nullable(),
  heading: z.number().nullable(),
  accuracy_m: z.number().nullable(),
  simulated: z.boolean(),
})
export type Position = z.infer<typeof position>

export const unit = z.object({
  id: uuid,
  callsign: z.string(),
  agency_id: uuid,
  agency_code: z.string(),
  agency_kind: z.string(),
  station_id: uuid.nullable(),
  station_location: point.nullable(),
  kind: z.string(),
  capabilities: z.array(z.string()),
  /** False: dropped from the master data, still listed while it is on a case. Older lines of the log do not say. */
  active: z.boolean().default(true),
  crew: z.number().int(),
  turnout_seconds: z.number(),
  duty: z.enum(['on', 'off', 'out_of_service']),
  /** When its OPD last said so of duty or crew, and who (role and credential). Older lines of the log do not say. */
  duty_set_at: instant.nullish(),
  duty_set_by: z.string().nullish(),
  /** The incident it is busy with, if any. */
  incident_id: uuid.nullable(),
  assignment_id: uuid.nullable(),
  assignment_status: z.string().nullable(),
  /** The incident it goes to next: it stands in line for that while it is on the first. Older lines of the log do not say. */
  queued_incident_id: uuid.nullish(),
  position: position.omit({ unit_id: true }).nullable(),
})
export type Unit = z.infer<typeof unit>

/** A unit as listed over HTTP: its position is a GeoJSON Point with the fix beside it as foreign members (RFC 7946, 6.1). */
export const listedUnit = unit.extend({ position: position.omit({ unit_id: true }).extend(point.shape).nullable() })

export const incidentType = z.object({
  code: z.string(),
  name: z.string(),
  name_en: z.string(),
  letter: z.string(),
  class: z.enum(['gawat_darurat', 'gawat_tidak_darurat', 'informasi']),
  priority: z.number().int().min(1).max(4),
  on_scene_minutes: z.number().int(),
  /** Median minutes on scene over the last twelve months with its n; null under n = 5: then `on_scene_minutes` plans. */
  median_on_scene_seconds: z.number().nullable(),
  median_on_scene_n: z.number().int(),
  /** The lead first. */
  needs: z.array(need),
  /** True: the program's own list, not one an admin set. */
  needs_built_in: z.boolean().default(true),
})
export type IncidentType = z.infer<typeof incidentType>

/** One drawable layer of the base map; `url` carries the content hash, so it may be cached for ever. */
export const mapLayer = z.object({
  layer: z.string(),
  url: z.string(),
  built_in: z.boolean(),
  row_count: z.number().int(),
  bytes: z.number().int(),
  source: z.string().nullable(),
  attribution: z.string().nullable(),
})
export const mapManifest = z.object({
  /** Changes whenever any layer does: a client that sees another hash fetches the manifest and swaps its map. */
  hash: z.string(),
  city: z.object({ code: z.string(), name: z.string() }),
  schematic: z.boolean(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  layers: z.array(mapLayer),
  attribution: z.array(z.string()),
})
export type MapManifest = z.infer<typeof mapManifest>
