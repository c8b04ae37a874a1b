import type { LonLat } from '../earth.ts'
import { applyClosures } from './closures.ts'
import type { RoadClosure } from './closures.ts'
import type { RoadGraph } from './graph.ts'

/** What closures do to the roads: a road counts once, however many lie over it, and as closed when any of them shuts it. */
export interface ClosureEffect {
  /** Metres of road that nobody can drive in any direction that was open before, and metres that only take longer. */
  closed_m: number
  slowed_m: number
  /** Names of the roads touched, those with most metres first; a road without a name has none here. */
  streets: string[]
  /** The stretches themselves, for maps. */
  closed: LonLat[][]
  slowed: LonLat[][]
}

/**
 * What `closures` together do to a free road. It is read off the seconds that drives are priced with, so it is what routing does,
 * not what was drawn.
 */
export function closureEffect(graph: RoadGraph, closures: readonly RoadClosure[]): ClosureEffect {
  const seconds = applyClosures(graph, closures)
  const [closed, slowed]: number[][] = [[], []]
  for (let link = 0; link < graph.link_count; link++) {
    const arcs = [graph.link_forward[link], graph.link_backward[link]].filter((arc) => arc >= 0)
    if (arcs.every((arc) => seconds[arc] === graph.seconds[arc])) continue
    if (arcs.every((arc) => seconds[arc] === Infinity)) closed.push(link)
    else slowed.push(link)
  }
  const metres = new Map<string, number>()
  for (const link of [...closed, ...slowed]) {
    const { name } = graph.edges[graph.link_edge[link]]
    if (name !== null) metres.set(name, (metres.get(name) ?? 0) + graph.link_metres[link])
  }
  const length = (links: number[]) => links.reduce((sum, link) => sum + graph.link_metres[link], 0)
  return {
    closed_m: length(closed),
    slowed_m: length(slowed),
    streets: [...metres].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name),
    closed: linesOf(graph, closed),
    slowed: linesOf(graph, slowed),
  }
}

/** Links as lines: those that follow each other on one road become one. */
export function linesOf(graph: RoadGraph, links: readonly number[]): LonLat[][] {
  const lines: LonLat[][] = []
  const at = (node: number): LonLat => [graph.lon[node], graph.lat[node]]
  let [edge, end] = [-1, -1]
  for (const link of [...links].sort((a, b) => a - b)) {
    const [from, to] = [graph.link_from[link], graph.link_to[link]]
    if (graph.link_edge[link] === edge && from === end) lines[lines.length - 1].push(at(to))
    else lines.push([at(from), at(to)])
    edge = graph.link_edge[link]
    end = to
  }
  return lines
}
