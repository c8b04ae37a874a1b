import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { LngLatBounds, Marker } from 'maplibre-gl'
import type { LonLat } from '../../../geo/earth.ts'
import { createBaseMap, swapData } from '../../map/base_map.ts'
import { ClosureDrawing } from '../../map/closure_drawing.ts'
import type { ClosureFeatures } from '../../map/closure_features.ts'
import type { CityMap } from '../../map/manifest.ts'
import type { CityMapView } from '../../ui/city_map_view.ts'

const WAY = 'field-way'
const CLOSEST_ZOOM = 16
const LAYERS: LayerSpecification[] = [
  {
    id: 'field-way-case',
    type: 'line',
    source: WAY,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': '#06161d', 'line-width': 11 },
  },
  {
    id: 'field-way',
    type: 'line',
    source: WAY,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': '#8fcbe0', 'line-width': 6 },
  },
]

/** The officer's map: where the unit is, where the incident is, and the road between them. */
export class FieldMap implements CityMapView {
  private readonly map: MapLibreMap
  private readonly closed: ClosureDrawing
  private readonly resizing: ResizeObserver
  private readonly unit: Marker
  private readonly place: Marker
  private line: readonly LonLat[] = []
  private ready = false

  constructor(
    host: HTMLElement,
    city: CityMap,
    private readonly words: { unit: string; place: string },
  ) {
    this.map = createBaseMap(host, city, 16)
    this.closed = new ClosureDrawing(this.map)
    this.unit = new Marker({ element: sign('unit', words.unit) })
    this.place = new Marker({ element: sign('place', words.place) })
    this.map.on('load', () => {
      this.ready = true
      this.map.addSource(WAY, { type: 'geojson', data: lineOf(this.line) })
      for (const layer of LAYERS) this.map.addLayer(layer)
    })
    this.resizing = new ResizeObserver(() => this.map.resize())
    this.resizing.observe(host)
  }

  incidentAt(place: LonLat, letter: string): void {
    const element = this.place.getElement()
    element.textContent = letter
    element.setAttribute('aria-label', this.words.place)
    this.place.setLngLat([place[0], place[1]]).addTo(this.map)
  }

  /** Null: nobody knows. */
  unitAt(place: LonLat | null): void {
    if (place) this.unit.setLngLat([place[0], place[1]]).addTo(this.map)
    else this.unit.remove()
  }

  way(line: readonly LonLat[]): void {
    this.line = line
    if (this.ready) this.map.getSource<GeoJSONSource>(WAY)?.setData(lineOf(line))
  }

  closures(features: ClosureFeatures): void {
    this.closed.show(features)
  }

  /** Looks at all of these. */
  frame(places: readonly LonLat[]): void {
    if (places.length === 0) return
    const bounds = new LngLatBounds()
    for (const [lon, lat] of places) bounds.extend([lon, lat])
    this.map.fitBounds(bounds, { padding: 44, maxZoom: CLOSEST_ZOOM, animate: false })
  }

  swap(city: CityMap): void {
    swapData(this.map, city)
    this.closed.again()
  }

  remove(): void {
    this.resizing.disconnect()
    this.map.remove()
  }
}

function sign(kind: 'unit' | 'place', label: string): HTMLElement {
  const element = document.createElement('div')
  element.className = `sign ${kind}`
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', label)
  return element
}

const lineOf = (coordinates: readonly LonLat[]): GeoJSON.Feature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'LineString', coordinates: coordinates.map(([lon, lat]) => [lon, lat]) },
})
