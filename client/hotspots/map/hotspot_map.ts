import { cellToBoundary, latLngToCell } from 'h3-js'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { HOTSPOT_RESOLUTION } from '../../../geo/stats/hotspots.ts'
import type { HotspotStudy } from '../../../geo/wire/hotspots.ts'
import { createBaseMap, swapData } from '../../map/base_map.ts'
import { Shapes } from '../../map/ground/shapes.ts'
import { surfaceImage } from '../../map/ground/surface.ts'
import type { CityMap } from '../../map/manifest.ts'
import { densityTone } from './cell_features.ts'
import { groundLayers, topLayers } from './layers.ts'

/** All that the map shows, as features. */
export interface Picture {
  cells: GeoJSON.Feature[]
  points: GeoJSON.Feature[]
  places: GeoJSON.Feature[]
  /** Null: no smoothed surface. */
  density: HotspotStudy['density'] | null
  here: string | null
}
interface Looked {
  center: [number, number]
  zoom: number
}

const SOURCES = ['study_cells', 'study_points', 'study_places', 'study_here'] as const
const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features,
})
const PAN_PX = 80
const STEPS: Record<string, [number, number]> = {
  ArrowUp: [0, -PAN_PX],
  ArrowDown: [0, PAN_PX],
  ArrowLeft: [-PAN_PX, 0],
  ArrowRight: [PAN_PX, 0],
}

/** The planner's map: cells under the roads, frames, points and words above; a click tells which cell. */
export class HotspotMap {
  private readonly map: MapLibreMap
  private readonly shapes = new Shapes()
  private readonly resizing: ResizeObserver
  private picture: Picture | null = null
  private painted_density: HotspotStudy['density'] | null = null
  private ready = false
  /** Where the map before this one looked, when it is made anew for another theme. */
  private static looked: Looked | null = null

  constructor(
    private readonly host: HTMLElement,
    private city: CityMap,
    picked: (h3: string) => void,
  ) {
    // The legend lies over the north.
    this.map = createBaseMap(host, city, { top: 128, right: 24, bottom: 24, left: 24 })
    if (HotspotMap.looked) this.map.jumpTo(HotspotMap.looked)
    this.map.on('load', () => this.begin())
    this.map.on('click', ({ lngLat }) => picked(latLngToCell(lngLat.lat, lngLat.lng, HOTSPOT_RESOLUTION)))
    this.map.on('moveend', () => {
      const { lng, lat } = this.map.getCenter()
      HotspotMap.looked = { center: [lng, lat], zoom: this.map.getZoom() }
    })
    // One stop for the keyboard: the map with its own keys.
    this.map.getCanvas().tabIndex = -1
    host.tabIndex = 0
    host.addEventListener('keydown', this.keydown)
    this.resizing = new ResizeObserver(() => this.map.resize())
    this.resizing.observe(host)
  }

  show(picture: Picture): void {
    this.picture = picture
    if (!this.ready) return
    this.fill('study_cells', picture.cells)
    this.fill('study_points', picture.points)
    this.fill('study_places', picture.places)
    const { here } = picture
    const ring = here === null ? [] : cellToBoundary(here, true)
    this.fill(
      'study_here',
      here === null ? [] : [{ type: 'Feature', properties: null, geometry: { type: 'Polygon', coordinates: [ring] } }],
    )
    if (picture.density !== this.painted_density) void this.smooth(picture.density)
    this.host.dataset.painted = 'yes'
  }

  /** The picture as it stands, for paper: what WebGL drew is gone when a printer asks for it. */
  copyTo(canvas: HTMLCanvasElement): void {
    this.map.redraw()
    const from = this.map.getCanvas()
    canvas.width = from.width
    canvas.height = from.height
    canvas.getContext('2d')?.drawImage(from, 0, 0)
  }

  swap(city: CityMap): void {
    this.city = city
    swapData(this.map, city)
  }

  remove(): void {
    this.host.removeEventListener('keydown', this.keydown)
    this.resizing.disconnect()
    this.map.remove()
  }

  private begin(): void {
    for (const id of SOURCES) this.map.addSource(id, { type: 'geojson', data: collection([]), tolerance: 0 })
    // Colour is for what the figures say.
    for (const id of ['flood-fill', 'kelurahan-label']) this.map.setLayoutProperty(id, 'visibility', 'none')
    for (const layer of groundLayers()) this.map.addLayer(layer, 'water-line')
    for (const layer of topLayers()) this.map.addLayer(layer)
    this.ready = true
    if (this.picture) this.show(this.picture)
  }

  private fill(id: (typeof SOURCES)[number], features: GeoJSON.Feature[]): void {
    this.map.getSource<GeoJSONSource>(id)?.setData(collection(features))
  }

  private async smooth(density: HotspotStudy['density'] | null): Promise<void> {
    this.painted_density = density
    await this.shapes.ready(this.city.data, density !== null)
    if (this.painted_density !== density) return
    const areas = (density?.cells ?? []).map(({ h3, density: of }) => ({
      polygons: this.shapes.cell(h3),
      step: densityTone(of, density?.max ?? 0),
      bold: false,
    }))
    const image = density === null ? null : surfaceImage(areas, this.shapes.city())
    if (this.map.getLayer('study-density')) this.map.removeLayer('study-density')
    if (this.map.getSource('study_density')) this.map.removeSource('study_density')
    if (!image) return
    const [west, south, east, north] = image.bounds
    this.map.addSource('study_density', {
      type: 'canvas',
      canvas: image.canvas,
      animate: false,
      coordinates: [
        [west, north],
        [east, north],
        [east, south],
        [west, south],
      ],
    })
    this.map.addLayer(
      {
        id: 'study-density',
        type: 'raster',
        source: 'study_density',
        paint: { 'raster-opacity': 0.85, 'raster-fade-duration': 0 },
      },
      'water-line',
    )
  }

  private readonly keydown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.host) return
    const step = STEPS[event.key]
    if (step) this.map.panBy(step, { duration: 0 })
    else if (event.key === '+' || event.key === '=') this.map.zoomIn({ duration: 0 })
    else if (event.key === '-') this.map.zoomOut({ duration: 0 })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
