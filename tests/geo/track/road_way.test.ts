import { describe, expect, it } from 'vitest'
import { distanceM, fromLocalM, toLocalM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { buildGraph, exportGraph } from '../../../geo/roads/graph.ts'
import type { RoadGraph } from '../../../geo/roads/graph.ts'
import { segmentDistance } from '../../../geo/roads/plane.ts'
import { createSnapper } from '../../../geo/roads/snap.ts'
import { networkOf } from '../../../geo/track/drawn_roads.ts'
import { AHEAD_LIMIT_SECONDS, reckonAlong } from '../../../geo/track/reckon.ts'
import type { Fix } from '../../../geo/track/reckon.ts'
import { createRoadReader, ON_ROAD_M } from '../../../geo/track/road_way.ts'
import type { WayQuestion } from '../../../geo/track/road_way.ts'
import { alongWay } from '../../../geo/track/way.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, bruteSeconds, edge, node } from '../roads/cases.ts'

const SIDE = 8
const BLOCK_M = 100

/** A bent grid of streets, some of them one-way, one in eight missing. */
function town(random: () => number): RoadGraph {
  const place = (i: number) => i * BLOCK_M + (random() - 0.5) * 30
  const nodes = Array.from({ length: SIDE * SIDE }, (_, id) => node(id, place(id % SIDE), place(Math.floor(id / SIDE))))
  const edges: ReturnType<typeof edge>[] = []
  const join = (a: number, b: number) => {
    if (random() < 1 / 8) return
    const bend = at(
      ...(toLocalM(nodes[a].position, at(0, 0)).map(
        (v, i) => (v + toLocalM(nodes[b].position, at(0, 0))[i]) / 2 + (random() - 0.5) * 20,
      ) as [number, number]),
    )
    const coordinates = [nodes[a].position, bend, nodes[b].position]
    edges.push(edge(edges.length, nodes[a], nodes[b], { oneway: random() < 0.15 ? 1 : 0, coordinates }))
  }
  for (let id = 0; id < nodes.length; id++) {
    if (id % SIDE < SIDE - 1) join(id, id + 1)
    if (id < SIDE * (SIDE - 1)) join(id, id + SIDE)
  }
  return buildGraph(nodes, edges)
}

/** Metres from a place to the nearest road, by looking at every one. */
function offRoadM(graph: RoadGraph, place: LonLat): number {
  const p = toLocalM(place, graph.origin)
  let least = Infinity
  for (let l = 0; l < graph.link_count; l++) {
    const [a, b] = [graph.link_from[l], graph.link_to[l]]
    least = Math.min(least, segmentDistance(p, [graph.x[a], graph.y[a]], [graph.x[b], graph.y[b]]))
  }
  return least
}

const anywhere = (random: () => number) => at(random() * SIDE * BLOCK_M, random() * SIDE * BLOCK_M)

function question(random: () => number): WayQuestion {
  return {
    fix: anywhere(random),
    heading: random() < 0.1 ? null : random() * 360,
    speed_mps: random() < 0.1 ? 0 : 1 + random() * 25,
    accuracy_m: random() < 0.5 ? null : random() * 100,
    destination: random() < 0.6 ? anywhere(random) : null,
  }
}

describe('a unit along the road', () => {
  it('never outruns its last fix, and is always on a road or on the fix', () => {
    const random = seededRandom(61)
    let reckoned_moves = 0
    for (let round = 0; round < 12; round++) {
      const graph = town(random)
      const reader = createRoadReader(graph)
      for (let i = 0; i < 60; i++) {
        const asked = question(random)
        const way = reader.way(asked)
        const last: Fix = { location: asked.fix, at: 100_000, speed_kmh: null, heading: null }
        const motion = { speed_mps: asked.speed_mps, heading: asked.heading }
        let before = -1
        for (const age of [-50, 0, 0.5, 3, 9, 10, 25, 60, 61, 700]) {
          const { location, ahead_m } = reckonAlong(last, motion, way, last.at + age * 1000)
          const limit_m = asked.speed_mps * AHEAD_LIMIT_SECONDS
          const matched_m = way ? distanceM(asked.fix, way.coordinates[0]) : 0
          expect(ahead_m).toBeLessThanOrEqual(limit_m + 1e-9)
          expect(distanceM(asked.fix, location)).toBeLessThanOrEqual(limit_m + matched_m + 0.01)
          const on_fix = distanceM(asked.fix, location) === 0
          if (!on_fix) expect(offRoadM(graph, location)).toBeLessThan(0.5)
          if (age > 60) expect(on_fix).toBe(true)
          else {
            expect(ahead_m).toBeGreaterThanOrEqual(before)
            before = ahead_m
          }
          if (ahead_m > 0) reckoned_moves++
        }
      }
    }
    expect(reckoned_moves).toBeGreaterThan(500)
  })

  it('is timed as the road graph itself is, by an oracle that looks at every way', () => {
    const random = seededRandom(62)
    let compared = 0
    for (let round = 0; round < 6; round++) {
      const graph = town(random)
      const reader = createRoadReader(graph)
      const { snap } = createSnapper(graph)
      const exported = exportGraph(graph)
      for (let i = 0; i < 12; i++) {
        const [fix, destination] = [anywhere(random), anywhere(random)]
        const [from, to] = [snap(fix), snap(destination)]
        if (!from || !to) continue
        const way = reader.way({ fix, heading: null, speed_mps: 0, accuracy_m: null, destination })
        const [brute] = bruteSeconds(exported, graph, graph.seconds, [from], to)
        if (brute === Infinity) expect(way).toBeNull()
        else {
          expect(way?.seconds).toBeCloseTo(brute, 6)
          expect(way?.coordinates.at(-1)).toEqual(destination)
          // Standing: drawn and timed, never reckoned.
          expect(way?.ahead_m).toBe(0)
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(30)
  })

  const crossroads = () => {
    const nodes = [node(0, 0, 0), node(1, 200, 0), node(2, 400, 0), node(3, 200, 200), node(4, 600, 0)]
    const edges = [
      edge(0, nodes[0], nodes[1]),
      edge(1, nodes[1], nodes[2]),
      edge(2, nodes[1], nodes[3]),
      edge(3, nodes[2], nodes[4]),
    ]
    return createRoadReader(buildGraph(nodes, edges))
  }
  const eastward = (more: Partial<WayQuestion> = {}): WayQuestion => ({
    fix: at(150, 6),
    heading: 80,
    speed_mps: 20,
    accuracy_m: 5,
    destination: null,
    ...more,
  })

  it('stops at a junction where nobody knows the way, and takes the turn towards its incident', () => {
    const reader = crossroads()
    expect(reader.way(eastward())?.ahead_m).toBeCloseTo(50, 0)
    const turning = reader.way(eastward({ destination: at(205, 180) }))
    expect(turning?.coordinates[1].map((v, i) => v - at(200, 0)[i])).toEqual([0, 0])
    expect(distanceM(alongWay(turning!, 150), at(200, 100))).toBeLessThan(1)
    // Past the last junction there is one way on: as far as its limit.
    expect(reader.way(eastward({ fix: at(300, 0) }))?.ahead_m).toBeGreaterThan(200)
  })

  it('does not guess what a driver does who comes away from his incident', () => {
    const away = crossroads().way(eastward({ fix: at(250, 0), destination: at(20, 0) }))
    expect(away?.ahead_m).toBeCloseTo(150, 0)
  })

  it('stays on its fix off the road, and when a longitude comes with the wrong sign', () => {
    const reader = crossroads()
    expect(reader.way(eastward({ fix: at(150, ON_ROAD_M + 5) }))).toBeNull()
    expect(reader.way(eastward({ fix: [-109.67, -6.89] }))).toBeNull()
    expect(reader.way(eastward({ fix: [NaN, -6.89] }))).toBeNull()
  })

  it('drives no road against its direction, and into none that is shut', () => {
    const nodes = [node(0, 0, 0), node(1, 200, 0), node(2, 400, 0)]
    const graph = buildGraph(nodes, [edge(0, nodes[0], nodes[1], { oneway: -1 }), edge(1, nodes[1], nodes[2])])
    expect(createRoadReader(graph).way(eastward({ fix: at(100, 0) }))).toBeNull()
    const open = buildGraph(nodes, [edge(0, nodes[0], nodes[1]), edge(1, nodes[1], nodes[2])])
    const shut = open.seconds.map((s, arc) => (open.link_edge[open.arc_link[arc]] === 1 ? Infinity : s))
    expect(createRoadReader(open).way(eastward({ fix: at(100, 0) }), shut)?.ahead_m).toBeCloseTo(100, 0)
  })
})

describe('the network of the base map', () => {
  it('joins roads by their ends, and waits at level crossings', () => {
    const line = (points: [number, number][]) => points.map(([x, y]) => fromLocalM([x, y], [109.67, -6.89]))
    const road = { name: null, class: 'residential', oneway: 0 as const, speed_kmh: 36, waits: 0 }
    const { nodes, edges } = networkOf([
      {
        ...road,
        coordinates: line([
          [0, 0],
          [100, 0],
        ]),
        waits: 2,
      },
      {
        ...road,
        coordinates: line([
          [100, 0],
          [100, 100],
          [200, 100],
        ]),
      },
      { ...road, coordinates: line([[0, 0]]) },
    ])
    expect(nodes.map((n) => n.level_crossing)).toEqual([false, true, false])
    expect(edges.map(({ from_node, to_node, metres }) => [from_node, to_node, Math.round(metres)])).toEqual([
      [0, 1, 100],
      [1, 2, 200],
    ])
  })
})
