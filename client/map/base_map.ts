import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import type { GeoJSONSource } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { addHatch } from './base/flood.ts'
import { baseStyle, sourceData } from './base/all.ts'
import type { MapData } from './base/layer.ts'
import type { Bounds } from './geometry.ts'

setWorkerUrl(workerUrl)

/** px of the design (1080p) to px of this screen. */
export const wallScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

/** The base map in `container`, looking at `bounds`. */
export function createBaseMap(container: HTMLElement, data: MapData, bounds: Bounds, padding: number): MapLibreMap {
  const scale = wallScale()
  const map = new MapLibreMap({
    container,
    style: baseStyle(data, scale),
    bounds: [
      [bounds[0], bounds[1]],
      [bounds[2], bounds[3]],
    ],
    fitBoundsOptions: { padding },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    keyboard: false,
    fadeDuration: 0,
    renderWorldCopies: false,
    maxPitch: 0,
    canvasContextAttributes: { antialias: false, powerPreference: 'high-performance' },
  })
  map.setMissingStyleImageResolver((id) => {
    if (id === 'hatch') addHatch(map, wallScale())
  })
  return map
}

/** New data into the sources that are there: the camera, the labels' fonts and the layers stay. */
export function swapData(map: MapLibreMap, data: MapData): void {
  for (const [name, collection] of Object.entries(sourceData(data)))
    map.getSource<GeoJSONSource>(name)?.setData(collection)
}

/** Another screen size: line widths and type sizes again, nothing fetched. */
export function rescale(map: MapLibreMap, data: MapData): void {
  if (map.hasImage('hatch')) map.removeImage('hatch')
  map.setStyle(baseStyle(data, wallScale()), { diff: true })
}
