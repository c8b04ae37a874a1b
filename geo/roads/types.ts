import type { LonLat } from '../earth.ts'

/** Direction of travel against the drawn direction: 1 along it, -1 against it, 0 both ways. */
export type Oneway = -1 | 0 | 1

/** A road as drawn in a source, before noding; one part of a MultiLineString is one RoadLine. */
export interface RoadLine {
  coordinates: LonLat[]
  class: string
  name: string | null
  oneway: Oneway
  /** Travel speed stated by the source; null: the class decides (speed.ts). */
  speed_kmh: number | null
  /** Row of the source file, for the report. */
  source_row: number
  /** Level above ground (OSM `layer`, a bridge is 1): lines on different levels cross without meeting. Absent: 0. */
  layer?: number
}

/** A junction, an end, or a place where a road meets the railway on the level. */
export interface RoadNode {
  id: number
  position: LonLat
  level_crossing: boolean
}

/** A piece of road between two nodes; the columns of layer_road_edge. */
export interface RoadEdge {
  id: number
  from_node: number
  to_node: number
  name: string | null
  class: string
  oneway: Oneway
  speed_kmh: number | null
  /** Connected part of the network this edge lies in; 0 is the longest. */
  component: number
  metres: number
  /** From the position of from_node to the position of to_node. */
  coordinates: LonLat[]
}

/** What became of a row that is not, or not wholly, in the graph. */
export interface DroppedRoad {
  source_row: number
  reason: string
}

export interface RoadNetwork {
  nodes: RoadNode[]
  edges: RoadEdge[]
  /** Longest first, numbered from 0; every one after the first is a part cut off from the network. */
  components: { component: number; metres: number; edge_count: number }[]
  dropped: DroppedRoad[]
}
