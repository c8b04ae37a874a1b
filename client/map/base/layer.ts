import type { GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl'

/** Data of the base map by layer name, as the server gave it. */
export type MapData = ReadonlyMap<string, GeoJSON.FeatureCollection>

/** One drawable thing of the base map: owns its sources and its paint. Sizes are px at 1080p, times `scale`. */
export interface BaseLayer {
  /** Layers of the manifest it is made from. */
  needs: readonly string[]
  sources(data: MapData): Record<string, GeoJSON.FeatureCollection>
  layers(scale: number): LayerSpecification[]
}

export const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** A source that shows one manifest layer as it is. */
export const asItIs = (name: string) => (data: MapData) => ({ [name]: data.get(name) ?? EMPTY })

export function source(data: GeoJSON.FeatureCollection): GeoJSONSourceSpecification {
  return { type: 'geojson', data, tolerance: 0.2, buffer: 64 }
}
