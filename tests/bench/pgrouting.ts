import type pg from 'pg'
import { exportGraph, type RoadGraph } from '../../geo/roads/graph.ts'
import type { Snapped } from '../../geo/roads/snap.ts'
import { onLink } from '../geo/roads/cases.ts'

/** Puts the graph's arcs where pgRouting reads them: a temporary table of this client's, `arc`. */
export async function loadArcs(client: pg.Client, graph: RoadGraph): Promise<void> {
  const { edges } = exportGraph(graph)
  await client.query('create extension if not exists pgrouting cascade')
  await client.query('drop table if exists arc')
  await client.query('create temp table arc (id serial primary key, source int, target int, cost float8)')
  await client.query(
    'insert into arc (source, target, cost) select * from unnest($1::int[], $2::int[], $3::float8[])',
    [edges.map((e) => e[0]), edges.map((e) => e[1]), edges.map((e) => e[2])],
  )
  await client.query('analyze arc')
}

/** Seconds from each of the nodes to one, by pgr_dijkstraCost; Infinity where no way leads. */
export async function pgrSeconds(client: pg.Client, from: readonly number[], to: number): Promise<number[]> {
  const { rows } = await client.query<{ start_vid: number; agg_cost: number }>(
    `select start_vid, agg_cost from pgr_dijkstraCost('select id, source, target, cost from arc', $1::int[], $2::int)`,
    [from, to],
  )
  const found = new Map(rows.map((row) => [Number(row.start_vid), row.agg_cost]))
  return from.map((node) => (node === to ? 0 : (found.get(node) ?? Infinity)))
}

/** For each node a place on one of its links, at that end. */
export function placesAtNodes(graph: RoadGraph): (Snapped | null)[] {
  const places: (Snapped | null)[] = new Array<Snapped | null>(graph.node_count).fill(null)
  for (let link = 0; link < graph.link_count; link++) {
    const start: Snapped = {
      link,
      fraction: 0,
      edge: graph.edges[graph.link_edge[link]],
      position: [0, 0],
      distance_m: 0,
    }
    for (const [node, fraction] of [
      [graph.link_from[link], 0],
      [graph.link_to[link], 1],
    ])
      places[node] ??= onLink(graph, start, fraction)
  }
  return places
}
