import type { Rgb } from '../../theme/colours.ts'

/** Colour is withheld under this many ended stages. */
export const HEAT_MIN_N = 5

/**
 * Fixed stops of the breached share: the same colour means the same share every day. From near the ground's own tone to
 * pale sand, even in lightness, told apart without red and green, and never as loud as an alarm.
 */
export const HEAT_STOPS: readonly { from: number; colour: Rgb }[] = [
  { from: 0, colour: [24, 52, 60] },
  { from: 0.1, colour: [35, 77, 84] },
  { from: 0.2, colour: [58, 106, 104] },
  { from: 0.35, colour: [96, 134, 118] },
  { from: 0.5, colour: [148, 160, 128] },
]

export function heatColour(share: number): Rgb {
  return HEAT_STOPS.findLast((stop) => share >= stop.from)?.colour ?? HEAT_STOPS[0].colour
}
