import { toLocalM } from '../earth.ts'
import type { RoadGraph } from './graph.ts'
import { acuteAngleDeg, crossing, segmentDistance } from './plane.ts'
import type { Xy } from './plane.ts'
import { waterSpeedKmh } from './speed.ts'

/** What a closure may be drawn as; an area, a stretch of road, or a point on one. */
export type ClosureGeometry =
  | { type: 'Polygon'; coordinates: readonly (readonly (readonly number[])[])[] }
  | { type: 'MultiPolygon'; coordinates: readonly (readonly (readonly (readonly number[])[])[])[] }
  | { type: 'LineString'; coordinates: readonly (readonly number[])[] }
  | { type: 'MultiLineString'; coordinates: readonly (readonly (readonly number[])[])[] }
  | { type: 'Point'; coordinates: readonly number[] }

export interface RoadClosure {
  geometry: ClosureGeometry
  /** What is left of the speed, 0 (shut) to 1. */
  speed_factor: number
  /** Depth of water; the slower of this (waterSpeedKmh) and the factor counts. */
  depth_cm: number | null
}

/** How far a drawn line may lie from the road it means. */
const LINE_REACH_M = 15
const PARALLEL_DEG = 30
/** A factor below this is shut: nobody drives a road at a hundredth of its speed. */
const SHUT_BELOW = 0.01
/** A link counts as closed when this much of it (or half of a shorter one) lies beside the line. */
const OVERLAP_M = 10

/**
 * The seconds of each arc with the closures in force, from `base` (default the free road); Infinity is shut. Where closures overlap the
 * slowest counts. No arc ever becomes quicker, so no drive does.
 */
export function applyClosures(
  graph: RoadGraph,
  closures: readonly RoadClosure[],
  base: Float64Array = graph.seconds,
): Float64Array {
  const seconds = base.slice()
  for (const closure of closures) {
    const factor = Math.max(0, Math.min(1, closure.speed_factor))
    const water = waterSpeedKmh(closure.depth_cm) / 3.6
    for (const link of closedLinks(graph, closure.geometry)) {
      for (const arc of [graph.link_forward[link], graph.link_backward[link]]) {
        if (arc < 0) continue
        const slowed =
          factor < SHUT_BELOW || water === 0 ? Infinity : Math.max(base[arc] / factor, graph.arc_metres[arc] / water)
        seconds[arc] = Math.max(seconds[arc], slowed)
      }
    }
  }
  return seconds
}

/**
 * The links a closure closes: inside or crossing an area; within 15 m of a line and parallel to it; the nearest within
 * 15 m of a point. None means that it was drawn beside every road, which whoever drew it should be told.
 */
export function closedLinks(graph: RoadGraph, geometry: ClosureGeometry): number[] {
  const flat = (line: readonly (readonly number[])[]): Xy[] => line.map((c) => toLocalM(c, graph.origin))
  switch (geometry.type) {
    case 'Polygon':
      return linksInArea(graph, [geometry.coordinates.map(flat)])
    case 'MultiPolygon':
      return linksInArea(
        graph,
        geometry.coordinates.map((polygon) => polygon.map(flat)),
      )
    case 'LineString':
      return linksAlong(graph, [flat(geometry.coordinates)])
    case 'MultiLineString':
      return linksAlong(graph, geometry.coordinates.map(flat))
    case 'Point':
      return linksAt(graph, toLocalM(geometry.coordinates, graph.origin))
  }
}

/** Links whose box comes within `reach` of the box of some points. */
function linksNear(graph: RoadGraph, points: readonly Xy[], reach: number): number[] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    x0 = Math.min(x0, x - reach)
    x1 = Math.max(x1, x + reach)
    y0 = Math.min(y0, y - reach)
    y1 = Math.max(y1, y + reach)
  }
  const found: number[] = []
  const { x, y, link_from, link_to } = graph
  // Every link of the city, for each part of an area: nothing is made for those that are elsewhere.
  for (let link = 0; link < graph.link_count; link++) {
    const [from, to] = [link_from[link], link_to[link]]
    if (x[from] < x0 && x[to] < x0) continue
    if (x[from] > x1 && x[to] > x1) continue
    if (y[from] < y0 && y[to] < y0) continue
    if (y[from] > y1 && y[to] > y1) continue
    found.push(link)
  }
  return found
}

