import type { District, Hotspot, SlaCell, SurfaceCell } from '../../../geo/wire/stats.ts'
import type { Paint } from './ramp.ts'

/** A word set on the ground, at an H3 cell or a kelurahan or kecamatan: the number under which the panel speaks of it. */
export interface GroundMark {
  area: string
  text: string
}

/**
 * What lies under incidents and units. `areas` without a `paint` is the quiet heat of the live scene (breached share); with one it
 * is the subject of the picture. `districts` are painted by their breached OPD share.
 */
export type Ground =
  | { kind: 'none' }
  | { kind: 'areas'; cells: readonly SlaCell[]; paint?: Paint; marks?: readonly GroundMark[] }
  | { kind: 'surface'; cells: readonly SurfaceCell[]; marks?: readonly GroundMark[] }
  | { kind: 'hotspots'; cells: readonly Hotspot[]; marks?: readonly GroundMark[] }
  | { kind: 'districts'; districts: readonly District[]; marks?: readonly GroundMark[] }
