import { describe, expect, it } from 'vitest'
import { buildGraph, exportGraph } from '../../../geo/roads/graph.ts'
import { nameRoads } from '../../../geo/roads/name.ts'
import { nodeRoads } from '../../../geo/roads/node.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { seededRandom } from '../../helpers/random.ts'
import { bruteSeconds } from './cases.ts'
import { cityLines, cityRails, cityStreets, geodata } from './geodata.ts'

describe.skipIf(geodata === null)('the real city (skipped where GEODATA_DIR is absent)', () => {
  it('is one network of at least 165 km', () => {
    const network = nodeRoads(cityLines())
    expect(network.components[0].metres).toBeGreaterThan(165_000)
    expect(network.components[0].metres / network.components.reduce((sum, c) => sum + c.metres, 0)).toBeGreaterThan(
      0.998,
    )
    expect(network.nodes.length).toBeGreaterThan(340)
    expect(network.nodes.length).toBeLessThan(400)
    expect(network.edges.length).toBeGreaterThan(480)
    expect(network.edges.length).toBeLessThan(560)
  })

  it('meets the railway at its level crossings, once each', () => {
    const crossings = nodeRoads(cityLines(), { rails: cityRails() }).nodes.filter((n) => n.level_crossing)
    expect(crossings.length).toBeGreaterThanOrEqual(6)
    expect(crossings.length).toBeLessThanOrEqual(15)
  })

  it('takes names over from the street layer', () => {
    const edges = nameRoads(nodeRoads(cityLines()).edges, cityStreets())
    const named = edges.filter((e) => e.name !== null)
    expect(new Set(named.map((e) => e.name)).size).toBeGreaterThan(50)
    expect(named.reduce((sum, e) => sum + e.metres, 0)).toBeGreaterThan(40_000)
  })

  it('prices drives to RSUD Bendan as Bellman-Ford does', () => {
    const { nodes, edges } = nodeRoads(cityLines(), { rails: cityRails() })
    const graph = buildGraph(nodes, edges)
    const router = createRouter(graph)
    const random = seededRandom(21)
    const points = Array.from({ length: 30 }, (): [number, number] => [
      109.64 + random() * 0.07,
      -6.94 + random() * 0.08,
    ])
    const incident: [number, number] = [109.662, -6.89154]
    const [to, ...from] = [incident, ...points].map((p) => router.snap(p)).filter((s) => s !== null)
    const wanted = bruteSeconds(exportGraph(graph), graph, graph.seconds, from, to)
    const found = router.price(incident, points)
    for (const [i, price] of found.entries()) expect(Math.abs(price.seconds - wanted[i])).toBeLessThan(1e-6 * wanted[i])
    expect(Math.max(...wanted)).toBeLessThan(1800)
  })
})
