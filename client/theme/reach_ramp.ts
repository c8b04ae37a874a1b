import { shownTheme } from './colours.ts'
import type { Rgb, Theme } from './colours.ts'

/**
 * An ordered ramp after viridis: its lightness alone tells the bands apart, also for who sees no red or no green. In the dark what is
 * reached soonest is lightest; in bright rooms it is darkest, so that soonest always stands out most and what is late sinks into the ground.
 */
const DARK: readonly Rgb[] = [
  [240, 226, 86],
  [134, 204, 98],
  [56, 164, 130],
  [42, 120, 142],
  [58, 82, 139],
  [68, 50, 112],
]
const LIGHT: readonly Rgb[] = [
  [60, 26, 106],
  [56, 84, 140],
  [38, 130, 142],
  [70, 176, 124],
  [156, 208, 100],
  [228, 222, 120],
]

/** Gain and loss around nothing: blue and orange, told apart by every kind of eye; the strongest last. */
const GAIN: Record<Theme, readonly Rgb[]> = {
  dark: [
    [44, 92, 122],
    [72, 146, 190],
    [150, 214, 248],
  ],
  light: [
    [150, 194, 222],
    [68, 138, 186],
    [12, 74, 124],
  ],
}
const LOSS: Record<Theme, readonly Rgb[]> = {
  dark: [
    [122, 80, 36],
    [196, 122, 46],
    [255, 184, 96],
  ],
  light: [
    [240, 192, 132],
    [208, 120, 40],
    [140, 62, 4],
  ],
}

/** Colours of `n` bands, the soonest first. */
export function reachRamp(n: number, theme = shownTheme()): readonly Rgb[] {
  const stops = theme === 'light' ? LIGHT : DARK
  return Array.from({ length: n }, (_, i) => mixed(stops, n === 1 ? 0 : (i * Math.min(1, 0.34 * (n - 1))) / (n - 1)))
}

/** Colours of a change, the smallest first. */
export const changeRamp = (what: 'gain' | 'loss', theme = shownTheme()): readonly Rgb[] =>
  (what === 'gain' ? GAIN : LOSS)[theme]

export const css = ([r, g, b]: Rgb): string => `rgb(${r}, ${g}, ${b})`

/** The colour at `x`, 0 to 1, of a ramp. */
function mixed(stops: readonly Rgb[], x: number): Rgb {
  const at = x * (stops.length - 1)
  const low = Math.min(stops.length - 2, Math.floor(at))
  const part = (i: 0 | 1 | 2) => Math.round(stops[low][i] + (at - low) * (stops[low + 1][i] - stops[low][i]))
  return [part(0), part(1), part(2)]
}
