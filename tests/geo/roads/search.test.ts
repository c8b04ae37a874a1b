import { describe, expect, it } from 'vitest'
import { distanceM } from '../../../geo/earth.ts'
import { applyClosures } from '../../../geo/roads/closures.ts'
import { buildGraph, exportGraph } from '../../../geo/roads/graph.ts'
import { isochrone } from '../../../geo/roads/isochrone.ts'
import { routeTo } from '../../../geo/roads/route.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { createScratch, priceTargets } from '../../../geo/roads/search.ts'
import type { Snapped } from '../../../geo/roads/snap.ts'
import { createSnapper } from '../../../geo/roads/snap.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, bruteSeconds, edge, node, onLink, randomTown } from './cases.ts'

const same = (found: number, wanted: number): void => {
  if (wanted === Infinity || found === Infinity) expect(found).toBe(wanted)
  else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1e-3, wanted))
}

describe('priceTargets', () => {
  const random = seededRandom(11)
  const towns = Array.from({ length: 25 }, (_, round) => {
    const { nodes, edges } = randomTown(random, 8 + round, 10 + 2 * round)
    const graph = buildGraph(nodes, edges)
    const corner = [random() * 1500, random() * 1500] as const
    const area = [
      [0, 0],
      [400, 0],
      [400, 400],
      [0, 400],
      [0, 0],
    ].map(([x, y]) => at(corner[0] + x, corner[1] + y))
    const seconds = applyClosures(graph, [
      { geometry: { type: 'Polygon', coordinates: [area] }, speed_factor: [0, 0.4, 0.011][round % 3], depth_cm: null },
    ])
    const { snap } = createSnapper(graph)
    const place = (): Snapped => {
      const found = snap(at(random() * 2000, random() * 2000)) as Snapped
      // Some stand exactly on a node, some all on the incident's link.
      return random() < 0.1 ? onLink(graph, found, random() < 0.5 ? 0 : 1) : found
    }
    const incident = place()
    const targets = Array.from({ length: 12 }, (_, i) => (i < 3 ? onLink(graph, incident, random()) : place()))
    return { graph, seconds, incident, targets, scratch: createScratch(graph) }
  })

  it('equals Bellman-Ford over the exported graph, closures and one-way streets included', () => {
    let reached = 0
    for (const { graph, seconds, incident, targets, scratch } of towns) {
      const wanted = bruteSeconds(exportGraph(graph, seconds), graph, seconds, targets, incident)
      const found = priceTargets(scratch, incident, targets, { seconds })
      for (const [i, price] of found.entries()) {
        same(price.seconds, wanted[i])
        expect(Number.isFinite(price.metres)).toBe(Number.isFinite(wanted[i]))
        if (wanted[i] < Infinity) reached++
      }
    }
    expect(reached).toBeGreaterThan(100)
  })

  it('answers alike when the scratch is used again, and for one target as for many', () => {
    for (const { seconds, incident, targets, scratch } of towns) {
      const all = priceTargets(scratch, incident, targets, { seconds })
      for (const [i, target] of targets.entries())
        expect(priceTargets(scratch, incident, [target], { seconds })[0]).toEqual(all[i])
      expect(priceTargets(scratch, incident, [null, ...targets], { seconds }).slice(1)).toEqual(all)
    }
  })

  it('never gets quicker by closing', () => {
    for (const { seconds, incident, targets, scratch } of towns) {
      const open = priceTargets(scratch, incident, targets)
      const closed = priceTargets(scratch, incident, targets, { seconds })
      for (const i of open.keys()) expect(closed[i].seconds).toBeGreaterThanOrEqual(open[i].seconds)
    }
  })

  it('drives the route it priced', () => {
    for (const { seconds, incident, targets, scratch } of towns) {
      const prices = priceTargets(scratch, incident, targets, { seconds })
      for (const [i, target] of targets.entries()) {
        const route = routeTo(scratch, target, incident, seconds)
        if (prices[i].seconds === Infinity) {
          expect(route).toBeNull()
          continue
        }
        if (!route) throw new Error('no route')
        same(route.seconds, prices[i].seconds)
        const drawn = route.coordinates.reduce((sum, c, k) => sum + (k ? distanceM(route.coordinates[k - 1], c) : 0), 0)
        expect(Math.abs(drawn - prices[i].metres)).toBeLessThan(0.01 + 1e-4 * drawn)
        expect(route.elapsed_seconds).toEqual([...route.elapsed_seconds].sort((a, b) => a - b))
      }
    }
  })

  it('reaches outward what it prices inward', () => {
    for (const { seconds, incident, targets, scratch } of towns) {
      const reach = targets.map((target) => isochrone(scratch, [{ at: target }], Infinity, seconds).secondsTo(incident))
      const prices = priceTargets(scratch, incident, targets, { seconds })
      for (const [i, s] of reach.entries()) same(s, prices[i].seconds)
    }
  })

  it('stops an isochrone at its limit and counts the delay of a source', () => {
    const { scratch, targets, incident, graph } = towns[24]
    const whole = isochrone(
      scratch,
      targets.map((at) => ({ at })),
      Infinity,
    )
    const part = isochrone(
      scratch,
      targets.map((at) => ({ at })),
      60,
    )
    const late = isochrone(
      scratch,
      targets.map((at) => ({ at, delay_seconds: 80 })),
      Infinity,
    )
    for (let n = 0; n < graph.node_count; n++) {
      expect(part.node_seconds[n]).toBe(whole.node_seconds[n] <= 60 ? whole.node_seconds[n] : Infinity)
      same(late.node_seconds[n], whole.node_seconds[n] + 80)
    }
    expect(whole.secondsTo(incident)).toBeLessThanOrEqual(late.secondsTo(incident))
  })
})

describe('one street, by hand', () => {
  const [a, b] = [node(0, 0, 0), node(1, 1000, 0)]

  it('drives along a link at its speed; the straight legs are metres, not seconds', () => {
    const router = createRouter(buildGraph([a, b], [edge(0, a, b)]))
    const [price] = router.price(at(700, 30), [at(200, 10)])
    expect(price.seconds).toBeCloseTo(50, 2)
    expect(price.metres).toBeCloseTo(500, 0)
    expect(price.off_road_m).toBeCloseTo(40, 1)
    expect(router.route(at(200, 10), at(700, 30))?.names).toEqual(['Jl. 0'])
  })

  it('cannot go back on a one-way street', () => {
    const router = createRouter(buildGraph([a, b], [edge(0, a, b, { oneway: 1 })]))
    expect(router.price(at(700, 0), [at(200, 0)])[0].seconds).toBeCloseTo(50, 2)
    expect(router.price(at(200, 0), [at(700, 0), null]).map((p) => p.seconds)).toEqual([Infinity, Infinity])
    expect(router.route(at(700, 0), at(200, 0))).toBeNull()
  })
})
