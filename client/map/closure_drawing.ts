import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { CLOSURE_SOURCES } from './base/closures.ts'
import type { ClosureFeatures } from './closure_features.ts'

/** Keeps the closures on a base map: they are put back whenever its style or data were swapped. */
export class ClosureDrawing {
  private features: ClosureFeatures = { closure_area: [], closure_road: [], closure_sign: [] }

  constructor(private readonly map: MapLibreMap) {}

  show(features: ClosureFeatures): void {
    this.features = features
    this.again()
  }

  /** After the map's sources were filled anew. */
  again(): void {
    const { map } = this
    // Without its graphics the map has no style either, until it has them back.
    if (!map.style || !map.getSource(CLOSURE_SOURCES[0])) return void map.once('styledata', () => this.again())
    for (const id of CLOSURE_SOURCES)
      map.getSource<GeoJSONSource>(id)?.setData({ type: 'FeatureCollection', features: this.features[id] })
  }
}
