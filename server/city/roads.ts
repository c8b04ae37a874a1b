import { inForce } from '../../geo/roads/closure_times.ts'
import { applyClosures } from '../../geo/roads/closures.ts'
import { buildGraph, secondsAt } from '../../geo/roads/graph.ts'
import { createRouter, type Router } from '../../geo/roads/router.ts'
import type { RoadEdge, RoadNode } from '../../geo/roads/types.ts'
import { wibHour } from '../../geo/sla/shift.ts'
import type { Closure } from '../../geo/wire/masterdata.ts'
import type { Executor } from '../db/database.ts'

/** The live road network, read from the database. */
export async function readRouter(db: Executor): Promise<Router> {
  const nodes = await db.rows<{ id: number; level_crossing: boolean; lon: number; lat: number }>('road_nodes')
  const edges = await db.rows<RoadEdge>('road_edges')
  return createRouter(
    buildGraph(
      nodes.map(({ id, level_crossing, lon, lat }): RoadNode => ({ id, level_crossing, position: [lon, lat] })),
      edges,
    ),
  )
}

/** Seconds per arc at a moment: the hour's traffic, crossings, and every closure in force then. What ETAs and `roads:export` use. */
export const secondsNow = (router: Router, closures: readonly Closure[], now: Date): Float64Array =>
  applyClosures(router.graph, inForce(closures, now.getTime()), secondsAt(router.graph, wibHour(now.getTime())))
