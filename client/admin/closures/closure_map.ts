import { Marker } from 'maplibre-gl'
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { ClosurePreview } from '../../../geo/wire/closures.ts'
import { createBaseMap, swapData } from '../../map/base_map.ts'
import { ClosureDrawing } from '../../map/closure_drawing.ts'
import type { ClosureFeatures } from '../../map/closure_features.ts'
import { boundsOf } from '../../map/geometry.ts'
import type { CityMap } from '../../map/manifest.ts'
import { COLOUR } from '../../theme/colours.ts'
import type { At, Tool } from './state/draft.svelte.ts'

export interface ClosureMapListener {
  added(at: At): void
  moved(index: number, at: At): void
  takenBack(): void
  /** A closure's sign, road or area was pressed. */
  picked(id: string): void
}

const PAN_PX = 60
const FAR_PX = 240
const STEPS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}
const PRESSABLE = ['closure-sign', 'closure-shut', 'closure-slow', 'closure-area']
const CLOSEST_ZOOM = 16.5

/** What is being drawn lies on top: its shape, and the roads it would close. */
const DRAFT_LAYERS: LayerSpecification[] = [
  {
    id: 'draft-fill',
    type: 'fill',
    source: 'draft',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': COLOUR.unit, 'fill-opacity': 0.12 },
  },
  {
    id: 'draft-line',
    type: 'line',
    source: 'draft',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': COLOUR.unit,
      'line-width': ['match', ['get', 'what'], 'shut', 7, 'slow', 4, 2],
      'line-opacity': ['match', ['get', 'what'], 'shape', 0.8, 0.95],
    },
  },
]

/** The admin's map of closures: what is in force, and the points of the one being drawn, by mouse or keyboard. */
export class ClosureMap {
  private readonly map: MapLibreMap
  private readonly closed: ClosureDrawing
  private readonly resizing: ResizeObserver
  private markers: Marker[] = []
  private drawing = false
  private draft: GeoJSON.Feature[] = []

  constructor(
    private readonly host: HTMLElement,
    city: CityMap,
    private readonly listener: ClosureMapListener,
    private readonly pointName: (n: number) => string,
  ) {
    this.map = createBaseMap(host, city, 24)
    this.closed = new ClosureDrawing(this.map)
    this.map.on('load', () => {
      this.map.addSource('draft', { type: 'geojson', data: collection(this.draft) })
      for (const layer of DRAFT_LAYERS) this.map.addLayer(layer)
    })
    this.map.on('click', ({ point, lngLat, originalEvent }) => {
      if (this.markers.some((marker) => marker.getElement() === originalEvent.target)) return
      if (this.drawing) return listener.added([lngLat.lng, lngLat.lat])
      const [hit] = this.map.queryRenderedFeatures(point, { layers: PRESSABLE })
      if (hit) listener.picked(String(hit.properties.id))
    })
    // One stop for the keyboard: the map with its own keys.
    this.map.getCanvas().tabIndex = -1
    host.tabIndex = 0
    host.addEventListener('keydown', this.keydown)
    this.resizing = new ResizeObserver(() => this.map.resize())
    this.resizing.observe(host)
  }

  closures(features: ClosureFeatures): void {
    this.closed.show(features)
  }

  /** The points of what is drawn and what it would close; `tool` null: nothing is being drawn. */
  show(tool: Tool | null, points: readonly At[], preview: ClosurePreview | null): void {
    this.drawing = tool !== null && tool !== 'street' && tool !== 'shape'
    this.host.classList.toggle('drawing', this.drawing)
    const made: GeoJSON.Feature[] = []
    if (tool === 'area' && points.length > 1)
      made.push(
        feature(
          points.length > 2
            ? { type: 'Polygon', coordinates: [[...points, points[0]]] }
            : { type: 'LineString', coordinates: [...points] },
          'shape',
        ),
      )
    if (preview) {
      if (tool !== 'area') made.push(feature(preview.geometry, 'shape'))
      made.push(feature(preview.slowed, 'slow'), feature(preview.closed, 'shut'))
    }
    this.draft = tool === null ? [] : made
    this.map.getSource<GeoJSONSource>('draft')?.setData(collection(this.draft))
    this.mark(tool === null ? [] : points)
  }

  look(geometries: readonly GeoJSON.Geometry[]): void {
    if (geometries.length === 0) return
    const [west, south, east, north] = boundsOf(geometries.map((geometry) => feature(geometry, 'shape')))
    if (!Number.isFinite(west + south + east + north)) return
    this.map.fitBounds(
      [
        [west, south],
        [east, north],
      ],
      { padding: 90, maxZoom: CLOSEST_ZOOM, duration: 300 },
    )
  }

  swap(city: CityMap): void {
    swapData(this.map, city)
    this.closed.again()
  }

  remove(): void {
    this.host.removeEventListener('keydown', this.keydown)
    this.resizing.disconnect()
    this.map.remove()
  }

  private mark(points: readonly At[]): void {
    // Those that stay keep their element, which may be under the pointer.
    for (const marker of this.markers.splice(points.length)) marker.remove()
    for (const [i, at] of points.entries()) {
      if (this.markers[i]) {
        this.markers[i].setLngLat(at)
        continue
      }
      const element = document.createElement('div')
      element.className = 'closure-point'
      element.textContent = String(i + 1)
      const marker = new Marker({ element, draggable: true }).setLngLat(at).addTo(this.map)
      element.setAttribute('role', 'img')
      element.setAttribute('aria-label', this.pointName(i + 1))
      marker.on('dragend', () => {
        const { lng, lat } = marker.getLngLat()
        this.listener.moved(this.markers.indexOf(marker), [lng, lat])
      })
      this.markers.push(marker)
    }
  }

  private readonly keydown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step) {
      const px = event.shiftKey ? FAR_PX : PAN_PX
      this.map.panBy([step[0] * px, step[1] * px], { duration: 0 })
    } else if (event.key === '+' || event.key === '=') this.map.zoomIn({ duration: 0 })
    else if (event.key === '-') this.map.zoomOut({ duration: 0 })
    else if (event.key === 'Enter' && this.drawing) {
      const { lng, lat } = this.map.getCenter()
      this.listener.added([lng, lat])
    } else if (event.key === 'Backspace' && this.drawing) this.listener.takenBack()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
const feature = (geometry: GeoJSON.Geometry, what: 'shape' | 'slow' | 'shut'): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { what },
  geometry,
})
