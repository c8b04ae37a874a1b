import { fromLocalM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import type { ExportedGraph, RoadGraph } from '../../../geo/roads/graph.ts'
import type { Snapped } from '../../../geo/roads/snap.ts'
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
  const places = [...from, to]
  const extra: (readonly [number, number, number])[] = []
  for (const [p, place] of places.entries()) {
    const [a, b] = [graph.link_from[place.link], graph.link_to[place.link]]
    const [forward, backward] = [graph.link_forward[place.link], graph.link_backward[place.link]]
    const join = (x: number, y: number, share: number, arc: number): void => {
      if (share <= 0) extra.push([x, y, 0])
      else if (arc >= 0 && seconds[arc] < Infinity) extra.push([x, y, share * seconds[arc]])
    }
    join(a, n + p, place.fraction, forward)
    join(n + p, b, 1 - place.fraction, forward)
    join(n + p, a, place.fraction, backward)
    join(b, n + p, 1 - place.fraction, backward)
    for (const [q, other] of places.entries()) {
      if (q === p || other.link !== place.link) continue
      const span = other.fraction - place.fraction
      join(n + p, n + q, Math.abs(span), span > 0 ? forward : backward)
    }
  }
  const toIncident = new Array<number>(n + places.length).fill(Infinity)
  toIncident[n + places.length - 1] = 0
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
