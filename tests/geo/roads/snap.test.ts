import { describe, expect, it } from 'vitest'
import { distanceM } from '../../../geo/earth.ts'
import { buildGraph } from '../../../geo/roads/graph.ts'
import { createSnapper } from '../../../geo/roads/snap.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, edge, node, randomTown } from './cases.ts'

describe('createSnapper', () => {
  it('finds what trying every link finds, inside and far outside the town', () => {
    const random = seededRandom(3)
    const { nodes, edges } = randomTown(random, 80, 100)
    const graph = buildGraph(nodes, edges)
    const { snap } = createSnapper(graph)
    for (let i = 0; i < 200; i++) {
      const spread = i % 5 === 0 ? 50_000 : 2400
      const point = at((random() - 0.1) * spread, (random() - 0.1) * spread)
      let least = Infinity
      for (let link = 0; link < graph.link_count; link++) {
        const [a, b] = [graph.link_from[link], graph.link_to[link]]
        for (let s = 0, low = 0, high = 1; s < 40; s++) {
          // Ternary search on the sphere: the distance along a segment has one minimum.
          const [m1, m2] = [low + (high - low) / 3, high - (high - low) / 3]
          const d = (t: number) =>
            distanceM(point, [
              graph.lon[a] + t * (graph.lon[b] - graph.lon[a]),
              graph.lat[a] + t * (graph.lat[b] - graph.lat[a]),
            ])
          if (d(m1) < d(m2)) high = m2
          else low = m1
          least = Math.min(least, d(low), d(high))
        }
      }
      const found = snap(point)
      expect(found).not.toBeNull()
      // The plane of the snapper and the sphere agree to 0.1 % this far out.
      expect(found?.distance_m).toBeGreaterThanOrEqual(least - 1e-3)
      expect(found?.distance_m).toBeLessThanOrEqual(least * 1.001 + 1e-3)
    }
  })

  it('lies along the link, not at a node', () => {
    const [a, b] = [node(0, 0, 0), node(1, 100, 0)]
    const found = createSnapper(buildGraph([a, b], [edge(0, a, b)])).snap(at(25, 7))
    expect(found?.fraction).toBeCloseTo(0.25, 6)
    expect(found?.distance_m).toBeCloseTo(7, 3)
    expect(found?.edge.id).toBe(0)
  })

  it('joins a place on a part cut off to the main network, unless asked for any road', () => {
    const [a, b, c, d] = [node(0, 0, 0), node(1, 100, 0), node(2, 0, 50), node(3, 100, 50)]
    const { snap } = createSnapper(buildGraph([a, b, c, d], [edge(0, a, b), edge(1, c, d, { component: 1 })]))
    expect(snap(at(50, 50))?.edge.id).toBe(0)
    expect(snap(at(50, 50), true)?.edge.id).toBe(1)
  })

  it('has no answer without roads or for a point that is none', () => {
    expect(createSnapper(buildGraph([], [])).snap(at(0, 0))).toBeNull()
    const [a, b] = [node(0, 0, 0), node(1, 100, 0)]
    expect(createSnapper(buildGraph([a, b], [edge(0, a, b)])).snap([NaN, 0])).toBeNull()
  })
})
