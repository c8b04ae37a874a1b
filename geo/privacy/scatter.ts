import { fromLocalM, type LonLat } from '../earth.ts'

/** Nobody is shown nearer than this, however well a place was known. */
export const SCATTER_MIN_M = 50
/** How much further than its uncertainty a point may be moved. */
const REACH = 1.5

/**
 * A point moved off its place: by at least its uncertainty (never under 50 m) and at most half as much again, evenly over that ring.
 * `draw` is 16 hex digits that only the installation can work out from the incident's id: the same incident always moves alike, and
 * several months' maps laid over each other do not average it out. `radius_m`: the true place lies within it.
 */
export function scatter(
  lon: number,
  lat: number,
  accuracy_m: number,
  draw: string,
): { point: LonLat; radius_m: number } {
  const least = Math.max(SCATTER_MIN_M, accuracy_m)
  const radius_m = REACH * least
  const part = (from: number) => parseInt(draw.slice(from, from + 8), 16) / 0x1_0000_0000
  const metres = Math.sqrt(least ** 2 + part(0) * (radius_m ** 2 - least ** 2))
  const angle = 2 * Math.PI * part(8)
  return { point: fromLocalM([metres * Math.cos(angle), metres * Math.sin(angle)], [lon, lat]), radius_m }
}
