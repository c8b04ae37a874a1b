import type { RoadGraph } from './graph.ts'

/**
 * 1 for each link of the largest part of the network that can be driven in some direction at these seconds; null when nothing
 * is shut, so that everything can. Within it the parts of a network that closures cut off are cut off indeed.
 * Called by geo/roads/router.ts to start and end drives where there is a road.
 */
export function openPart(graph: RoadGraph, seconds: Float64Array): Uint8Array | null {
  if (!seconds.includes(Infinity)) return null
  const parent = Int32Array.from({ length: graph.node_count }, (_, node) => node)
  const root = (node: number): number => {
    while (parent[node] !== node) node = parent[node] = parent[parent[node]]
    return node
  }
  const isOpen = (link: number): boolean =>
    [graph.link_forward[link], graph.link_backward[link]].some((arc) => arc >= 0 && seconds[arc] < Infinity)
  const metres = new Float64Array(graph.node_count)
  for (let link = 0; link < graph.link_count; link++)
    if (isOpen(link)) parent[root(graph.link_from[link])] = root(graph.link_to[link])
  for (let link = 0; link < graph.link_count; link++)
    if (isOpen(link)) metres[root(graph.link_from[link])] += graph.link_metres[link]
  const largest = metres.indexOf(metres.reduce((most, m) => Math.max(most, m), 0))
  return Uint8Array.from({ length: graph.link_count }, (_, link) =>
    isOpen(link) && root(graph.link_from[link]) === largest ? 1 : 0,
  )
}
