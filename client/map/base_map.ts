import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import type { GeoJSONSource } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { addHatch } from './base/flood.ts'
import { addClosureImage, CLOSURE_IMAGES, isClosureImage } from './closure_images.ts'
import { baseStyle, sourceData } from './base/all.ts'
import type { CityMap } from './manifest.ts'

setWorkerUrl(workerUrl)

/** px of the design (1080p) to px of this screen. */
export const wallScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

/** The base map in `container`, looking at the whole city. */
export function createBaseMap(container: HTMLElement, { base, data, manifest }: CityMap, padding: number): MapLibreMap {
  const { bounds } = manifest
  const scale = wallScale()
  const map = new MapLibreMap({
    container,
    style: baseStyle(base, data, scale),
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
    if (isClosureImage(id)) addClosureImage(map, id, wallScale())
  })
  return map
}

/** New data into the sources that are there: the camera, the labels' fonts and the layers stay. */
export function swapData(map: MapLibreMap, { base, data }: CityMap): void {
  for (const [name, collection] of Object.entries(sourceData(base, data)))
    map.getSource<GeoJSONSource>(name)?.setData(collection)
}

/** Another screen size: line widths and type sizes again, nothing fetched. */
export function rescale(map: MapLibreMap, { base, data }: CityMap): void {
  for (const id of ['hatch', ...CLOSURE_IMAGES]) if (map.hasImage(id)) map.removeImage(id)
  map.setStyle(baseStyle(base, data, wallScale()), { diff: true })
}
