import { distanceM, fromLocalM, toLocalM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import { expandTurns } from './expand.ts'
import type { DrawnLink, LinkEnds, TurnArc } from './expand.ts'
import { boxCentre } from './plane.ts'
import { LEVEL_CROSSING_DELAY_S, classSpeedKmh, hourFactor } from './speed.ts'
import type { PlacedTurn } from './turns.ts'
import type { RoadEdge, RoadNode } from './types.ts'

/**
 * The road network as typed arrays.
 *
 * Nodes 0..nodes.length-1 are the RoadNodes in their order, the rest shape points and what turn delays split junctions into
 * (expand.ts). A *link* is one straight piece of road between two graph nodes; an *arc* is one direction of travel over a link, or a
 * turn without length onto it. Arcs are sorted by their start, so the arcs leaving n are
 * `out_first[n] .. out_first[n + 1] - 1`; those entering n are `in_arc[in_first[n] .. in_first[n + 1] - 1]`.
 */
export interface RoadGraph {
  node_count: number
  link_count: number
  arc_count: number
  lon: Float64Array
  lat: Float64Array
  /** Origin and flat metres of the nodes, for nearest-place questions. */
  origin: LonLat
  x: Float64Array
  y: Float64Array

  /** Where the link lies; which nodes its directions run between says the next group. */
  link_from: Uint32Array
  link_to: Uint32Array
  /** Forward runs leave_from → reach_to, backward leave_to → reach_from; all of them link_from or link_to but at split junctions. */
  leave_from: Uint32Array
  reach_from: Uint32Array
  leave_to: Uint32Array
  reach_to: Uint32Array
  link_metres: Float64Array
  /** Position of the link's RoadEdge in `edges`. */
  link_edge: Uint32Array
  /** Arc along the link and against it; -1 where travel that way is forbidden. */
  link_forward: Int32Array
  link_backward: Int32Array

  arc_from: Uint32Array
  arc_to: Uint32Array
  /** A turn's link is the one it leads onto. */
  arc_link: Uint32Array
  arc_metres: Float64Array
  /** Seconds on a free road, and the wait at a level crossing that the arc leads onto, or of a turn. */
  arc_drive: Float64Array
  arc_delay: Float64Array
  out_first: Uint32Array
  in_first: Uint32Array
  in_arc: Uint32Array
  /** arc_from of in_arc, side by side with it: the search outward from the incident reads these most. */
  in_from: Uint32Array

  /** `arc_drive + arc_delay`: the seconds used when no others are given. */
  seconds: Float64Array
  edges: readonly RoadEdge[]
}

/** The last metres before a level crossing are an arc of their own, so that only who crosses (or stands at it) waits. */
const APPROACH_M = 5

/**
 * Builds the graph. Throws a RangeError when an edge or a turn names a node that is not there. Edges refer to nodes by `id`,
 * which need not be dense.
 */
export function buildGraph(
  nodes: readonly RoadNode[],
  edges: readonly RoadEdge[],
  turns: readonly PlacedTurn[] = [],
): RoadGraph {
  const place = new Map(nodes.map((node, i) => [node.id, i]))
  const lon = nodes.map((node) => node.position[0])
  const lat = nodes.map((node) => node.position[1])
  const links: DrawnLink[] = []
  for (const [e, edge] of edges.entries()) {
    const from = place.get(edge.from_node)
    const to = place.get(edge.to_node)
    if (from === undefined || to === undefined) throw new RangeError(`edge ${edge.id} names a node that does not exist`)
    let last = from
    for (const c of shapePoints(edge, nodes[from], nodes[to])) {
      lon.push(c[0])
      lat.push(c[1])
      links.push({ from: last, to: lon.length - 1, edge: e })
      last = lon.length - 1
    }
    links.push({ from: last, to, edge: e })
  }
  const { ends, turn_arcs } = expandTurns(links, edges, turns, place, lon, lat)
  const origin = boxCentre(lon.map((value, i) => [value, lat[i]]))
  const graph = emptyGraph(lon, lat, origin, links.length, countArcs(links, edges) + turn_arcs.length, edges)
  for (const [l, link] of links.entries()) {
    graph.link_from[l] = link.from
    graph.link_to[l] = link.to
    graph.leave_from[l] = ends[l].leave_from
    graph.reach_from[l] = ends[l].reach_from
    graph.leave_to[l] = ends[l].leave_to
    graph.reach_to[l] = ends[l].reach_to
    graph.link_edge[l] = link.edge
    graph.link_metres[l] = distanceM([lon[link.from], lat[link.from]], [lon[link.to], lat[link.to]])
  }
  const waits = Uint8Array.from({ length: lon.length }, (_, n) => (nodes[n]?.level_crossing ? 1 : 0))
  fillArcs(graph, ends, turn_arcs, waits)
  return graph
}

/** The seconds of each arc at an hour of the day (0..23 WIB); null: a free road. Waits at crossings keep their length. */
export function secondsAt(graph: RoadGraph, hour: number | null): Float64Array {
  const factor = hour === null ? 1 : hourFactor(hour)
  return graph.arc_drive.map((drive, arc) => drive * factor + graph.arc_delay[arc])
}

export interface ExportedGraph {
  nodes: LonLat[]
  /** [from, to, seconds, metres, name], one per direction of travel. */
  edges: [from: number, to: number, seconds: number, metres: number, name: string | null][]
}

/** The graph as `roads:export` prints it. An arc that is shut (Infinity) is left out: JSON has no infinity. */
export function exportGraph(graph: RoadGraph, seconds: Float64Array = graph.seconds): ExportedGraph {
  const edges: ExportedGraph['edges'] = []
  for (let arc = 0; arc < graph.arc_count; arc++) {
    if (seconds[arc] === Infinity) continue
    const edge = graph.edges[graph.link_edge[graph.arc_link[arc]]]
    edges.push([graph.arc_from[arc], graph.arc_to[arc], seconds[arc], graph.arc_metres[arc], edge.name])
  }
  return { nodes: Array.from(graph.lon, (value, n) => [value, graph.lat[n]]), edges }
}

/** Inner vertices of an edge, with one put 5 m before a level crossing at either end. */
function shapePoints(edge: RoadEdge, from: RoadNode, to: RoadNode): LonLat[] {
  const inner = edge.coordinates.slice(1, -1)
  if (from.level_crossing) {
    const p = approach(from.position, inner[0] ?? to.position)
    if (p) inner.unshift(p)
  }
  if (to.level_crossing) {
    const p = approach(to.position, inner.at(-1) ?? from.position)
    if (p) inner.push(p)
  }
  return inner
}

function approach(crossing: LonLat, next: LonLat): LonLat | null {
  const [x, y] = toLocalM(next, crossing)
  const d = Math.hypot(x, y)
  return d > 2 * APPROACH_M ? fromLocalM([(x * APPROACH_M) / d, (y * APPROACH_M) / d], crossing) : null
}

const countArcs = (links: { edge: number }[], edges: readonly RoadEdge[]): number =>
  links.reduce((sum, link) => sum + (edges[link.edge].oneway === 0 ? 2 : 1), 0)

function emptyGraph(
  lon: number[],
  lat: number[],
  origin: LonLat,
  link_count: number,
  arc_count: number,
  edges: readonly RoadEdge[],
): RoadGraph {
  const node_count = lon.length
  const flat = lon.map((value, n) => toLocalM([value, lat[n]], origin))
  return {
    node_count,
    link_count,
    arc_count,
    origin,
    edges,
    lon: Float64Array.from(lon),
    lat: Float64Array.from(lat),
    x: Float64Array.from(flat, (p) => p[0]),
    y: Float64Array.from(flat, (p) => p[1]),
    link_from: new Uint32Array(link_count),
    link_to: new Uint32Array(link_count),
    leave_from: new Uint32Array(link_count),
    reach_from: new Uint32Array(link_count),
    leave_to: new Uint32Array(link_count),
    reach_to: new Uint32Array(link_count),
    link_metres: new Float64Array(link_count),
    link_edge: new Uint32Array(link_count),
    link_forward: new Int32Array(link_count).fill(-1),
    link_backward: new Int32Array(link_count).fill(-1),
    arc_from: new Uint32Array(arc_count),
    arc_to: new Uint32Array(arc_count),
    arc_link: new Uint32Array(arc_count),
    arc_metres: new Float64Array(arc_count),
    arc_drive: new Float64Array(arc_count),
    arc_delay: new Float64Array(arc_count),
    out_first: new Uint32Array(node_count + 1),
    in_first: new Uint32Array(node_count + 1),
    in_arc: new Uint32Array(arc_count),
    in_from: new Uint32Array(arc_count),
    seconds: new Float64Array(arc_count),
  }
}

/** Arcs by counting sort over their start, then the reverse adjacency over their end. */
function fillArcs(graph: RoadGraph, ends: readonly LinkEnds[], turns: readonly TurnArc[], waits: Uint8Array): void {
  const { out_first, in_first, link_from, link_to, node_count } = graph
  const ways: { link: number; from: number; to: number; drive: number; delay: number; metres: number; is?: 1 | -1 }[] =
    turns.map(({ link, from, to, seconds }) => ({ link, from, to, drive: 0, delay: seconds, metres: 0 }))
  for (const [link, end] of ends.entries()) {
    const edge = graph.edges[graph.link_edge[link]]
    const metres = graph.link_metres[link]
    const drive = metres / (edgeSpeedKmh(edge) / 3.6)
    const wait = (onto: number): number => (waits[onto] ? LEVEL_CROSSING_DELAY_S : 0)
    const shared = { link, drive, metres }
    if (edge.oneway !== -1)
      ways.push({ ...shared, from: end.leave_from, to: end.reach_to, delay: wait(link_to[link]), is: 1 })
    if (edge.oneway !== 1)
      ways.push({ ...shared, from: end.leave_to, to: end.reach_from, delay: wait(link_from[link]), is: -1 })
  }
  for (const { from, to } of ways) {
    out_first[from + 1]++
    in_first[to + 1]++
  }
  for (let n = 0; n < node_count; n++) {
    out_first[n + 1] += out_first[n]
    in_first[n + 1] += in_first[n]
  }
  const nextOut = out_first.slice()
  const nextIn = in_first.slice()
  for (const { link, from, to, drive, delay, metres, is } of ways) {
    const arc = nextOut[from]++
    graph.arc_from[arc] = from
    graph.arc_to[arc] = to
    graph.arc_link[arc] = link
    graph.arc_metres[arc] = metres
    graph.arc_drive[arc] = drive
    graph.arc_delay[arc] = delay
    graph.seconds[arc] = drive + delay
    if (is === 1) graph.link_forward[link] = arc
    if (is === -1) graph.link_backward[link] = arc
    graph.in_from[nextIn[to]] = from
    graph.in_arc[nextIn[to]++] = arc
  }
}

/** A stated speed counts, from walking pace up; a senseless one gives way to the class. */
const edgeSpeedKmh = (edge: RoadEdge): number =>
  edge.speed_kmh !== null && edge.speed_kmh >= 3 ? edge.speed_kmh : classSpeedKmh(edge.class)
