/** Radii that a key or a button steps through, metres. */
const STEPS = [5, 10, 15, 25, 40, 60, 100, 150, 250, 400, 600, 1000, 1500, 2500, 4000, 6000, 10_000, 15_000, 20_000]

export const SMALLEST_M = STEPS[0]
export const LARGEST_M = 20_000

/** The next radius of the ladder above `radius_m`, or below it with a negative `direction`. */
export function nextRadius(radius_m: number, direction: number): number {
  return direction > 0
    ? (STEPS.find((step) => step > radius_m) ?? LARGEST_M)
    : (STEPS.findLast((step) => step < radius_m) ?? SMALLEST_M)
}

/** A radius as drawn by hand: whole metres, coarser the larger, within the ladder's ends. */
export function roundRadius(radius_m: number): number {
  const grain = radius_m < 100 ? 5 : radius_m < 1000 ? 10 : 100
  return Math.min(LARGEST_M, Math.max(SMALLEST_M, Math.round(radius_m / grain) * grain))
}
