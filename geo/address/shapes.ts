import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import { distanceM, fromLocalM, toLocalM, type LonLat } from '../earth.ts'

export type Box = [west: number, south: number, east: number, north: number]

export function boxOf(positions: Iterable<Position>): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of positions) {
    if (x < box[0]) box[0] = x
    if (y < box[1]) box[1] = y
    if (x > box[2]) box[2] = x
    if (y > box[3]) box[3] = y
  }
  return box
}

/** Even-odd over all rings, so holes count. */
export function inPolygon(p: Position, polygon: MultiPolygon): boolean {
  let inside = false
  for (const rings of polygon.coordinates) {
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i]
        const b = ring[j]
        if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0])
          inside = !inside
      }
    }
  }
  return inside
}

export interface Nearest {
  point: LonLat
  distance_m: number
  /** Bearing of the segment, degrees, as drawn. */
  dx: number
  dy: number
}

/** The point of some lines (or rings) nearest to p. */
export function nearestOnLines(p: Position, lines: readonly Position[][]): Nearest | null {
  let best: { x: number; y: number; d: number; dx: number; dy: number } | null = null
  for (const line of lines) {
    let a = toLocalM(line[0], p)
    for (let i = 1; i < line.length || (line.length === 1 && i === 1); i++) {
      const b = toLocalM(line[Math.min(i, line.length - 1)], p)
      const dx = b[0] - a[0]
      const dy = b[1] - a[1]
      const l = dx * dx + dy * dy
      const t = l ? Math.max(0, Math.min(1, -(a[0] * dx + a[1] * dy) / l)) : 0
      const x = a[0] + t * dx
      const y = a[1] + t * dy
      const d = Math.hypot(x, y)
      if (!best || d < best.d) best = { x, y, d, dx, dy }
      a = b
    }
  }
  return best && { point: fromLocalM([best.x, best.y], p), distance_m: best.d, dx: best.dx, dy: best.dy }
}

export function lengthM(lines: readonly Position[][]): number {
  let sum = 0
  for (const line of lines) for (let i = 1; i < line.length; i++) sum += distanceM(line[i - 1], line[i])
  return sum
}

/** The parts of some lines inside a polygon: cut at its border, parts shorter than a metre dropped. */
export function clipLines(lines: readonly Position[][], polygon: MultiPolygon): Position[][] {
  const out: Position[][] = []
  const rings = polygon.coordinates.flat()
  for (const line of lines) {
    let part: Position[] = []
    const end = () => {
      if (part.length > 1 && lengthM([part]) >= 1) out.push(part)
      part = []
    }
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1]
      const b = line[i]
      const cuts = [0, ...cutsOf(a, b, rings), 1]
      for (let k = 1; k < cuts.length; k++) {
        if (cuts[k] - cuts[k - 1] < 1e-12) continue
        const at = (t: number): Position => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
        if (inPolygon(at((cuts[k - 1] + cuts[k]) / 2), polygon)) {
          if (part.length === 0) part.push(at(cuts[k - 1]))
          part.push(at(cuts[k]))
        } else end()
      }
    }
    end()
  }
  return out
}

/** Where along a-b (0..1, ascending) the rings are crossed. */
function cutsOf(a: Position, b: Position, rings: readonly Position[][]): number[] {
  const cuts: number[] = []
  const west = Math.min(a[0], b[0])
  const east = Math.max(a[0], b[0])
  const south = Math.min(a[1], b[1])
  const north = Math.max(a[1], b[1])
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const c = ring[i - 1]
      const d = ring[i]
      if (
        Math.max(c[0], d[0]) < west ||
        Math.min(c[0], d[0]) > east ||
        Math.max(c[1], d[1]) < south ||
        Math.min(c[1], d[1]) > north
      )
        continue
      const hit = meet(a, b, c, d)
      if (hit !== null) cuts.push(hit)
    }
  }
  return cuts.sort((x, y) => x - y)
}

/** Where along a-b it meets c-d, or null. Parallel segments do not meet. */
export function meet(a: Position, b: Position, c: Position, d: Position): number | null {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const cross = rx * sy - ry * sx
  if (cross === 0) return null
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : null
}

/** The middle of some lines, always on one of them: of one line half-way, of several the point nearest their centre. */
export function middleOf(lines: readonly Position[][]): LonLat {
  if (lines.length === 1) {
    let left = lengthM(lines) / 2
    const line = lines[0]
    for (let i = 1; i < line.length; i++) {
      const step = distanceM(line[i - 1], line[i])
      if (step >= left && step > 0) {
        const t = left / step
        return [line[i - 1][0] + (line[i][0] - line[i - 1][0]) * t, line[i - 1][1] + (line[i][1] - line[i - 1][1]) * t]
      }
      left -= step
    }
    return [line[0][0], line[0][1]]
  }
  let x = 0
  let y = 0
  let sum = 0
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const w = distanceM(line[i - 1], line[i])
      x += (w * (line[i - 1][0] + line[i][0])) / 2
      y += (w * (line[i - 1][1] + line[i][1])) / 2
      sum += w
    }
  }
  const first = lines[0][0]
  const centre = sum > 0 ? [x / sum, y / sum] : first
  return nearestOnLines(centre, lines)?.point ?? [first[0], first[1]]
}

/** A point well inside a polygon: the middle of the widest chord among fifteen level cuts. */
export function pointInside(polygon: MultiPolygon): LonLat {
  const rings = polygon.coordinates.flat()
  const box = boxOf(rings.flat())
  let best: LonLat = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  let widest = -1
  for (let k = 1; k <= 15; k++) {
    const y = box[1] + ((box[3] - box[1]) * (k + 0.013)) / 16
    const xs: number[] = []
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const a = ring[i - 1]
        const b = ring[i]
        if (a[1] > y !== b[1] > y) xs.push(((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
      }
    }
    xs.sort((a, b) => a - b)
    // cuts near the middle of the polygon count more
    const weight = 1 - Math.abs(k - 8) / 16
    for (let i = 1; i < xs.length; i += 2) {
      const width = (xs[i] - xs[i - 1]) * weight
      if (width > widest) {
        widest = width
        best = [(xs[i] + xs[i - 1]) / 2, y]
      }
    }
  }
  return best
}

/** The farthest vertex from p, in metres. */
export function reachM(p: Position, rings: readonly Position[][]): number {
  let far = 0
  for (const ring of rings) for (const q of ring) far = Math.max(far, distanceM(p, q))
  return far
}

export function multiLine(lines: Position[][]): MultiLineString {
  return { type: 'MultiLineString', coordinates: lines }
}
