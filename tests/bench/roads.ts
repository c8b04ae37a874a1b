import pg from 'pg'
import { buildGraph, exportGraph } from '../../geo/roads/graph.ts'
import type { RoadGraph } from '../../geo/roads/graph.ts'
import { createRouter } from '../../geo/roads/router.ts'
import type { Oneway, RoadEdge, RoadNode } from '../../geo/roads/types.ts'
import { at, edge, node } from '../geo/roads/cases.ts'
import { seededRandom } from '../helpers/random.ts'

/** One figure beside its limit or baseline. */
export interface RoadFigure {
  what: string
  value: number
  unit: string
  baseline: string
}

const SIDE = 142
const UNITS = 1000

/** A town of 20,164 nodes: a bent grid of 60 m blocks with one street in six gone and some one-way. */
export function gridTown(random: () => number): { nodes: RoadNode[]; edges: RoadEdge[] } {
  const place = (i: number): number => i * 60 + (random() - 0.5) * 30
  const nodes = Array.from({ length: SIDE * SIDE }, (_, id) => node(id, place(id % SIDE), place(Math.floor(id / SIDE))))
  const edges: RoadEdge[] = []
  const join = (a: number, b: number): void => {
    if (random() < 1 / 6) return
    const oneway = (random() < 0.1 ? 1 : 0) as Oneway
    edges.push(edge(edges.length, nodes[a], nodes[b], { oneway, speed_kmh: 15 + random() * 35 }))
  }
  for (let id = 0; id < nodes.length; id++) {
    if (id % SIDE < SIDE - 1) join(id, id + 1)
    if (id < SIDE * (SIDE - 1)) join(id, id + SIDE)
  }
  return { nodes, edges }
}

const percentile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]

/**
 * Prices 1,000 units (points, snapping included) in a town of 20,000 nodes, and, with PGROUTING_URL, lets pgRouting answer the same
 * question in the same run: pgr_dijkstraCost from 1,000 nodes to one.
 */
export async function benchRoads(rounds = 200): Promise<RoadFigure[]> {
  const random = seededRandom(90)
  const { nodes, edges } = gridTown(random)
  const started = performance.now()
  const graph = buildGraph(nodes, edges)
  const router = createRouter(graph)
  const built = performance.now() - started
  const anywhere = (): [number, number] => at(random() * 60 * SIDE, random() * 60 * SIDE)
  const times: number[] = []
  for (let round = 0; round < rounds + 20; round++) {
    const incident = anywhere()
    const units = Array.from({ length: UNITS }, anywhere)
    const t = performance.now()
    router.price(incident, units)
    if (round >= 20) times.push(performance.now() - t)
  }
  const p95 = percentile(times, 0.95)
  const figures: RoadFigure[] = [
    { what: `graph of ${graph.node_count} nodes built and indexed`, value: built, unit: 'ms', baseline: '-' },
    {
      what: `${UNITS} units x ${graph.node_count} nodes, p50`,
      value: percentile(times, 0.5),
      unit: 'ms',
      baseline: '-',
    },
    { what: `${UNITS} units x ${graph.node_count} nodes, p95`, value: p95, unit: 'ms', baseline: '<= 10 ms' },
  ]
  const url = process.env.PGROUTING_URL
  if (!url) return figures
  const other = percentile(await timePgRouting(url, graph, random), 0.5)
  const ours = percentile(times, 0.5)
  return [
    ...figures,
    {
      what: 'pgRouting, the same question, p50',
      value: other,
      unit: 'ms',
      baseline: `${(other / ours).toFixed(0)} x ours (>= 20 x)`,
    },
  ]
}

async function timePgRouting(url: string, graph: RoadGraph, random: () => number): Promise<number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const arcs = exportGraph(graph).edges
    await client.query('create extension if not exists pgrouting cascade')
    await client.query('create temp table arc (id serial primary key, source int, target int, cost float8)')
    await client.query(
      'insert into arc (source, target, cost) select * from unnest($1::int[], $2::int[], $3::float8[])',
      [arcs.map((e) => e[0]), arcs.map((e) => e[1]), arcs.map((e) => e[2])],
    )
    await client.query('analyze arc')
    const pick = (): number => Math.floor(random() * graph.node_count)
    const times: number[] = []
    for (let round = 0; round < 6; round++) {
      const from = Array.from({ length: UNITS }, pick)
      const t = performance.now()
      await client.query(
        `select * from pgr_dijkstraCost('select id, source, target, cost from arc', $1::int[], $2::int)`,
        [from, pick()],
      )
      if (round > 0) times.push(performance.now() - t)
    }
    return times
  } finally {
    await client.end()
  }
}
