import { describe, expect, it } from 'vitest'
import { buildGraph, exportGraph, type RoadGraph } from '../../../geo/roads/graph.ts'
import { isochrone } from '../../../geo/roads/isochrone.ts'
import { nodeRoads } from '../../../geo/roads/node.ts'
import { routeTo } from '../../../geo/roads/route.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { createScratch, priceTargets } from '../../../geo/roads/search.ts'
import { createSnapper, type Snapped } from '../../../geo/roads/snap.ts'
import { placeTurns, type PlacedTurn, type RoadTurn } from '../../../geo/roads/turns.ts'
import type { RoadEdge, RoadNode } from '../../../geo/roads/types.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, bruteSeconds, edge, line, node, randomTown, randomTurns } from './cases.ts'

/** A crossroads at the origin with arms of 300 m, and a way round from the north arm's end to the east arm's. */
function crossroads(): { nodes: RoadNode[]; edges: RoadEdge[] } {
  const nodes = [node(0, 0, 0), node(1, 0, 300), node(2, 300, 0), node(3, 0, -300), node(4, -300, 0)]
  const [x, n, e, s, w] = nodes
  return { nodes, edges: [edge(10, s, x), edge(11, x, n), edge(12, x, e), edge(13, w, x), edge(14, n, e)] }
}
const turn = (from: [number, number], to: [number, number], more: Partial<RoadTurn> = {}): RoadTurn => ({
  source_row: 1,
  from: at(...from),
  via: at(1, 1),
  to: at(...to),
  seconds: null,
  only: false,
  ...more,
})

describe('turns at a crossroads, by hand', () => {
  const { nodes, edges } = crossroads()
  const seconds = (turns: RoadTurn[]): number => {
    const router = createRouter(buildGraph(nodes, edges, placeTurns(nodes, edges, turns).turns))
    // from 100 m south of the crossroads to 100 m east of it, at 10 m a second
    return router.price(at(100, 0), [at(0, -100)])[0].seconds
  }
  it('are free where nothing is known', () => expect(seconds([])).toBeCloseTo(20, 2))
  it('cost their delay', () => expect(seconds([turn([0, -50], [50, 0], { seconds: 7 })])).toBeCloseTo(27, 2))
  it('are driven round where forbidden: turning back at the next junction, not behind the crossroads', () =>
    expect(seconds([turn([0, -50], [50, 0])])).toBeCloseTo(10 + 30 + 30 + 10, 1))
  it('are forbidden too where only another is allowed', () =>
    expect(seconds([turn([0, -50], [0, 50], { only: true })])).toBeCloseTo(10 + 30 + 30 + 10, 1))
  it('hold in their own direction only', () => expect(seconds([turn([50, 0], [0, -50])])).toBeCloseTo(20, 2))
  it('that lie on no junction or along no road are told', () => {
    const { turns, dropped } = placeTurns(nodes, edges, [
      turn([0, -50], [50, 0], { via: at(200, 200), source_row: 7 }),
      turn([0, -50], [50, 60], { source_row: 8 }),
    ])
    expect(turns).toEqual([])
    expect(dropped.map(({ source_row }) => source_row)).toEqual([7, 8])
  })
  it('outlive a new noding of the roads', () => {
    const lines = [
      line([
        [0, -300],
        [0, 300],
      ]),
      line([
        [-300, 0],
        [300, 0],
      ]),
      line([
        [0, 300],
        [300, 0],
      ]),
    ]
    const network = nodeRoads(lines, { rails: [] })
    const placed = placeTurns(network.nodes, network.edges, [turn([0, -50], [50, 0], { seconds: 9 })])
    expect(placed.dropped).toEqual([])
    expect(placed.turns).toHaveLength(1)
  })
  it('at a node that is not there are refused', () =>
    expect(() => buildGraph(nodes, edges, [{ node: 99, from_edge: 10, to_edge: 11, seconds: 1 }])).toThrow(RangeError))
})

/**
 * The oracle: Bellman-Ford over (link, direction) as states, the cost of a turn looked up where two links meet at a drawn
 * node. Knows nothing of expanded nodes.
 */
