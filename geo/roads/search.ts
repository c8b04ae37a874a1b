import { BucketQueue } from './buckets.ts'
import type { RoadGraph } from './graph.ts'
import type { Snapped } from './snap.ts'

/** Driving from a target to the incident; `seconds` and `metres` are Infinity when no road leads there. */
export interface Price {
  seconds: number
  metres: number
  /** Straight metres at both ends between the points asked about and the road; not in `seconds` nor `metres`. */
  off_road_m: number
  /** One end lies where closures let nobody drive: the drive is to (or from) the edge of that, the rest is in off_road_m. */
  shut_end: boolean
}

export interface PriceOptions {
  /** Seconds per arc as of now (secondsAt, applyClosures); default the free road. */
  seconds?: Float64Array
}

/** Working memory of the searches over one graph: made once, used by one search at a time. */
export interface Scratch {
  graph: RoadGraph
  queue: BucketQueue
  /** Per node. */
  seconds: Float64Array
  metres: Float64Array
  /** Reverse search: the arc a node goes on by; -1 at an end of the incident's link. */
  parent: Int32Array
  /** 1 where a target waits for the node to be reached for good. */
  awaited: Uint8Array
}

export const createScratch = (graph: RoadGraph): Scratch => ({
  graph,
  queue: new BucketQueue(graph.arc_count + 64),
  seconds: new Float64Array(graph.node_count),
  metres: new Float64Array(graph.node_count),
  parent: new Int32Array(graph.node_count),
  awaited: new Uint8Array(graph.node_count),
})

/** Seconds of a part of an arc; a point exactly at a node has no part of the link to drive, even one that is shut. */
export const partSeconds = (fraction: number, arc: number, seconds: Float64Array): number =>
  fraction === 0 ? 0 : arc < 0 ? Infinity : fraction * seconds[arc]

/**
 * Prices every target's drive to the incident in one search outward from it, against the direction of travel. Both ends
 * lie where they were snapped along their links; one-way streets and both on the same link are respected. A target that is null
 * (no position) has Infinity. The search ends when both ends of every target's link are reached for good.
 */
export function priceTargets(
  scratch: Scratch,
  incident: Snapped,
  targets: readonly (Snapped | null)[],
  options: PriceOptions = {},
): Price[] {
  const arcSeconds = options.seconds ?? scratch.graph.seconds
  searchFrom(scratch, incident, targets, arcSeconds)
  return targets.map((target) => {
    if (!target) return { seconds: Infinity, metres: Infinity, off_road_m: 0, shut_end: false }
    const [seconds, metres] = lastLeg(scratch, incident, target, arcSeconds)
    return { seconds, metres, off_road_m: target.distance_m + incident.distance_m, shut_end: false }
  })
}

function searchFrom(
  scratch: Scratch,
  incident: Snapped,
  targets: readonly (Snapped | null)[],
  arcSeconds: Float64Array,
): void {
  const { graph, queue, seconds, metres, parent, awaited } = scratch
  const { in_first, in_arc, in_from, arc_to, arc_metres, reach_from, reach_to } = graph
  seconds.fill(Infinity)
  metres.fill(Infinity)
  awaited.fill(0)
  queue.clear()
  let waiting = 0
  const awaitNode = (node: number): void => {
    waiting += 1 - awaited[node]
    awaited[node] = 1
  }
  for (const target of targets) {
    if (!target) continue
    awaitNode(reach_from[target.link])
    awaitNode(reach_to[target.link])
  }
  const { link, fraction } = incident
  const seed = (node: number, share: number, arc: number): void => {
    const s = partSeconds(share, arc, arcSeconds)
    if (s >= seconds[node]) return
    seconds[node] = s
    metres[node] = share * graph.link_metres[link]
    parent[node] = -1
    queue.push(s, node)
  }
  seed(graph.leave_from[link], fraction, graph.link_forward[link])
  seed(graph.leave_to[link], 1 - fraction, graph.link_backward[link])

  let lastSecond = waiting === 0 ? -1 : Infinity
  for (let at = queue.pop(); at >= 0 && queue.second <= lastSecond; at = queue.pop()) {
    const key = queue.key
    if (key > seconds[at]) continue
    if (awaited[at] === 1) {
      awaited[at] = 0
      if (--waiting === 0) lastSecond = queue.second
    }
    // Metres are added up when a node comes out, not each time it improves.
    const by = parent[at]
    if (by >= 0) metres[at] = metres[arc_to[by]] + arc_metres[by]
    for (let i = in_first[at], end = in_first[at + 1]; i < end; i++) {
      const from = in_from[i]
      const s = key + arcSeconds[in_arc[i]]
      if (s >= seconds[from]) continue
      seconds[from] = s
      parent[from] = in_arc[i]
      queue.push(s, from)
    }
  }
}

/** The node a target leaves its link by towards the incident; -1: it stays on the link; null: no road leads there. */
export function leavesBy(
  scratch: Scratch,
  incident: Snapped,
  target: Snapped,
  arcSeconds: Float64Array,
): number | null {
  const [seconds, , node] = lastLeg(scratch, incident, target, arcSeconds)
  return seconds === Infinity ? null : node
}

/** [seconds, metres, node]: the best of leaving by either end of the target's link, or driving along a shared one. */
function lastLeg(
  scratch: Scratch,
  incident: Snapped,
  target: Snapped,
  arcSeconds: Float64Array,
): [seconds: number, metres: number, node: number] {
  const { graph, seconds, metres } = scratch
  const { link, fraction } = target
  const long = graph.link_metres[link]
  const [a, b, forward, backward] = [
    graph.reach_from[link],
    graph.reach_to[link],
    graph.link_forward[link],
    graph.link_backward[link],
  ]
  let best = seconds[a] + partSeconds(fraction, backward, arcSeconds)
  let node = a
  const viaB = seconds[b] + partSeconds(1 - fraction, forward, arcSeconds)
  if (viaB < best) [best, node] = [viaB, b]
  if (link === incident.link) {
    const span = incident.fraction - fraction
    const direct = partSeconds(Math.abs(span), span > 0 ? forward : backward, arcSeconds)
    if (direct <= best && direct < Infinity) return [direct, Math.abs(span) * long, -1]
  }
  return best === Infinity
    ? [best, best, node]
    : [best, metres[node] + (node === a ? fraction : 1 - fraction) * long, node]
}
