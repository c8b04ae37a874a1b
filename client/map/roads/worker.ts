import { applyClosures } from '../../../geo/roads/closures.ts'
import { buildGraph, secondsAt } from '../../../geo/roads/graph.ts'
import type { RoadGraph } from '../../../geo/roads/graph.ts'
import { networkOf } from '../../../geo/track/drawn_roads.ts'
import type { DrawnRoad } from '../../../geo/track/drawn_roads.ts'
import { createRoadReader } from '../../../geo/track/road_way.ts'
import type { RoadReader } from '../../../geo/track/road_way.ts'
import type { FromRoads, ToRoads } from './messages.ts'

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A feature of the base map's layer `road`; what its properties lack is both ways, by class, without a wait. */
function drawn({ geometry, properties }: GeoJSON.Feature): DrawnRoad[] {
  if (geometry.type !== 'LineString') return []
  const oneway = number(properties?.oneway)
  return [
    {
      coordinates: geometry.coordinates.map(([lon, lat]): [number, number] => [lon, lat]),
      name: text(properties?.name),
      class: text(properties?.class) ?? '',
      oneway: oneway === 1 || oneway === -1 ? oneway : 0,
      speed_kmh: number(properties?.speed_kmh),
      waits: number(properties?.waits) ?? 0,
    },
  ]
}

let graph: RoadGraph | null = null
let reader: RoadReader | null = null
let seconds: Float64Array | undefined
let closed: Extract<ToRoads, { what: 'closures' }> | null = null

function price(): void {
  if (graph && closed) seconds = applyClosures(graph, closed.closures, secondsAt(graph, closed.hour))
}

const tell = (message: FromRoads) => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<ToRoads>) => {
  if (data.what === 'roads') {
    const { nodes, edges } = networkOf(data.roads.features.flatMap(drawn))
    graph = buildGraph(nodes, edges)
    reader = createRoadReader(graph)
    price()
    tell({ what: 'ready', roads: edges.length })
  } else if (data.what === 'closures') {
    closed = data
    price()
  } else {
    const asks = reader
    tell({ what: 'ways', ways: data.asked.map(([id, question]) => [id, asks?.way(question, seconds) ?? null]) })
  }
})
