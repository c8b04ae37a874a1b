import { toLocalM } from '../earth.ts'

/** A point in flat metres around some origin (earth.ts toLocalM). */
export type Xy = readonly [x: number, y: number]

/** Fraction along a-b, in [0, 1], of the place nearest to p. */
export function projectFraction(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const squared = dx * dx + dy * dy
  if (squared === 0) return 0
  return Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / squared))
}

/** Distance of p from the segment a-b. */
export function segmentDistance(p: Xy, a: Xy, b: Xy): number {
  const t = projectFraction(p[0], p[1], a[0], a[1], b[0], b[1])
  return Math.hypot(p[0] - a[0] - t * (b[0] - a[0]), p[1] - a[1] - t * (b[1] - a[1]))
}

/** Fractions [t on a-b, u on c-d] where the two segments cross, ends included; null when apart or parallel. */
export function crossing(a: Xy, b: Xy, c: Xy, d: Xy): [t: number, u: number] | null {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const cross = rx * sy - ry * sx
  if (Math.abs(cross) <= 1e-9 * Math.hypot(rx, ry) * Math.hypot(sx, sy)) return null
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [t, u] : null
}

/** The acute angle between two directions, in degrees [0, 90]; the sense of travel does not matter. */
export function acuteAngleDeg(ax: number, ay: number, bx: number, by: number): number {
  const dot = Math.abs(ax * bx + ay * by)
  const cross = Math.abs(ax * by - ay * bx)
  return (Math.atan2(cross, dot) * 180) / Math.PI
}

/** A polyline in flat metres with the distance of each vertex from its start. */
export interface Track {
  points: Xy[]
  /** measure[i]: metres from the start to points[i]. */
  measure: number[]
  length: number
}

/** Flattens a polyline; vertices nearer than `min_step_m` to the one before are left out (the last one stays). */
export function toTrack(
  coordinates: readonly (readonly number[])[],
  origin: readonly number[],
  min_step_m = 0.01,
): Track {
  const points: Xy[] = []
  for (const [i, c] of coordinates.entries()) {
    const p = toLocalM(c, origin)
    const last = points.at(-1)
    if (last && Math.hypot(p[0] - last[0], p[1] - last[1]) < min_step_m) {
      if (i === coordinates.length - 1 && points.length > 1) points[points.length - 1] = p
      continue
    }
    points.push(p)
  }
  return measured(points)
}

/** A polyline already in flat metres, with its measures. */
export function measured(points: Xy[]): Track {
  const measure = [0]
  for (let i = 1; i < points.length; i++) {
    measure.push(measure[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]))
  }
  return { points, measure, length: measure.at(-1) ?? 0 }
}

/** The point `at` metres along a track. */
export function alongTrack(track: Track, at: number): Xy {
  const { points, measure } = track
  let low = 0
  let high = points.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (measure[middle] <= at) low = middle
    else high = middle
  }
  const span = measure[high] - measure[low]
  const t = span === 0 ? 0 : Math.max(0, Math.min(1, (at - measure[low]) / span))
  return [
    points[low][0] + t * (points[high][0] - points[low][0]),
    points[low][1] + t * (points[high][1] - points[low][1]),
  ]
}

/** Centre of the bounding box of some positions: the origin of their plane. */
export function boxCentre(positions: Iterable<readonly number[]>): [lon: number, lat: number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const p of positions) {
    west = Math.min(west, p[0])
    east = Math.max(east, p[0])
    south = Math.min(south, p[1])
    north = Math.max(north, p[1])
  }
  return west > east ? [0, 0] : [(west + east) / 2, (south + north) / 2]
}
