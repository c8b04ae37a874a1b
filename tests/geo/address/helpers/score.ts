import type { MultiLineString, Point, Polygon, Position } from 'geojson'
import type { GeocodeResult } from '../../../../geo/address/types.ts'

export interface Case {
  id: string
  kind: string
  q: string
  tolerance_m: number
  truth: Point | Polygon | MultiLineString | null
}

const R = 6371008.8
const RAD = Math.PI / 180
const local = ([x, y]: Position, [lon, lat]: Position): Position => [
  (x - lon) * RAD * R * Math.cos(lat * RAD),
  (y - lat) * RAD * R,
]

function toSegment(a: Position, b: Position): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const l = dx * dx + dy * dy
  const t = l ? Math.max(0, Math.min(1, -(a[0] * dx + a[1] * dy) / l)) : 0
  return Math.hypot(a[0] + t * dx, a[1] + t * dy)
}

function inRing([x, y]: Position, ring: Position[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

function distance(p: Position, truth: Point | Polygon | MultiLineString): number {
  if (truth.type === 'Point') return Math.hypot(...local(truth.coordinates, p))
  if (truth.type === 'Polygon') return inRing(p, truth.coordinates[0]) ? 0 : Infinity
  return Math.min(
    ...truth.coordinates.flatMap((line) => line.slice(1).map((b, i) => toSegment(local(line[i], p), local(b, p)))),
  )
}

/** The rank of the right answer by the scorer's rule, -1 when it is not there. */
export function rankOf(each: Case, results: readonly GeocodeResult[]): number {
  const { truth } = each
  if (truth === null) return results.length > 0 && results.every((result) => !result.inside_city) ? 0 : -1
  return results.findIndex((result) => distance(result.point, truth) <= each.tolerance_m)
}
