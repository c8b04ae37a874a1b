import type { Rgb } from '../../theme/colours.ts'

/** Colour is withheld under this many ended stages. */
export const HEAT_MIN_N = 5

/**
 * Fixed stops of the breached share: the same colour means the same share every day. From the blue of the ground to
 * pale sand, even in lightness, told apart without red and green, and never as loud as an alarm.
 */
export const HEAT_STOPS: readonly { from: number; colour: Rgb }[] = [
  { from: 0, colour: [30, 58, 76] },
  { from: 0.1, colour: [44, 88, 104] },
  { from: 0.2, colour: [78, 122, 124] },
  { from: 0.35, colour: [138, 152, 122] },
  { from: 0.5, colour: [206, 194, 146] },
]
