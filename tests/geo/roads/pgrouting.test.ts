import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { buildGraph, exportGraph } from '../../../geo/roads/graph.ts'
import type { RoadGraph } from '../../../geo/roads/graph.ts'
import { nodeRoads } from '../../../geo/roads/node.ts'
import { createScratch, priceTargets } from '../../../geo/roads/search.ts'
import { createSnapper, type Snapped } from '../../../geo/roads/snap.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, onLink, placeArcs, randomTown, randomTurns } from './cases.ts'
import { cityLines, cityRails, geodata } from './geodata.ts'

const url = process.env.PGROUTING_URL
if (!url) console.warn('skipped: PGROUTING_URL names no PostgreSQL with pgrouting')

/** A node as a place on one of its links. */
function atNode(graph: RoadGraph, node: number): Snapped {
  let link = 0
  while (graph.link_from[link] !== node && graph.link_to[link] !== node) link++
  const place: Snapped = {
    link,
    fraction: 0,
    edge: graph.edges[graph.link_edge[link]],
    position: [0, 0],
    distance_m: 0,
  }
  return onLink(graph, place, graph.link_from[link] === node ? 0 : 1)
}

describe.skipIf(!url)('against pgr_dijkstraCost (skipped without PGROUTING_URL)', () => {
  const client = new pg.Client({ connectionString: url })
  beforeAll(async () => {
    await client.connect()
    await client.query('create extension if not exists pgrouting cascade')
  })
  afterAll(() => client.end())

  const check = async (graph: RoadGraph): Promise<void> => {
    const random = seededRandom(31)
    const { edges } = exportGraph(graph)
    await client.query('create temp table if not exists arc (id serial, source int, target int, cost float8)')
    await client.query('truncate arc')
    await client.query(
      'insert into arc (source, target, cost) select * from unnest($1::int[], $2::int[], $3::float8[])',
      [edges.map((e) => e[0]), edges.map((e) => e[1]), edges.map((e) => e[2])],
    )
    const linked = [...new Set([...graph.link_from, ...graph.link_to])]
    const pick = (): number => linked[Math.floor(random() * linked.length)]
    const pairs = Array.from({ length: 1000 }, () => [pick(), pick()]).filter(([a, b]) => a !== b)
    const { rows } = await client.query<{ start_vid: string; end_vid: string; agg_cost: number }>(
      `select start_vid, end_vid, agg_cost from pgr_dijkstraCost('select id, source, target, cost from arc',
         'select a as source, b as target from unnest(array[${pairs.map((p) => p[0]).join()}], array[${pairs.map((p) => p[1]).join()}]) as t(a, b)')`,
    )
    const wanted = new Map(rows.map((row) => [`${row.start_vid} ${row.end_vid}`, row.agg_cost]))
    const scratch = createScratch(graph)
    let reached = 0
    for (const [a, b] of pairs) {
      const found = priceTargets(scratch, atNode(graph, b), [atNode(graph, a)])[0].seconds
      const cost = wanted.get(`${a} ${b}`) ?? Infinity
      if (cost === Infinity) expect(found).toBe(Infinity)
      else expect(Math.abs(found - cost)).toBeLessThanOrEqual(1e-6 * cost)
      if (cost < Infinity) reached++
    }
    expect(reached).toBeGreaterThan(100)
  }

  it('agrees on a random town with one-way streets', async () => {
    const { nodes, edges } = randomTown(seededRandom(30), 150, 260)
    await check(buildGraph(nodes, edges))
  })

  it('agrees on drives between places in a town with turn delays, expanded nodes in both', async () => {
    const random = seededRandom(33)
    const { nodes, edges } = randomTown(random, 90, 150)
    const graph = buildGraph(nodes, edges, randomTurns(random, edges, 120))
    const { snap } = createSnapper(graph)
    const place = (): Snapped => {
      const found = snap(at(random() * 2000, random() * 2000)) as Snapped
      return { ...found, fraction: 0.05 + 0.9 * random() }
    }
    const scratch = createScratch(graph)
    let reached = 0
    for (let round = 0; round < 10; round++) {
      const [incident, ...targets] = Array.from({ length: 51 }, place)
      const arcs = [
        ...exportGraph(graph).edges.map(([a, b, s]) => [a, b, s] as const),
        ...placeArcs(graph, graph.seconds, targets, incident, graph.node_count),
      ]
      await client.query('create temp table if not exists turn_arc (id serial, source int, target int, cost float8)')
      await client.query('truncate turn_arc')
      await client.query(
        'insert into turn_arc (source, target, cost) select * from unnest($1::int[], $2::int[], $3::float8[])',
        [arcs.map((e) => e[0]), arcs.map((e) => e[1]), arcs.map((e) => e[2])],
      )
      const first = graph.node_count
      const { rows } = await client.query<{ start_vid: string; agg_cost: number }>(
        `select start_vid, agg_cost from pgr_dijkstraCost('select id, source, target, cost from turn_arc', $1::bigint[], $2::bigint)`,
        [targets.map((_, i) => first + i), first + targets.length],
      )
      const wanted = new Map(rows.map((row) => [Number(row.start_vid) - first, row.agg_cost]))
      for (const [i, { seconds }] of priceTargets(scratch, incident, targets).entries()) {
        const cost = wanted.get(i) ?? Infinity
        if (cost === Infinity) expect(seconds).toBe(Infinity)
        else expect(Math.abs(seconds - cost)).toBeLessThanOrEqual(1e-6 * cost)
        if (cost < Infinity) reached++
      }
    }
    expect(reached).toBeGreaterThan(300)
  })

  it.skipIf(geodata === null)('agrees on the real city', async () => {
    const { nodes, edges } = nodeRoads(cityLines(), { rails: cityRails() })
    await check(buildGraph(nodes, edges))
  })
})