const linkEnds = (graph: RoadGraph, link: number): [Xy, Xy] => {
  const [a, b] = [graph.link_from[link], graph.link_to[link]]
  return [
    [graph.x[a], graph.y[a]],
    [graph.x[b], graph.y[b]],
  ]
}

function linksInArea(graph: RoadGraph, polygons: Xy[][][]): number[] {
  const found = new Set<number>()
  for (const rings of polygons) {
    for (const link of linksNear(graph, rings[0] ?? [], 0)) {
      const [a, b] = linkEnds(graph, link)
      if (inside(a, rings) || inside(b, rings) || crosses(a, b, rings)) found.add(link)
    }
  }
  return [...found]
}

/** Even-odd over all rings, so a hole is outside. */
function inside(p: Xy, rings: Xy[][]): boolean {
  let odd = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]]
      if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd
    }
  }
  return odd
}

function crosses(a: Xy, b: Xy, rings: Xy[][]): boolean {
  const [x0, x1] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]]
  const [y0, y1] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]]
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [p, q] = [ring[i - 1], ring[i]]
      if ((p[0] < x0 && q[0] < x0) || (p[0] > x1 && q[0] > x1) || (p[1] < y0 && q[1] < y0) || (p[1] > y1 && q[1] > y1))
        continue
      if (crossing(a, b, p, q) !== null) return true
    }
  }
  return false
}

function linksAlong(graph: RoadGraph, lines: Xy[][]): number[] {
  const beside = new Map<number, number>()
  for (const line of lines) {
    const candidates = linksNear(graph, line, LINE_REACH_M)
    for (let i = 1; i < line.length; i++) {
      for (const link of candidates) {
        const [a, b] = linkEnds(graph, link)
        const metres = overlapM(a, b, line[i - 1], line[i])
        if (metres > 0) beside.set(link, (beside.get(link) ?? 0) + metres)
      }
    }
  }
  return [...beside]
    .filter(([link, metres]) => metres >= Math.min(OVERLAP_M, graph.link_metres[link] / 2))
    .map(([link]) => link)
}

/** Metres of a-b that run beside the segment c-d, parallel and within reach. */
function overlapM(a: Xy, b: Xy, c: Xy, d: Xy): number {
  const ux = d[0] - c[0]
  const uy = d[1] - c[1]
  const length = Math.hypot(ux, uy)
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  if (length === 0 || acuteAngleDeg(dx, dy, ux, uy) > PARALLEL_DEG) return 0
  // Fractions of a-b whose feet fall on c-d.
  const at = (p: Xy): number => ((p[0] - c[0]) * ux + (p[1] - c[1]) * uy) / length
  const [start, end] = [at(a), at(b)]
  if (start === end) return 0
  const t0 = Math.max(0, Math.min((0 - start) / (end - start), (length - start) / (end - start)))
  const t1 = Math.min(1, Math.max((0 - start) / (end - start), (length - start) / (end - start)))
  if (t1 <= t0) return 0
  const middle = (t0 + t1) / 2
  if (segmentDistance([a[0] + middle * dx, a[1] + middle * dy], c, d) > LINE_REACH_M) return 0
  return (t1 - t0) * Math.hypot(dx, dy)
}

function linksAt(graph: RoadGraph, p: Xy): number[] {
  let best = -1
  let least = LINE_REACH_M
  for (const link of linksNear(graph, [p], LINE_REACH_M)) {
    const [a, b] = linkEnds(graph, link)
    const d = segmentDistance(p, a, b)
    if (d <= least && (d < least || best < 0)) [best, least] = [link, d]
  }
  return best < 0 ? [] : [best]
}
