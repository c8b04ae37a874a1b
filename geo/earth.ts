/** The one Earth of this project: a sphere of the mean radius (IUGG R1), good to 0.5 % at city scale. */
export const EARTH_RADIUS_M = 6371008.8

/** A position, longitude first, in degrees WGS84. */
export type LonLat = [lon: number, lat: number]

const RAD = Math.PI / 180

/** Great-circle distance in metres (haversine: stable for short distances). */
export function distanceM(a: readonly number[], b: readonly number[]): number {
  const dLat = (b[1] - a[1]) * RAD
  const dLon = (b[0] - a[0]) * RAD
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * RAD) * Math.cos(b[1] * RAD) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Initial bearing from a to b in degrees, 0 north, clockwise, [0, 360). */
export function bearingDeg(a: readonly number[], b: readonly number[]): number {
  const dLon = (b[0] - a[0]) * RAD
  const y = Math.sin(dLon) * Math.cos(b[1] * RAD)
  const x = Math.cos(a[1] * RAD) * Math.sin(b[1] * RAD) - Math.sin(a[1] * RAD) * Math.cos(b[1] * RAD) * Math.cos(dLon)
  return (Math.atan2(y, x) / RAD + 360) % 360
}

/**
 * Flat metres [x east, y north] of p around origin (equirectangular): within 0.01 % of the sphere over a city,
 * and linear, so segments stay segments.
 */
export function toLocalM(p: readonly number[], origin: readonly number[]): [x: number, y: number] {
  return [
    (p[0] - origin[0]) * RAD * EARTH_RADIUS_M * Math.cos(origin[1] * RAD),
    (p[1] - origin[1]) * RAD * EARTH_RADIUS_M,
  ]
}

/** The inverse of {@link toLocalM}. */
export function fromLocalM(xy: readonly number[], origin: readonly number[]): LonLat {
  return [
    origin[0] + xy[0] / (RAD * EARTH_RADIUS_M * Math.cos(origin[1] * RAD)),
    origin[1] + xy[1] / (RAD * EARTH_RADIUS_M),
  ]
}
