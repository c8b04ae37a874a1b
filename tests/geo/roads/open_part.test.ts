import { describe, expect, it } from 'vitest'
import { buildGraph } from '../../../geo/roads/graph.ts'
import { openPart } from '../../../geo/roads/open_part.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, edge, node, randomTown } from './cases.ts'

describe('openPart', () => {
  it('is everything where nothing is shut', () => {
    const [a, b] = [node(0, 0, 0), node(1, 100, 0)]
    const graph = buildGraph([a, b], [edge(0, a, b)])
    expect(openPart(graph, graph.seconds)).toBeNull()
  })

  it('is the longest set of open links that hang together, as flooding from each link finds it', () => {
    const random = seededRandom(31)
    for (let town = 0; town < 20; town++) {
      const { nodes, edges } = randomTown(random, 40, 50)
      const graph = buildGraph(nodes, edges)
      const seconds = graph.seconds.map((s) => (random() < 0.35 ? Infinity : s))
      const isOpen = (link: number) =>
        [graph.link_forward[link], graph.link_backward[link]].some((arc) => arc >= 0 && Number.isFinite(seconds[arc]))
      const ends = (link: number) => [graph.link_from[link], graph.link_to[link]]
      let longest = { metres: 0, links: new Set<number>() }
      const seen = new Set<number>()
      for (let first = 0; first < graph.link_count; first++) {
        if (seen.has(first) || !isOpen(first)) continue
        const links = new Set([first])
        for (const link of links)
          for (let next = 0; next < graph.link_count; next++)
            if (!links.has(next) && isOpen(next) && ends(next).some((end) => ends(link).includes(end))) links.add(next)
        for (const link of links) seen.add(link)
        const metres = [...links].reduce((sum, link) => sum + graph.link_metres[link], 0)
        if (metres > longest.metres) longest = { metres, links }
      }
      const part = openPart(graph, seconds)
      expect([...(part ?? [])].flatMap((one, link) => (one ? [link] : []))).toEqual(
        [...longest.links].sort((a, b) => a - b),
      )
    }
  })
})

describe('a drive into a shut area', () => {
  // 0 ── 1 ── 2 ── 3, the middle shut.
  const nodes = [node(0, 0, 0), node(1, 1000, 0), node(2, 1200, 0), node(3, 1300, 0)]
  const edges = [edge(0, nodes[0], nodes[1]), edge(1, nodes[1], nodes[2]), edge(2, nodes[2], nodes[3])]
  const graph = buildGraph(nodes, edges)
  const router = createRouter(graph)
  const seconds = graph.seconds.map((s, arc) =>
    graph.edges[graph.link_edge[graph.arc_link[arc]]].id === 1 ? Infinity : s,
  )

  it('is priced to its edge, and says so', () => {
    const [price] = router.price(at(1100, 5), [at(0, 0)], { seconds })
    expect(price.shut_end).toBe(true)
    expect(price.metres).toBeCloseTo(1000, 0)
    expect(price.off_road_m).toBeCloseTo(100, 0)
  })

  it('leads out of a pocket that is cut off, too', () => {
    const [price] = router.price(at(100, 0), [at(1290, 5)], { seconds })
    expect(price).toMatchObject({ shut_end: true })
    expect(price.metres).toBeCloseTo(900, 0)
  })

  it('is as ever where neither end is shut', () => {
    const [price] = router.price(at(100, 0), [at(900, 0)], { seconds })
    expect(price).toMatchObject({ shut_end: false })
    expect(price.metres).toBeCloseTo(800, 0)
  })
})
