import { describe, expect, it } from 'vitest'
import { applyClosures, closedLinks } from '../../../geo/roads/closures.ts'
import type { ClosureGeometry } from '../../../geo/roads/closures.ts'
import { buildGraph } from '../../../geo/roads/graph.ts'
import { at, edge, node } from './cases.ts'

// A row of three 100 m links, and one across at each end.
const nodes = [node(0, 0, 0), node(1, 100, 0), node(2, 200, 0), node(3, 300, 0), node(4, 0, 100), node(5, 300, 100)]
const edges = [
  [0, 1],
  [1, 2],
  [2, 3],
  [0, 4],
  [3, 5],
].map(([a, b], id) => edge(id, nodes[a], nodes[b]))
const graph = buildGraph(nodes, edges)
const square = (x0: number, y0: number, x1: number, y1: number) => [
  at(x0, y0),
  at(x1, y0),
  at(x1, y1),
  at(x0, y1),
  at(x0, y0),
]
const closed = (geometry: ClosureGeometry): number[] => closedLinks(graph, geometry).sort((a, b) => a - b)

describe('closedLinks', () => {
  it('takes what is inside an area or passes through it', () => {
    expect(closed({ type: 'Polygon', coordinates: [square(120, -10, 180, 10)] })).toEqual([1])
    expect(
      closed({ type: 'MultiPolygon', coordinates: [[square(-10, 50, 10, 120)], [square(290, 90, 310, 110)]] }),
    ).toEqual([3, 4])
  })
  it('leaves what stands in a hole open', () => {
    expect(closed({ type: 'Polygon', coordinates: [square(-50, -50, 350, 200), square(-20, -20, 320, 120)] })).toEqual(
      [],
    )
  })
  it('takes the road a line was drawn along, not the ones it meets', () => {
    expect(closed({ type: 'LineString', coordinates: [at(100, 8), at(150, 5), at(200, 8)] })).toEqual([1])
    expect(closed({ type: 'LineString', coordinates: [at(0, 20), at(300, 20)] })).toEqual([])
    expect(closed({ type: 'LineString', coordinates: [at(150, -10), at(150, 10)] })).toEqual([])
  })
  it('takes the road at a point', () => {
    expect(closed({ type: 'Point', coordinates: at(250, 12) })).toEqual([2])
    expect(closed({ type: 'Point', coordinates: at(250, 40) })).toEqual([])
  })
})

describe('applyClosures', () => {
  const geometry: ClosureGeometry = { type: 'Polygon', coordinates: [square(120, -10, 180, 10)] }
  const ratio = (speed_factor: number, depth_cm: number | null): number =>
    applyClosures(graph, [{ geometry, speed_factor, depth_cm }])[graph.link_forward[1]] /
    graph.seconds[graph.link_forward[1]]

  it('slows both directions by the factor, shuts at 0, and leaves the rest', () => {
    expect(ratio(0.5, null)).toBeCloseTo(2, 9)
    expect(ratio(0, null)).toBe(Infinity)
    const seconds = applyClosures(graph, [{ geometry, speed_factor: 0, depth_cm: null }])
    expect([...seconds].filter((s) => s === Infinity)).toHaveLength(2)
    expect(graph.seconds.every((s) => s < Infinity)).toBe(true)
  })
  it('lets the slower of water and factor count', () => {
    expect(ratio(1, 20)).toBeCloseTo(36 / 12.37, 1)
    expect(ratio(0.1, 20)).toBeCloseTo(10, 6)
    expect(ratio(1, 80)).toBe(Infinity)
  })
  it('does not multiply closures that lie over each other', () => {
    const twice = applyClosures(graph, [
      { geometry, speed_factor: 0.5, depth_cm: null },
      { geometry, speed_factor: 0.25, depth_cm: null },
    ])
    expect(twice[graph.link_forward[1]]).toBeCloseTo(4 * graph.seconds[graph.link_forward[1]], 9)
  })
})
