import type { Oneway, RoadEdge, RoadNode } from '../../geo/roads/types.ts'
import { edge, node } from '../geo/roads/cases.ts'

/** Nodes along each side: 20,164 in all. */
const SIDE = 142
const BLOCK_M = 60
/** Metres along each side of the town. */
export const TOWN_M = SIDE * BLOCK_M

/** A town of 20,164 nodes: a bent grid of 60 m blocks with one street in six gone and some one-way. */
export function gridTown(random: () => number): { nodes: RoadNode[]; edges: RoadEdge[] } {
  const place = (i: number): number => i * BLOCK_M + (random() - 0.5) * 30
  const nodes = Array.from({ length: SIDE * SIDE }, (_, id) => node(id, place(id % SIDE), place(Math.floor(id / SIDE))))
  const edges: RoadEdge[] = []
  const join = (a: number, b: number): void => {
    if (random() < 1 / 6) return
    const oneway = (random() < 0.1 ? 1 : 0) as Oneway
    edges.push(edge(edges.length, nodes[a], nodes[b], { oneway, speed_kmh: 15 + random() * 35 }))
  }
  for (let id = 0; id < nodes.length; id++) {
    if (id % SIDE < SIDE - 1) join(id, id + 1)
    if (id < SIDE * (SIDE - 1)) join(id, id + SIDE)
  }
  return { nodes, edges }
}
