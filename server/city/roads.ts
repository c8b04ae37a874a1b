import type { LonLat } from '../../geo/earth.ts'
import { inForce } from '../../geo/roads/closure_times.ts'
import { applyClosures } from '../../geo/roads/closures.ts'
import { buildGraph, secondsAt } from '../../geo/roads/graph.ts'
import { createRouter, type Router } from '../../geo/roads/router.ts'
import { placeTurns, type RoadTurn } from '../../geo/roads/turns.ts'
import type { RoadEdge, RoadNode } from '../../geo/roads/types.ts'
import { wibHour } from '../../geo/sla/shift.ts'
import type { Closure } from '../../geo/wire/masterdata.ts'
import type { Executor } from '../db/database.ts'

/** The live roads, read from the database. */
export async function readRoads(db: Executor): Promise<{ nodes: RoadNode[]; edges: RoadEdge[] }> {
  const nodes = await db.rows<{ id: number; level_crossing: boolean; lon: number; lat: number }>('road_nodes')
  return {
    nodes: nodes.map(({ id, level_crossing, lon, lat }) => ({ id, level_crossing, position: [lon, lat] })),
    edges: await db.rows<RoadEdge>('road_edges'),
  }
}

/** The live road network with the turns known of it; a turn that no junction of these roads has does not count. */
export async function readRouter(db: Executor): Promise<Router> {
  const { nodes, edges } = await readRoads(db)
  const drawn = await db.rows<Omit<RoadTurn, 'from' | 'via' | 'to'> & { coordinates: [LonLat, LonLat, LonLat] }>(
    'road_turns',
  )
  const { turns } = placeTurns(
    nodes,
    edges,
    drawn.map(({ coordinates: [from, via, to], ...turn }) => ({ ...turn, from, via, to })),
  )
  return createRouter(buildGraph(nodes, edges, turns))
}

/** Seconds per arc at a moment as if nothing were closed. */
export const openSecondsNow = (router: Router, now: Date): Float64Array =>
  secondsAt(router.graph, wibHour(now.getTime()))

/** Seconds per arc at a moment: the hour's traffic, crossings, and every closure in force then. What ETAs and `roads:export` use. */
export const secondsNow = (router: Router, closures: readonly Closure[], now: Date): Float64Array =>
  applyClosures(router.graph, inForce(closures, now.getTime()), openSecondsNow(router, now))