function byStates(
  graph: RoadGraph,
  turns: readonly PlacedTurn[],
  nodes: readonly RoadNode[],
  incident: Snapped,
  targets: readonly Snapped[],
): number[] {
  const junctions = new Set(turns.map((each) => each.node))
  const touched = (e: RoadEdge): boolean => junctions.has(e.from_node) || junctions.has(e.to_node)
  const delay = new Map(turns.map((each) => [`${each.node} ${each.from_edge} ${each.to_edge}`, each.seconds]))
  const states = Array.from({ length: graph.link_count }, (_, link) => link).flatMap((link) => {
    const [a, b] = [graph.link_from[link], graph.link_to[link]]
    return [
      { link, tail: a, head: b, arc: graph.link_forward[link], share: incident.fraction },
      { link, tail: b, head: a, arc: graph.link_backward[link], share: 1 - incident.fraction },
    ].filter(({ arc }) => arc >= 0)
  })
  const between = (s: (typeof states)[number], t: (typeof states)[number]): number => {
    if (s.head !== t.tail) return Infinity
    const [from, to] = [graph.edges[graph.link_edge[s.link]], graph.edges[graph.link_edge[t.link]]]
    const meeting: RoadNode | undefined = nodes[s.head]
    if (meeting) return delay.get(`${meeting.id} ${from.id} ${to.id}`) ?? 0
    return s.link === t.link && touched(from) ? Infinity : 0
  }
  // seconds from the start of a state's link to the incident
  const best = states.map((s) => (s.link === incident.link ? s.share * graph.seconds[s.arc] : Infinity))
  for (let changed = true; changed;) {
    changed = false
    for (const [i, s] of states.entries()) {
      for (const [j, t] of states.entries()) {
        const via = graph.seconds[s.arc] + between(s, t) + best[j]
        if (via < best[i]) {
          best[i] = via
          changed = true
        }
      }
    }
  }
  return targets.map((target) => {
    let least = Infinity
    for (const s of states) {
      if (s.link !== target.link) continue
      const along = s.arc === graph.link_forward[s.link]
      const left = (along ? 1 - target.fraction : target.fraction) * graph.seconds[s.arc]
      for (const [j, t] of states.entries()) least = Math.min(least, left + between(s, t) + best[j])
      if (s.link !== incident.link) continue
      const ahead = along ? incident.fraction - target.fraction : target.fraction - incident.fraction
      if (ahead >= 0) least = Math.min(least, ahead * graph.seconds[s.arc])
    }
    return least
  })
}

describe('turns in random towns', () => {
  const random = seededRandom(61)
  const towns = Array.from({ length: 20 }, (_, round) => {
    const { nodes, edges } = randomTown(random, 6 + Math.floor(round / 2), 9 + round)
    const turns = randomTurns(random, edges, 6 + round)
    const graph = buildGraph(nodes, edges, turns)
    const { snap } = createSnapper(graph)
    // strictly inside its link: at a node itself "which way" has no answer
    const place = (): Snapped => {
      const found = snap(at(random() * 2000, random() * 2000)) as Snapped
      return { ...found, fraction: 0.05 + 0.9 * random() }
    }
    return {
      nodes,
      turns,
      graph,
      incident: place(),
      targets: Array.from({ length: 10 }, place),
      scratch: createScratch(graph),
    }
  })

  it('cost what a search over directed links says, which knows no expanded nodes', () => {
    let dearer = 0
    for (const { nodes, turns, graph, incident, targets, scratch } of towns) {
      const wanted = byStates(graph, turns, nodes, incident, targets)
      const free = byStates(graph, [], nodes, incident, targets)
      const found = priceTargets(scratch, incident, targets).map((price) => price.seconds)
      for (const [i, s] of found.entries()) {
        if (wanted[i] === Infinity) expect(s).toBe(Infinity)
        else expect(Math.abs(s - wanted[i])).toBeLessThanOrEqual(1e-6 * Math.max(1, wanted[i]))
        if (wanted[i] > free[i] + 0.001) dearer++
      }
    }
    expect(dearer).toBeGreaterThan(20)
  })

  it('are in the exported graph as expanded nodes, in the route and in the isochrone', () => {
    for (const { graph, incident, targets, scratch } of towns) {
      const exported = bruteSeconds(exportGraph(graph), graph, graph.seconds, targets, incident)
      const found = priceTargets(scratch, incident, targets)
      for (const [i, { seconds }] of found.entries()) {
        if (exported[i] === Infinity) expect(seconds).toBe(Infinity)
        else expect(Math.abs(seconds - exported[i])).toBeLessThanOrEqual(1e-6 * Math.max(1, exported[i]))
        expect(routeTo(scratch, targets[i], incident)?.seconds ?? Infinity).toBe(seconds)
        const outward = isochrone(scratch, [{ at: targets[i] }], Infinity).secondsTo(incident)
        if (seconds === Infinity) expect(outward).toBe(Infinity)
        else expect(outward).toBeCloseTo(seconds, 5)
      }
    }
  })

  it('never make a drive shorter', () => {
    for (const { nodes, graph, incident, targets, scratch } of towns) {
      const free = createScratch(buildGraph(nodes, graph.edges))
      const without = priceTargets(free, incident, targets)
      for (const [i, { seconds }] of priceTargets(scratch, incident, targets).entries())
        expect(seconds).toBeGreaterThanOrEqual(without[i].seconds - 1e-9)
    }
  })
})
