import type { RoadWay } from '../../../geo/track/way.ts'
import type { WayQuestion } from '../../../geo/track/road_way.ts'
import type { RoadClosure } from '../../../geo/roads/closures.ts'

/** What the map asks of its road worker, and what that answers. */
export type ToRoads =
  | { what: 'roads'; roads: GeoJSON.FeatureCollection }
  /** Those in force, and the hour of the day (WIB) that prices traffic. */
  | { what: 'closures'; closures: readonly RoadClosure[]; hour: number }
  | { what: 'ask'; asked: readonly [unit_id: string, question: WayQuestion][] }

export type FromRoads =
  | { what: 'ready'; roads: number }
  /** In the order asked. */
  | { what: 'ways'; ways: readonly [unit_id: string, way: RoadWay | null][] }
