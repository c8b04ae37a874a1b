import { changeRamp, css, reachRamp } from '../../theme/reach_ramp.ts'
import type { Theme } from '../../theme/colours.ts'

/** How a cell is painted; null: not at all, the ground shows. `beyond`: hatched, out of every limit. */
export type Shade = { colour: string; beyond: boolean } | null

/** Seconds from which each colour of a change begins; less is no change that anybody feels. */
export const CHANGE_STOPS = [15, 60, 180]
/** Where no road leads counts as an hour, as in every mean. */
export const OUT_OF_REACH = 3_600

/** Which limit a time keeps: its position, or `limits.length` beyond all of them. */
export function bandOf(seconds: number | null, minutes: readonly number[]): number {
  if (seconds === null) return minutes.length
  const at = minutes.findIndex((limit) => seconds <= limit * 60)
  return at < 0 ? minutes.length : at
}

export function reachShades(seconds: readonly (number | null)[], minutes: readonly number[], theme: Theme): Shade[] {
  const colours = reachRamp(minutes.length, theme).map(css)
  const bands: Shade[] = colours.map((colour) => ({ colour, beyond: false }))
  const beyond: Shade = { colour: 'transparent', beyond: true }
  return seconds.map((s) => bands[bandOf(s, minutes)] ?? beyond)
}

/** How strongly a change is shown: 0 to 2; null: too small. */
export function changeStep(change_seconds: number): number | null {
  const step = CHANGE_STOPS.findLastIndex((stop) => Math.abs(change_seconds) >= stop)
  return step < 0 ? null : step
}

export function changeShades(
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  theme: Theme,
): Shade[] {
  const ramps = { gain: changeRamp('gain', theme).map(css), loss: changeRamp('loss', theme).map(css) }
  return before.map((was, i) => {
    const change = (after[i] ?? OUT_OF_REACH) - (was ?? OUT_OF_REACH)
    const step = changeStep(change)
    return step === null ? null : { colour: ramps[change < 0 ? 'gain' : 'loss'][step], beyond: false }
  })
}
