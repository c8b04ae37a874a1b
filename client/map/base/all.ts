import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { MAP_COLOUR } from '../../theme/colours.ts'
import { fontFaces } from '../fonts.ts'
import { BASE_ORDER, inOrder } from '../zorder.ts'
import { districts } from './districts.ts'
import { flood } from './flood.ts'
import { source } from './layer.ts'
import type { BaseLayer, MapData } from './layer.ts'
import { neighbours } from './neighbours.ts'
import { rail } from './rail.ts'
import { roads } from './roads.ts'
import { water } from './water.ts'

/** To add something to the base map: one file, one entry here, its ids in zorder.ts. */
const BASE: readonly BaseLayer[] = [neighbours, districts, flood, water, roads, rail]

/** Layers of the manifest that the wall fetches; the others (buildings, land use) stay on the server. */
export const NEEDED = new Set(BASE.flatMap((layer) => layer.needs))

/** Every source of the style with its data. */
export function sourceData(data: MapData): Record<string, GeoJSON.FeatureCollection> {
  return Object.assign({}, ...BASE.map((layer) => layer.sources(data)))
}

/** The whole style at `scale` (1 at 1080p). No glyphs, no sprite: nothing is fetched. */
export function baseStyle(data: MapData, scale: number): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {}
  for (const [name, collection] of Object.entries(sourceData(data))) sources[name] = source(collection)
  const background: LayerSpecification = {
    id: 'background',
    type: 'background',
    paint: { 'background-color': MAP_COLOUR.sea },
  }
  const layers = inOrder([background, ...BASE.flatMap((layer) => layer.layers(scale))], BASE_ORDER)
  return { version: 8, 'font-faces': fontFaces(), sources, layers }
}
