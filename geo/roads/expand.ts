import type { PlacedTurn } from './turns.ts'
import type { RoadEdge } from './types.ts'

/** One straight piece of road between two of the drawn nodes. */
export interface DrawnLink {
  from: number
  to: number
  /** Position of its edge. */
  edge: number
}

/**
 * Which graph nodes the two directions of a link run between:
 *
 *     leave_from ──forward──▶ reach_to
 *     reach_from ◀──backward── leave_to
 */
export interface LinkEnds {
  leave_from: number
  reach_from: number
  leave_to: number
  reach_to: number
}

/** Turning at a junction: an arc without length onto link `link`. */
export interface TurnArc {
  from: number
  to: number
  link: number
  seconds: number
}

/**
 * Turn delays as expanded nodes: a junction with some is split into one node for each way in and one for each way out, joined
 * by an arc for each turn that is allowed. The shape points of the roads that meet there are doubled, one for each
 * direction, so that a forbidden turn is not evaded by turning round a few metres behind it. All other nodes stay as drawn.
 * Appends the new nodes to `lon` and `lat`; junctions that were split keep their number and are left by no arc.
 */
export function expandTurns(
  links: readonly DrawnLink[],
  edges: readonly RoadEdge[],
  turns: readonly PlacedTurn[],
  junctionOf: ReadonlyMap<number, number>,
  lon: number[],
  lat: number[],
): { ends: LinkEnds[]; turn_arcs: TurnArc[] } {
  const ends = links.map(({ from, to }) => ({ leave_from: from, reach_from: from, leave_to: to, reach_to: to }))
  const delay = new Map<string, number>()
  const split = new Set<number>()
  for (const turn of turns) {
    const junction = junctionOf.get(turn.node)
    if (junction === undefined) throw new RangeError(`turn at a node that does not exist: ${turn.node}`)
    split.add(junction)
    delay.set(`${junction} ${turn.from_edge} ${turn.to_edge}`, turn.seconds)
  }
  if (split.size === 0) return { ends, turn_arcs: [] }

  const copyOf = (node: number): number => {
    lon.push(lon[node])
    lat.push(lat[node])
    return lon.length - 1
  }
  /** Ways in and out of each split junction, with the link they belong to. */
  const ways = new Map<number, { link: number; into: number; out: number }[]>()
  const doubled = new Map<number, number>()
  const backwardCopy = (node: number): number => {
    const known = doubled.get(node) ?? copyOf(node)
    doubled.set(node, known)
    return known
  }
  const touches = edges.map((edge) => [edge.from_node, edge.to_node].some((id) => split.has(junctionOf.get(id) ?? -1)))
  for (const [l, link] of links.entries()) {
    const end = ends[l]
    const edge = edges[link.edge]
    const isEnd = (node: number, id: number): boolean => junctionOf.get(id) === node
    const wayAt = (node: number): { into: number; out: number } => {
      const way = { link: l, into: copyOf(node), out: copyOf(node) }
      ways.set(node, [...(ways.get(node) ?? []), way])
      return way
    }
    if (split.has(link.from)) {
      const { into, out } = wayAt(link.from)
      end.leave_from = out
      end.reach_from = into
    } else if (touches[link.edge] && !isEnd(link.from, edge.from_node)) end.reach_from = backwardCopy(link.from)
    if (split.has(link.to)) {
      const { into, out } = wayAt(link.to)
      end.leave_to = out
      end.reach_to = into
    } else if (touches[link.edge] && !isEnd(link.to, edge.to_node)) end.leave_to = backwardCopy(link.to)
  }
  const turn_arcs: TurnArc[] = []
  for (const [junction, around] of ways) {
    for (const a of around) {
      for (const b of around) {
        const seconds = delay.get(`${junction} ${edges[links[a.link].edge].id} ${edges[links[b.link].edge].id}`) ?? 0
        if (seconds < Infinity) turn_arcs.push({ from: a.into, to: b.out, link: b.link, seconds })
      }
    }
  }
  return { ends, turn_arcs }
}
