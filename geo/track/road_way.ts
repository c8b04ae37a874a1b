import { distanceM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import type { RoadGraph } from '../roads/graph.ts'
import { createScratch, leavesBy, partSeconds, priceTargets } from '../roads/search.ts'
import type { Scratch } from '../roads/search.ts'
import { createSnapper } from '../roads/snap.ts'
import type { Snapped } from '../roads/snap.ts'
import { AHEAD_LIMIT_SECONDS } from './reckon.ts'
import { createMatcher } from './road_match.ts'
import type { Matched } from './road_match.ts'
import type { RoadWay } from './way.ts'

export interface WayQuestion {
  fix: LonLat
  /** Degrees clockwise from north; null: it stands. */
  heading: number | null
  speed_mps: number
  /** As the phone says; null: not said. */
  accuracy_m: number | null
  destination: LonLat | null
}

export interface RoadReader {
  /** Null: the fix lies on no road, and nothing leads from it to its destination. */
  way(question: WayQuestion, seconds?: Float64Array): RoadWay | null
}

/** A fix may lie this far from the road it is on; a phone that says more of itself is believed, up to a limit. */
export const ON_ROAD_M = 25
const ON_ROAD_MOST_M = 60

/** Follows units along a road graph. It holds the index and the working memory, so keep it. */
export function createRoadReader(graph: RoadGraph): RoadReader {
  const { snap } = createSnapper(graph)
  const match = createMatcher(graph)
  const scratch = createScratch(graph)
  return {
    way(question, seconds = graph.seconds) {
      const { fix, heading, speed_mps, accuracy_m, destination } = question
      const goal = destination && snap(destination, true)
      const reach_m = Math.min(ON_ROAD_MOST_M, Math.max(ON_ROAD_M, accuracy_m ?? 0))
      const on = heading === null || speed_mps === 0 ? null : match(fix, heading, reach_m)
      if (on) {
        const line = new Line(graph, on)
        if (destination && goal && towards(line, scratch, on, goal, destination, seconds)) return line.done()
        onward(line, graph, on, speed_mps * AHEAD_LIMIT_SECONDS, seconds)
        return line.done()
      }
      if (!destination || !goal) return null
      return standing(graph, scratch, snap(fix, true), goal, destination, seconds)
    },
  }
}

/** The way as it grows. */
class Line {
  private readonly coordinates: LonLat[]
  private readonly metres = [0]
  /** Metres to where the way is not known any more; null: all that was added. */
  known_m: number | null = null
  seconds: number | null = null

  constructor(
    private readonly graph: RoadGraph,
    start: { position: LonLat },
  ) {
    this.coordinates = [start.position]
  }

  get length_m(): number {
    return this.metres[this.metres.length - 1]
  }

  to(position: LonLat): void {
    const step = distanceM(this.coordinates[this.coordinates.length - 1], position)
    if (step === 0) return
    this.coordinates.push(position)
    this.metres.push(this.length_m + step)
  }

  toNode(node: number): void {
    this.to([this.graph.lon[node], this.graph.lat[node]])
  }

  done(): RoadWay {
    const { coordinates, metres, seconds } = this
    return { coordinates, metres, seconds, ahead_m: this.known_m ?? this.length_m }
  }
}

/** On in the direction of travel and by the fastest way from there; false: no road leads to the goal. */
function towards(
  line: Line,
  scratch: Scratch,
  on: Matched,
  goal: Snapped,
  destination: LonLat,
  seconds: Float64Array,
): boolean {
  const { graph } = scratch
  const finish = (): boolean => {
    line.known_m ??= line.length_m
    line.to(destination)
    return true
  }
  const span = (goal.fraction - on.fraction) * (on.forward ? 1 : -1)
  if (goal.link === on.link && span >= 0) {
    line.seconds = finite(partSeconds(span, on.arc, seconds))
    line.to(goal.position)
    return finish()
  }
  priceTargets(scratch, goal, [on], { seconds })
  const first = graph.arc_to[on.arc]
  if (scratch.seconds[first] === Infinity) return false
  const rest = on.forward ? 1 - on.fraction : on.fraction
  line.seconds = finite(partSeconds(rest, on.arc, seconds) + scratch.seconds[first])
  line.toNode(first)
  // Where the quickest way is back by which it came, nobody knows what the driver is about to do.
  if (scratch.parent[first] >= 0 && graph.arc_link[scratch.parent[first]] === on.link) line.known_m = line.length_m
  follow(line, scratch, first)
  line.to(goal.position)
  return finish()
}

function follow(line: Line, { graph, parent }: Scratch, first: number): void {
  for (let node = first, arc = parent[node]; arc >= 0; arc = parent[node]) {
    node = graph.arc_to[arc]
    line.toNode(node)
  }
}

/** Straight along its road while there is only one way on: no further than `reach_m`, and never into a road that is shut. */
function onward(line: Line, graph: RoadGraph, on: Matched, reach_m: number, seconds: Float64Array): void {
  let { arc } = on
  for (;;) {
    line.toNode(graph.arc_to[arc])
    if (line.length_m >= reach_m) return
    const next = onlyWayOn(graph, arc)
    if (next < 0 || seconds[next] === Infinity) return
    arc = next
  }
}

/** The one arc that goes on from the end of `arc`; -1 at a junction, an end, and where a road only comes in. */
function onlyWayOn(graph: RoadGraph, arc: number): number {
  const node = graph.arc_to[arc]
  let next = -1
  for (let out = graph.out_first[node]; out < graph.out_first[node + 1]; out++) {
    if (graph.arc_link[out] === graph.arc_link[arc]) continue
    if (next >= 0) return -1
    next = out
  }
  return next
}

/** The quickest way of a unit that stands, or is on no road: to be drawn and timed, not to be reckoned along. */
function standing(
  graph: RoadGraph,
  scratch: Scratch,
  from: Snapped | null,
  goal: Snapped,
  destination: LonLat,
  seconds: Float64Array,
): RoadWay | null {
  if (!from) return null
  const [price] = priceTargets(scratch, goal, [from], { seconds })
  const first = leavesBy(scratch, goal, from, seconds)
  if (first === null) return null
  const line = new Line(graph, from)
  line.known_m = 0
  line.seconds = price.seconds
  if (first >= 0) {
    line.toNode(first)
    follow(line, scratch, first)
  }
  line.to(goal.position)
  line.to(destination)
  return line.done()
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
