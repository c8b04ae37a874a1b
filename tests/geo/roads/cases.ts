import { fromLocalM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import type { ExportedGraph, RoadGraph } from '../../../geo/roads/graph.ts'
import type { Snapped } from '../../../geo/roads/snap.ts'
import type { PlacedTurn } from '../../../geo/roads/turns.ts'
import type { Oneway, RoadEdge, RoadLine, RoadNode } from '../../../geo/roads/types.ts'

const ORIGIN: LonLat = [109.67, -6.89]

/** Metres east and north of a point in the city, as a position. */
export const at = (x: number, y: number): LonLat => fromLocalM([x, y], ORIGIN)

export const line = (points: [number, number][], more: Partial<RoadLine> = {}): RoadLine => ({
  coordinates: points.map(([x, y]) => at(x, y)),
  class: 'Jalan Lokal Sekunder',
  name: null,
  oneway: 0,
  speed_kmh: null,
  source_row: 1,
  ...more,
})

export const edge = (id: number, from: RoadNode, to: RoadNode, more: Partial<RoadEdge> = {}): RoadEdge => ({
  id,
  from_node: from.id,
  to_node: to.id,
  name: `Jl. ${id}`,
  class: 'residential',
  oneway: 0,
  speed_kmh: 36,
  component: 0,
  metres: 0,
  coordinates: [from.position, to.position],
  ...more,
})

export const node = (id: number, x: number, y: number, level_crossing = false): RoadNode => ({
  id,
  position: at(x, y),
  level_crossing,
})

/** A random town: nodes scattered over 2 km, edges between random pairs, bends, one-way streets, level crossings. */
export function randomTown(
  random: () => number,
  nodeCount: number,
  edgeCount: number,
): { nodes: RoadNode[]; edges: RoadEdge[] } {
  const nodes = Array.from({ length: nodeCount }, (_, id) => node(id, random() * 2000, random() * 2000, random() < 0.1))
  const edges = Array.from({ length: edgeCount }, (_, id) => {
    const from = nodes[Math.floor(random() * nodeCount)]
    const to = nodes[Math.floor(random() * nodeCount)]
    const bends = Array.from({ length: Math.floor(random() * 3) }, () => at(random() * 2000, random() * 2000))
    const oneway = ([0, 0, 0, 1, -1] as Oneway[])[Math.floor(random() * 5)]
    return edge(id, from, to, {
      oneway,
      speed_kmh: random() < 0.5 ? null : 10 + random() * 60,
      coordinates: [from.position, ...bends, to.position],
    })
  })
  return { nodes, edges }
}

/** Another place on the link of a snapped one. */
export function onLink(graph: RoadGraph, place: Snapped, fraction: number): Snapped {
  const [a, b] = [graph.link_from[place.link], graph.link_to[place.link]]
  const mix = (from: number, to: number): number => from + fraction * (to - from)
  return { ...place, fraction, position: [mix(graph.lon[a], graph.lon[b]), mix(graph.lat[a], graph.lat[b])] }
}

/**
 * Arcs that put places into the graph as nodes `first`, `first + 1`, … (`to` last): each leaves or reaches its link by its
 * fraction. Nobody drives through them: at a place on a link no other vehicle turns round.
 */
export function placeArcs(
  graph: RoadGraph,
  seconds: Float64Array,
  from: readonly Snapped[],
  to: Snapped,
  first: number,
): [from: number, to: number, seconds: number][] {
  const extra: [number, number, number][] = []
  const join = (x: number, y: number, share: number, arc: number): void => {
    if (share <= 0) extra.push([x, y, 0])
    else if (arc >= 0 && seconds[arc] < Infinity) extra.push([x, y, share * seconds[arc]])
  }
  const goal = first + from.length
  const [onward, back] = [graph.link_forward[to.link], graph.link_backward[to.link]]
  join(graph.leave_from[to.link], goal, to.fraction, onward)
  join(graph.leave_to[to.link], goal, 1 - to.fraction, back)
  for (const [p, { link, fraction }] of from.entries()) {
    const [forward, backward] = [graph.link_forward[link], graph.link_backward[link]]
    join(first + p, graph.reach_to[link], 1 - fraction, forward)
    join(first + p, graph.reach_from[link], fraction, backward)
    const span = to.fraction - fraction
    if (link === to.link) join(first + p, goal, Math.abs(span), span > 0 ? forward : backward)
  }
  return extra
}

/** Delays and bans of random turns between edges that meet. */
export function randomTurns(random: () => number, edges: readonly RoadEdge[], count: number): PlacedTurn[] {
  const turns = new Map<string, PlacedTurn>()
  while (turns.size < count) {
    const from = edges[Math.floor(random() * edges.length)]
    const node = random() < 0.5 ? from.from_node : from.to_node
    const around = edges.filter((each) => each.from_node === node || each.to_node === node)
    const to = around[Math.floor(random() * around.length)]
    const seconds = random() < 0.4 ? Infinity : random() * 60
    turns.set(`${node} ${from.id} ${to.id}`, { node, from_edge: from.id, to_edge: to.id, seconds })
  }
  return [...turns.values()]
}

/**
 * The oracle: Bellman-Ford over the exported list of edges, each snapped place put in as a node that parts its
 * link's arcs by their fraction. Shares nothing with the search but the export.
 */
export function bruteSeconds(
  exported: ExportedGraph,
  graph: RoadGraph,
  seconds: Float64Array,
  from: Snapped[],
  to: Snapped,
): number[] {
  const arcs = exported.edges.map(([a, b, s]) => [a, b, s] as const)
  const n = exported.nodes.length
  const extra = placeArcs(graph, seconds, from, to, n)
  const toIncident = new Array<number>(n + from.length + 1).fill(Infinity)
  toIncident[n + from.length] = 0
  for (let changed = true; changed;) {
    changed = false
    for (const [a, b, s] of [...arcs, ...extra]) {
      if (toIncident[b] + s < toIncident[a]) {
        toIncident[a] = toIncident[b] + s
        changed = true
      }
    }
  }
  return from.map((_, p) => toIncident[n + p])
}
