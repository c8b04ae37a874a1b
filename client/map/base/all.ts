import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { MAP_COLOUR } from '../../theme/colours.ts'
import { fontFaces } from '../fonts.ts'
import { BASE_ORDER, inOrder } from '../zorder.ts'
import { closures, closureWords } from './closures.ts'
import { districts } from './districts.ts'
import { flood } from './flood.ts'
import { source } from './layer.ts'
import type { BaseLayer, MapData } from './layer.ts'
import { names } from './names.ts'
import { neighbours } from './neighbours.ts'
import { rail } from './rail.ts'
import { roads } from './roads.ts'
import { water } from './water.ts'

/** What a base map is made of. */
export type Base = readonly BaseLayer[]

/** To add something to the base map: one file, one entry here, its ids in zorder.ts. */
export const WALL_BASE: Base = [neighbours, districts, flood, water, roads, rail, closures]
/** Where somebody finds a place by looking: the names of streets and places too. */
export const DESK_BASE: Base = [...WALL_BASE, names, closureWords]

/** Layers of the manifest that a map fetches; the others (buildings, land use) stay on the server. */
export const neededBy = (base: Base): ReadonlySet<string> => new Set(base.flatMap((layer) => layer.needs))

/** Every source of the style with its data. */
export function sourceData(base: Base, data: MapData): Record<string, GeoJSON.FeatureCollection> {
  return Object.assign({}, ...base.map((layer) => layer.sources(data)))
}

/** The whole style at `scale` (1 at 1080p). No glyphs, no sprite: nothing is fetched. */
export function baseStyle(base: Base, data: MapData, scale: number): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {}
  for (const [name, collection] of Object.entries(sourceData(base, data))) sources[name] = source(collection)
  const background: LayerSpecification = {
    id: 'background',
    type: 'background',
    paint: { 'background-color': MAP_COLOUR.sea },
  }
  const layers = inOrder([background, ...base.flatMap((layer) => layer.layers(scale))], BASE_ORDER)
  return { version: 8, 'font-faces': fontFaces(), sources, layers }
}
