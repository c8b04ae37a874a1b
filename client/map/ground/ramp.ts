import { AGENT_LIMIT_SECONDS, FIRE_ON_SCENE_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../../geo/sla/limits.ts'
import { shownTheme } from '../../theme/colours.ts'
import type { Rgb } from '../../theme/colours.ts'
import { HEAT_STOPS } from '../layers/heat_scale.ts'

export type Stage = 'agent' | 'opd' | 'fire'
export type Measure = 'share' | 'median'

/** What the colours of areas mean. */
export interface Paint {
  stage: Stage
  measure: Measure
}

export const LIMIT_SECONDS: Record<Stage, number> = {
  agent: AGENT_LIMIT_SECONDS,
  opd: OPD_LIMIT_SECONDS,
  fire: FIRE_ON_SCENE_LIMIT_SECONDS,
}

/** In bright rooms the ramp runs the other way: what stands out there is dark. */
const LIGHT: readonly Rgb[] = [
  [206, 224, 222],
  [161, 192, 189],
  [113, 155, 150],
  [72, 116, 107],
  [40, 76, 62],
]

/** Five colours, lightness alone tells them apart; ramp.css has them for legends (a test holds them together). */
export function rampColours(theme = shownTheme()): readonly Rgb[] {
  return theme === 'light' ? LIGHT : HEAT_STOPS.map(({ colour }) => colour)
}

/** Seconds from which each colour begins. The limit is the fourth stop of every stage: the last two colours mean "over it". */
const MEDIAN_STOPS: Record<Stage, readonly number[]> = {
  agent: [0, 120, 180, AGENT_LIMIT_SECONDS, 600],
  fire: [0, 300, 600, FIRE_ON_SCENE_LIMIT_SECONDS, 1500],
  opd: [0, 900, 1500, OPD_LIMIT_SECONDS, 3000],
}

/** Where each of the five colours begins, a share or seconds: fixed, so that the same colour means the same every day. */
export const stopsOf = ({ stage, measure }: Paint): readonly number[] =>
  measure === 'share' ? HEAT_STOPS.map(({ from }) => from) : MEDIAN_STOPS[stage]

/** Which of the five colours a value has. */
export const stepOf = (value: number, stops: readonly number[]): number =>
  Math.max(
    0,
    stops.findLastIndex((stop) => value >= stop),
  )
