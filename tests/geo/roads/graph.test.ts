import { describe, expect, it } from 'vitest'
import { buildGraph, exportGraph, secondsAt } from '../../../geo/roads/graph.ts'
import { LEVEL_CROSSING_DELAY_S, classSpeedKmh, hourFactor, waterSpeedKmh } from '../../../geo/roads/speed.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, edge, node, randomTown } from './cases.ts'

describe('buildGraph', () => {
  const [a, b] = [node(10, 0, 0), node(20, 100, 0)]

  it('makes shape points nodes and honours one-way streets', () => {
    const bent = edge(0, a, b, { coordinates: [a.position, at(50, 40), b.position], oneway: -1 })
    const { nodes, edges } = exportGraph(buildGraph([a, b], [bent]))
    expect(nodes).toHaveLength(3)
    expect(edges.map(([from, to]) => `${from}>${to}`).sort()).toEqual(['1>2', '2>0'])
    expect(edges.reduce((sum, [, , s]) => sum + s, 0)).toBeCloseTo((2 * Math.hypot(50, 40)) / 10, 2)
  })

  it('charges a level crossing once, on the last metres before it', () => {
    const gate = node(2, 100, 0, true)
    const end = node(3, 200, 0)
    const graph = buildGraph([a, gate, end], [edge(0, a, gate), edge(1, gate, end)])
    const { edges } = exportGraph(graph)
    expect(edges.filter(([, to]) => to === 1).map(([, , s, m]) => [Math.round(m), Math.round(s - m / 10)])).toEqual([
      [5, LEVEL_CROSSING_DELAY_S],
      [5, LEVEL_CROSSING_DELAY_S],
    ])
    expect(edges.filter(([, to]) => to !== 1).every(([, , s, m]) => Math.abs(s - m / 10) < 1e-9)).toBe(true)
  })

  it('keeps its adjacency both ways, whatever the town', () => {
    const { nodes, edges } = randomTown(seededRandom(7), 60, 120)
    const graph = buildGraph(nodes, edges)
    for (let n = 0; n < graph.node_count; n++) {
      for (let arc = graph.out_first[n]; arc < graph.out_first[n + 1]; arc++) expect(graph.arc_from[arc]).toBe(n)
      for (let i = graph.in_first[n]; i < graph.in_first[n + 1]; i++) expect(graph.arc_to[graph.in_arc[i]]).toBe(n)
    }
    expect(new Set(graph.in_arc).size).toBe(graph.arc_count)
    for (let link = 0; link < graph.link_count; link++) {
      const { oneway } = graph.edges[graph.link_edge[link]]
      expect([graph.link_forward[link] >= 0, graph.link_backward[link] >= 0]).toEqual([oneway !== -1, oneway !== 1])
    }
  })

  it('refuses an edge to nowhere', () => {
    expect(() => buildGraph([a], [edge(5, a, b)])).toThrow(/edge 5/)
  })

  it('drives slower at the peak and never quicker than a free road; the gate keeps its length', () => {
    const town = randomTown(seededRandom(8), 30, 60)
    const graph = buildGraph(town.nodes, town.edges)
    const peak = secondsAt(graph, 16)
    expect(secondsAt(graph, null)).toEqual(graph.seconds)
    for (let arc = 0; arc < graph.arc_count; arc++)
      expect(peak[arc]).toBeCloseTo(graph.arc_drive[arc] * hourFactor(16) + graph.arc_delay[arc], 9)
    for (let hour = 0; hour < 24; hour++) expect(hourFactor(hour)).toBeGreaterThanOrEqual(1)
    expect(() => hourFactor(24)).toThrow(RangeError)
  })
})

describe('speeds', () => {
  it('knows the classes of both sources and their links', () => {
    expect(classSpeedKmh('Jalan Arteri Primer')).toBeGreaterThan(classSpeedKmh('Jalan Kolektor Sekunder'))
    expect(classSpeedKmh('Jalan Kolektor Sekunder')).toBeGreaterThan(classSpeedKmh('Jalan Lokal Sekunder'))
    expect(classSpeedKmh('primary_link')).toBe(classSpeedKmh('primary'))
    expect(classSpeedKmh('something')).toBe(25)
  })
  it('falls with depth to a stop', () => {
    const speeds = [1, 10, 20, 30, 50, 51].map(waterSpeedKmh)
    expect(speeds).toEqual([...speeds].sort((x, y) => y - x))
    expect(speeds.at(-1)).toBe(0)
    expect(waterSpeedKmh(20)).toBeCloseTo(12.4, 0)
    expect(waterSpeedKmh(null)).toBe(Infinity)
  })
})
