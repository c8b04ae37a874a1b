import type { Unit } from '../../geo/wire/masterdata.ts'
import type { Drawing } from './pictograms.ts'

/** What a unit is doing, as far as its OPD and its positions tell. `returning`: its case is over and it is not back yet. */
export type UnitState = 'notified' | 'acknowledged' | 'en_route' | 'on_scene' | 'returning' | 'free'

/** `returning`: known to be on its way back. A unit that waits in line for another case is still on its first. */
export function unitState(unit: Pick<Unit, 'incident_id' | 'assignment_status'>, returning: boolean): UnitState {
  if (unit.incident_id === null) return returning ? 'returning' : 'free'
  const { assignment_status: status } = unit
  return status === 'acknowledged' || status === 'en_route' || status === 'on_scene' ? status : 'notified'
}

const DIAMOND = 'M12 1.5L22.5 12L12 22.5L1.5 12Z'
const ARROW = 'M12 1.2L20.6 21.6L12 17.2L3.4 21.6Z'
const CHEVRON = 'M12 3L20.4 19.4L12 12.4L3.6 19.4Z'
const SQUARE = 'M3.4 3.4H20.6V20.6H3.4Z'
const dot = (r: number) => `M12 ${12 - r}A${r} ${r} 0 1 1 12 ${12 + r}A${r} ${r} 0 1 1 12 ${12 - r}Z`

/**
 * Outlines by what the unit does: a diamond while it has not left (hollow until somebody answered), an arrow on its way, a
 * square on the scene, a chevron on its way back, small when it is free. An arrow or chevron without a heading is a disc.
 */
const OUTLINE = {
  notified: DIAMOND,
  acknowledged: DIAMOND,
  en_route: ARROW,
  'en_route-still': dot(9.4),
  on_scene: SQUARE,
  returning: CHEVRON,
  'returning-still': dot(7),
  free: CHEVRON,
  'free-still': dot(7),
} as const
export type UnitOutline = keyof typeof OUTLINE
export const UNIT_OUTLINES = Object.keys(OUTLINE) as UnitOutline[]

export const outlineOf = (state: UnitState, driving: boolean): UnitOutline =>
  driving || state === 'notified' || state === 'acknowledged' || state === 'on_scene' ? state : `${state}-still`

/** Filled: the position is fresh; `old`: drawn as a line only, the unit may be elsewhere. */
export function unitDrawing(outline: UnitOutline, old: boolean): Drawing {
  const d = OUTLINE[outline]
  if (old) return { lines: [{ d, width: 2 }] }
  if (outline === 'notified') return { fill: `${d}M12 6.4L6.4 12L12 17.6L17.6 12Z${dot(2.6)}` }
  return { fill: d, lines: [{ d, width: 1 }] }
}
