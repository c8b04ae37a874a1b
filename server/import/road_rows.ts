import { nameRoads } from '../../geo/roads/name.ts'
import type { NamedStreet } from '../../geo/roads/name.ts'
import { nodeRoads } from '../../geo/roads/node.ts'
import type { RoadLine, RoadNetwork } from '../../geo/roads/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { LayerContent } from './types.ts'

const fixed = (position: readonly number[]): number[] => [
  Number(position[0].toFixed(7)),
  Number(position[1].toFixed(7)),
]
const geojson = (type: 'Point' | 'LineString', coordinates: unknown) => JSON.stringify({ type, coordinates })

/**
 * Drawn roads to the rows of a connected graph, named from the street layer, level crossings marked where a road meets
 * the railway. Also answers the network, for the report. Positions are rounded to a centimetre.
 */
export function roadContent(
  lines: readonly RoadLine[],
  streets: readonly NamedStreet[],
  rails: readonly (readonly LonLat[])[],
  from: { source: string | null; attribution: string | null },
): { content: LayerContent; network: RoadNetwork } {
  const network = nodeRoads(lines, { rails })
  const edges = nameRoads(network.edges, streets)
  const content: LayerContent = {
    layer: 'road',
    ...from,
    tables: [
      {
        table: 'road_edge',
        rows: edges.map(
          ({ coordinates, id, from_node, to_node, name, class: klass, oneway, speed_kmh, component, metres }) => ({
            id,
            from_node,
            to_node,
            name,
            class: klass,
            oneway,
            speed_kmh,
            component,
            metres,
            geom: geojson('LineString', coordinates.map(fixed)),
          }),
        ),
      },
      {
        table: 'road_node',
        rows: network.nodes.map(({ id, position, level_crossing }) => ({
          id,
          level_crossing,
          geom: geojson('Point', fixed(position)),
        })),
      },
    ],
  }
  return { content, network: { ...network, edges } }
}
