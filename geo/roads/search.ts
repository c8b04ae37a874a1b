import type { RoadGraph } from './graph.ts'
import { Heap } from './heap.ts'
import type { Snapped } from './snap.ts'

/** Driving from a target to the incident; `seconds` and `metres` are Infinity when no road leads there. */
export interface Price {
  seconds: number
  metres: number
  /** Straight metres at both ends between the points asked about and the road; not in `seconds` nor `metres`. */
  off_road_m: number
}

export interface PriceOptions {
  /** Seconds per arc as of now (secondsAt, applyClosures); default the free road. */
  seconds?: Float64Array
  /** Stop after this many targets are priced; the farther ones are left at Infinity. */
  nearest?: number
}

/** Working memory of the searches over one graph: made once, used by one search at a time. */
export interface Scratch {
  graph: RoadGraph
  heap: Heap
  /** Per node, and from node_count on per target. */
  seconds: Float64Array
  metres: Float64Array
  /** Reverse search: the arc a node goes on by (-1: it is an end of the incident's link). Target: the node it leaves by. */
  parent: Int32Array
  targetsAt: Int32Array
  nextTarget: Int32Array
}

export function createScratch(graph: RoadGraph): Scratch {
  return { graph, heap: new Heap(graph.arc_count + 64), targetsAt: new Int32Array(graph.node_count).fill(-1), nextTarget: new Int32Array(0), ...sized(graph, 0) }
}

const sized = (graph: RoadGraph, targets: number) => ({
  seconds: new Float64Array(graph.node_count + targets),
  metres: new Float64Array(graph.node_count + targets),
  parent: new Int32Array(graph.node_count + targets),
})

/** Empties the scratch for a search with so many targets. */
export function resetScratch(scratch: Scratch, targets: number): void {
  if (scratch.seconds.length < scratch.graph.node_count + targets) Object.assign(scratch, sized(scratch.graph, 2 * targets))
  if (scratch.nextTarget.length < 2 * targets) scratch.nextTarget = new Int32Array(4 * targets)
  scratch.seconds.fill(Infinity)
  scratch.metres.fill(Infinity)
  scratch.parent.fill(-1)
  scratch.heap.clear()
}

/** Seconds of a part of an arc; a point exactly at a node has no part of the link to drive, even one that is shut. */
export const partSeconds = (fraction: number, arc: number, seconds: Float64Array): number =>
  fraction === 0 ? 0 : arc < 0 ? Infinity : fraction * seconds[arc]

/**
 * Prices every target's drive to the incident in one search outward from it, against the direction of travel. Both ends
 * lie where they were snapped along their links; one-way streets and both on the same link are respected. A target that is null
 * (no position) has Infinity. Targets stand in the heap beside the nodes, so the search ends when the last is settled.
 */
export function priceTargets(
  scratch: Scratch,
  incident: Snapped,
  targets: readonly (Snapped | null)[],
  options: PriceOptions = {},
): Price[] {
  const { graph, heap } = scratch
  const n = graph.node_count
  const arcSeconds = options.seconds ?? graph.seconds
  resetScratch(scratch, targets.length)
  const { seconds, metres, parent, targetsAt, nextTarget } = scratch
  const { in_first, in_arc, in_from, arc_to, arc_metres, link_from, link_to, link_metres } = graph

  const improve = (at: number, s: number, m: number, by: number): void => {
    if (s >= seconds[at]) return
    seconds[at] = s
    metres[at] = m
    parent[at] = by
    heap.push(s, at)
  }

  let waiting = 0
  for (const [t, target] of targets.entries()) {
    if (!target) continue
    waiting++
    const a = link_from[target.link]
    const b = link_to[target.link]
    nextTarget[2 * t] = targetsAt[a]
    targetsAt[a] = 2 * t
    nextTarget[2 * t + 1] = targetsAt[b]
    targetsAt[b] = 2 * t + 1
    if (target.link !== incident.link) continue
    const span = incident.fraction - target.fraction
    const arc = span > 0 ? graph.link_forward[incident.link] : graph.link_backward[incident.link]
    improve(n + t, partSeconds(Math.abs(span), arc, arcSeconds), Math.abs(span) * link_metres[incident.link], -1)
  }

  const link = incident.link
  const [before, after] = [incident.fraction, 1 - incident.fraction]
  improve(link_from[link], partSeconds(before, graph.link_forward[link], arcSeconds), before * link_metres[link], -1)
  improve(link_to[link], partSeconds(after, graph.link_backward[link], arcSeconds), after * link_metres[link], -1)

  waiting = Math.min(waiting, options.nearest ?? Infinity)
  while (heap.length > 0 && waiting > 0) {
    const key = heap.minKey
    const at = heap.pop()
    if (key > seconds[at]) continue
    if (at >= n) {
      waiting--
      continue
    }
    // Metres are added up when a node is settled, not each time it improves.
    const by = parent[at]
    if (by >= 0) metres[at] = metres[arc_to[by]] + arc_metres[by]
    for (let slot = targetsAt[at]; slot >= 0; slot = nextTarget[slot]) {
      const target = targets[slot >> 1] as Snapped
      const atFrom = (slot & 1) === 0
      const part = atFrom ? target.fraction : 1 - target.fraction
      const arc = atFrom ? graph.link_backward[target.link] : graph.link_forward[target.link]
      improve(n + (slot >> 1), key + partSeconds(part, arc, arcSeconds), metres[at] + part * link_metres[target.link], at)
    }
    for (let i = in_first[at], end = in_first[at + 1]; i < end; i++) {
      const from = in_from[i]
      const s = key + arcSeconds[in_arc[i]]
      if (s >= seconds[from]) continue
      seconds[from] = s
      parent[from] = in_arc[i]
      heap.push(s, from)
    }
  }
  for (const target of targets) {
    if (!target) continue
    targetsAt[link_from[target.link]] = -1
    targetsAt[link_to[target.link]] = -1
  }
  // With `nearest`, a tentative time beyond the last settled target is not an answer.
  while (options.nearest !== undefined && heap.length > 0) {
    const key = heap.minKey
    const at = heap.pop()
    if (at >= n && key === seconds[at]) seconds[at] = metres[at] = Infinity
  }
  return targets.map((target, t) => ({
    seconds: target ? seconds[n + t] : Infinity,
    metres: target ? metres[n + t] : Infinity,
    off_road_m: target ? target.distance_m + incident.distance_m : 0,
  }))
}
