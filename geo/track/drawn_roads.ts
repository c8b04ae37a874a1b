import { distanceM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import type { Oneway, RoadEdge, RoadNode } from '../roads/types.ts'

/** A road of the base map: a piece between two junctions, its ends shared with its neighbours to the last digit. */
export interface DrawnRoad {
  coordinates: LonLat[]
  name: string | null
  class: string
  oneway: Oneway
  speed_kmh: number | null
  /** Bit 1: a level crossing at its beginning, bit 2: at its end. */
  waits: number
}

/** The network of the base map's roads: they are noded already (geo/roads/node.ts), so equal ends are the same junction. */
export function networkOf(roads: readonly DrawnRoad[]): { nodes: RoadNode[]; edges: RoadEdge[] } {
  const nodes: RoadNode[] = []
  const ids = new Map<string, number>()
  const nodeAt = (position: LonLat, waits: boolean): number => {
    const key = `${position[0]} ${position[1]}`
    let id = ids.get(key)
    if (id === undefined) {
      id = nodes.length
      ids.set(key, id)
      nodes.push({ id, position, level_crossing: false })
    }
    nodes[id].level_crossing ||= waits
    return id
  }
  const edges = roads.flatMap((road, id): RoadEdge[] => {
    const { coordinates, waits, name, oneway, speed_kmh } = road
    if (coordinates.length < 2) return []
    let metres = 0
    for (let i = 1; i < coordinates.length; i++) metres += distanceM(coordinates[i - 1], coordinates[i])
    return [
      {
        id,
        from_node: nodeAt(coordinates[0], (waits & 1) > 0),
        to_node: nodeAt(coordinates[coordinates.length - 1], (waits & 2) > 0),
        name,
        class: road.class,
        oneway,
        speed_kmh,
        // Which parts are cut off does not matter to whoever follows what drives there.
        component: 0,
        metres,
        coordinates,
      },
    ]
  })
  return { nodes, edges }
}
