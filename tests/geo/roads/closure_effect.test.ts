import { describe, expect, it } from 'vitest'
import { applyClosures, closedLinks, type ClosureGeometry, type RoadClosure } from '../../../geo/roads/closures.ts'
import { closureEffect } from '../../../geo/roads/closure_effect.ts'
import { buildGraph, secondsAt } from '../../../geo/roads/graph.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { stretchBetween, stretchOfStreet } from '../../../geo/roads/stretch.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, edge, node, randomTown, randomTurns } from './cases.ts'

const square = (x: number, y: number, side: number): ClosureGeometry => ({
  type: 'Polygon',
  coordinates: [[at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side), at(x, y)]],
})

function randomClosure(random: () => number): RoadClosure {
  const spot = () => at(random() * 2000, random() * 2000)
  const geometry: ClosureGeometry =
    random() < 0.6
      ? square(random() * 2000, random() * 2000, 50 + random() * 600)
      : random() < 0.5
        ? { type: 'LineString', coordinates: [spot(), spot()] }
        : { type: 'Point', coordinates: spot() }
  return {
    geometry,
    speed_factor: random() < 0.3 ? 0 : random(),
    depth_cm: random() < 0.5 ? null : Math.floor(random() * 80),
  }
}

describe.each([
  ['a random town', 0],
  ['a random town with turn delays and bans', 60],
])('closures of %s', (_which, turns) => {
  const random = seededRandom(41 + turns)
  const { nodes, edges } = randomTown(random, 60, 110)
  const graph = buildGraph(nodes, edges, randomTurns(random, edges, turns))
  const router = createRouter(graph)
  const places = Array.from({ length: 25 }, () => at(random() * 2000, random() * 2000))
  const etas = (seconds?: Float64Array) =>
    places.slice(0, 4).map((incident) => router.price(incident, places, { seconds }))

  it('never make any drive shorter at any hour, not one to a shut place either, and let go bit for bit', () => {
    for (let round = 0; round < 24; round++) {
      const free = secondsAt(graph, round)
      const before = etas(free)
      const closures = Array.from({ length: 1 + Math.floor(random() * 4) }, () => randomClosure(random))
      const seconds = applyClosures(graph, closures, free)
      expect(seconds.every((s, arc) => s >= free[arc])).toBe(true)
      // The more is closed, the slower: each closure alone is no slower than all together, in whatever order they come.
      for (const one of closures)
        expect(applyClosures(graph, [one], free).every((s, arc) => s <= seconds[arc])).toBe(true)
      expect(applyClosures(graph, [...closures].reverse(), free)).toEqual(seconds)
      expect(applyClosures(graph, [...closures, ...closures], free)).toEqual(seconds)
      for (const [i, prices] of etas(seconds).entries())
        for (const [j, price] of prices.entries())
          expect(price.seconds).toBeGreaterThanOrEqual(before[i][j].seconds * (1 - 1e-12))
      expect(etas(applyClosures(graph, [], free))).toEqual(before)
    }
  })

  it('everywhere leave nobody on a road, and break nothing', () => {
    const everywhere = { geometry: square(-500, -500, 4000), speed_factor: 0, depth_cm: null }
    const effect = closureEffect(graph, [everywhere])
    expect(effect.closed_m).toBeCloseTo(
      graph.link_metres.reduce((sum, m) => sum + m, 0),
      6,
    )
    expect(effect.slowed_m).toBe(0)
    for (const prices of etas(applyClosures(graph, [everywhere])))
      expect(prices.every(({ seconds }) => seconds === Infinity)).toBe(true)
  })

  it('tell each road once: what is told of all lies between the largest and the sum', () => {
    for (let round = 0; round < 30; round++) {
      const closures = Array.from({ length: 3 }, () => randomClosure(random))
      const alone = closures.map((one) => closureEffect(graph, [one]))
      const all = closureEffect(graph, closures)
      const touched = (effect: typeof all) => effect.closed_m + effect.slowed_m
      expect(touched(all)).toBeLessThanOrEqual(alone.reduce((sum, one) => sum + touched(one), 0) + 1e-6)
      for (const one of alone) {
        expect(touched(all)).toBeGreaterThanOrEqual(touched(one) - 1e-6)
        expect(all.closed_m).toBeGreaterThanOrEqual(one.closed_m - 1e-6)
      }
    }
  })
})

// Two blocks: Kartini along the bottom, in two edges, Bandung up the middle.
const nodes = [node(0, 0, 0), node(1, 200, 0), node(2, 400, 0), node(3, 200, 300), node(4, 5000, 0), node(5, 5200, 0)]
const named = (name: string) => ({ name, speed_kmh: 36 })
const edges = [
  edge(0, nodes[0], nodes[1], named('Jl. Kartini')),
  edge(1, nodes[1], nodes[2], { ...named('Jl. Kartini'), oneway: 1 }),
  edge(2, nodes[1], nodes[3], named('Jl. Bandung')),
  edge(3, nodes[4], nodes[5], { ...named('Jl. Kartini'), component: 1 }),
]
const graph = buildGraph(nodes, edges)
const router = createRouter(graph)

describe('closureEffect', () => {
  it('parts what is shut from what is slow, names the roads, and draws them', () => {
    const rob = { geometry: square(-10, -10, 220), speed_factor: 1, depth_cm: 30 }
    const shut: RoadClosure = { geometry: { type: 'Point', coordinates: at(300, 5) }, speed_factor: 0, depth_cm: null }
    const effect = closureEffect(graph, [rob, shut])
    expect(effect.closed_m).toBeCloseTo(200, 3)
    expect(effect.slowed_m).toBeCloseTo(500, 3)
    expect(effect.streets).toEqual(['Jl. Kartini', 'Jl. Bandung'])
    expect(effect.closed).toHaveLength(1)
  })
  it('is nothing where a shape lies beside every road, and where the water holds nobody up', () => {
    const beside = closureEffect(graph, [{ geometry: square(20, 40, 50), speed_factor: 0, depth_cm: null }])
    expect(beside).toEqual({ closed_m: 0, slowed_m: 0, streets: [], closed: [], slowed: [] })
    const wet = closureEffect(graph, [{ geometry: square(-10, -10, 500), speed_factor: 1, depth_cm: 1 }])
    expect(wet.slowed_m).toBe(0)
  })
})

describe('a stretch', () => {
  it('follows the road between two places beside it, whichever way a street runs, and closes just that', () => {
    const stretch = stretchBetween(router, at(390, 12), at(40, -9))
    if (!stretch) throw new Error('no stretch')
    expect(stretch.lines[0]).toHaveLength(3)
    const links = closedLinks(graph, { type: 'LineString', coordinates: stretch.lines[0] })
    expect(links.map((link) => graph.edges[graph.link_edge[link]].name)).toEqual(['Jl. Kartini', 'Jl. Kartini'])
  })
  it('is none between a place and itself, or where no road leads', () => {
    expect(stretchBetween(router, at(40, 0), at(40, 0))).toBeNull()
  })
  it('by the name of a street is the one nearby, however its name is written', () => {
    const street = stretchOfStreet(graph, 'jalan KARTINI', at(0, 0))
    expect(street?.lines.flat()).toHaveLength(4)
    expect(stretchOfStreet(graph, 'Kartini', at(5100, 0))?.lines).toHaveLength(1)
    expect(stretchOfStreet(graph, 'Jl. Sudirman', at(0, 0))).toBeNull()
  })
})
