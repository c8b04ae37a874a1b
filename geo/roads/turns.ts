import { distanceM, toLocalM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import { acuteAngleDeg } from './plane.ts'
import type { RoadEdge, RoadNode } from './types.ts'

/** A turn as a source tells it: from a point on the road that is left, over the junction, to a point on the road taken. */
export interface RoadTurn {
  /** Row of the source, for the report. */
  source_row: number
  from: LonLat
  via: LonLat
  to: LonLat
  /** Delay of who turns so; null: forbidden. */
  seconds: number | null
  /** Only this turn is allowed from that road: every other one is forbidden. `seconds` then delays this one (null: none). */
  only: boolean
}

/** A turn on the graph, between two edges that meet at a node. `seconds` Infinity: forbidden. */
export interface PlacedTurn {
  node: number
  from_edge: number
  to_edge: number
  seconds: number
}

export interface PlacedTurns {
  turns: PlacedTurn[]
  /** What lies on no junction or along no road, for whoever drew it. */
  dropped: { source_row: number; reason: string }[]
}

/** How far the drawn junction may lie from the graph's. */
const JUNCTION_REACH_M = 15
/** An arm is the one meant when it leaves the junction within this of the drawn direction. */
const DIRECTION_DEG = 35

interface Arm {
  edge: RoadEdge
  direction: [x: number, y: number]
}

/**
 * Finds the junction and the two arms of every turn. Turns are kept by what they look like and not by ids, so that they
 * outlive a new noding of the roads. Where two say something of the same pair of arms the longer delay counts.
 */
export function placeTurns(
  nodes: readonly RoadNode[],
  edges: readonly RoadEdge[],
  turns: readonly RoadTurn[],
): PlacedTurns {
  const dropped: PlacedTurns['dropped'] = []
  const placed = new Map<string, PlacedTurn>()
  const arms = turns.length > 0 ? armsOf(edges) : new Map<number, Arm[]>()
  const put = (turn: PlacedTurn): void => {
    const key = `${turn.node} ${turn.from_edge} ${turn.to_edge}`
    if (turn.seconds > (placed.get(key)?.seconds ?? 0)) placed.set(key, turn)
  }
  for (const turn of turns) {
    const node = nearestJunction(nodes, arms, turn.via)
    if (node === null) {
      dropped.push({ source_row: turn.source_row, reason: `no junction within ${JUNCTION_REACH_M} m` })
      continue
    }
    const around = arms.get(node) ?? []
    const from = armTowards(around, turn.via, turn.from)
    const to = armTowards(around, turn.via, turn.to)
    if (from === null || to === null) {
      dropped.push({
        source_row: turn.source_row,
        reason: `no road leaves the junction towards ${from ? 'to' : 'from'}`,
      })
      continue
    }
    const from_edge = from.edge.id
    if (turn.only) {
      for (const other of around)
        if (other.edge.id !== to.edge.id) put({ node, from_edge, to_edge: other.edge.id, seconds: Infinity })
      if (turn.seconds !== null) put({ node, from_edge, to_edge: to.edge.id, seconds: turn.seconds })
    } else put({ node, from_edge, to_edge: to.edge.id, seconds: turn.seconds ?? Infinity })
  }
  return { turns: [...placed.values()], dropped }
}

function armsOf(edges: readonly RoadEdge[]): Map<number, Arm[]> {
  const arms = new Map<number, Arm[]>()
  const add = (node: number, arm: Arm): void => void arms.set(node, [...(arms.get(node) ?? []), arm])
  for (const edge of edges) {
    const c = edge.coordinates
    add(edge.from_node, { edge, direction: toLocalM(c[1], c[0]) })
    add(edge.to_node, { edge, direction: toLocalM(c[c.length - 2], c[c.length - 1]) })
  }
  return arms
}

function nearestJunction(
  nodes: readonly RoadNode[],
  arms: ReadonlyMap<number, readonly Arm[]>,
  at: LonLat,
): number | null {
  let best: number | null = null
  let least = JUNCTION_REACH_M
  for (const { id, position } of nodes) {
    const metres = distanceM(position, at)
    if (metres > least || (arms.get(id)?.length ?? 0) < 2) continue
    best = id
    least = metres
  }
  return best
}

function armTowards(arms: readonly Arm[], via: LonLat, point: LonLat): Arm | null {
  const [x, y] = toLocalM(point, via)
  let best: Arm | null = null
  let least = DIRECTION_DEG
  for (const arm of arms) {
    const [ax, ay] = arm.direction
    // the acute angle knows no sense of direction: an arm on the far side is none
    if (ax * x + ay * y <= 0) continue
    const angle = acuteAngleDeg(ax, ay, x, y)
    if (angle > least) continue
    best = arm
    least = angle
  }
  return best
}
