/** Between two steps, and the furthest from the middle, px at 1080p. */
export const DRIFT_EVERY_MS = 60_000
export const DRIFT_PX = 6

/** Back and forth between -most and most, one at a time, from the middle. */
const swing = (n: number, most: number): number => {
  const at = (((n + most) % (4 * most)) + 4 * most) % (4 * most)
  return at <= 2 * most ? at - most : 3 * most - at
}

/**
 * Where the page stands after `step` steps: one pixel at a time, across and down in turn, so that no edge burns in and nobody sees it move.
 * The two swings differ in length, so the same place comes back only after hours.
 */
export function drift(step: number): { x: number; y: number } {
  return { x: swing(Math.ceil(step / 2), DRIFT_PX), y: swing(Math.floor(step / 2), DRIFT_PX - 1) }
}
