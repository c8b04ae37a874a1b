import { Marker } from 'maplibre-gl'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { fromLocalM } from '../../../geo/earth.ts'
import { createBaseMap, swapData } from '../../map/base_map.ts'
import type { CityMap } from '../../map/manifest.ts'
import type { Pin } from '../state/pin.ts'
import { circle } from './circle.ts'
import { DESK_LAYERS, DESK_SOURCES } from './layers.ts'
import type { DeskSource } from './layers.ts'

/** A press is as good as a careful click, and no better than a few pixels of what was seen. */
const PRESS_ACCURACY_M = 25
const PRESS_PX = 6
const CLOSEST_ZOOM = 16.5
const CASE_ZOOM = 15
const NUDGE_M = 10
const NUDGES: Record<string, [number, number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
}

export interface DeskMapListener {
  /** The operator put the pin here by hand. */
  placed(lon: number, lat: number, accuracy_m: number): void
  chosen(incident_id: string): void
}

/** The operator's map: base map, units and incidents as they are, and the pin of the call being taken. */
export class DeskMap {
  private readonly map: MapLibreMap
  private readonly data = new Map<DeskSource, GeoJSON.Feature[]>()
  private readonly resizing: ResizeObserver
  private marker: Marker | null = null
  private ready = false
  private placing = false

  constructor(
    host: HTMLElement,
    city: CityMap,
    private readonly pin_name: string,
    private readonly listener: DeskMapListener,
  ) {
    this.map = createBaseMap(host, city.data, city.manifest.bounds, 24)
    this.map.on('load', () => {
      this.ready = true
      for (const id of DESK_SOURCES)
        this.map.addSource(id, { type: 'geojson', data: collection(this.data.get(id) ?? []) })
      for (const layer of DESK_LAYERS) this.map.addLayer(layer)
    })
    this.map.on('click', ({ point, lngLat }) => {
      const [hit] = this.placing || !this.ready ? [] : this.map.queryRenderedFeatures(point, { layers: ['incident'] })
      if (hit) listener.chosen(String(hit.properties.id))
      else if (this.placing) this.place(lngLat.lng, lngLat.lat)
    })
    this.resizing = new ResizeObserver(() => this.map.resize())
    this.resizing.observe(host)
  }

  /** Draws `features` in place of what `source` showed. */
  show(source: DeskSource, features: GeoJSON.Feature[]): void {
    this.data.set(source, features)
    if (this.ready) this.map.getSource<GeoJSONSource>(source)?.setData(collection(features))
  }

  /** `placing`: a call is being taken, and a press on the map sets its pin. */
  pin(pin: Pin | null, placing: boolean): void {
    this.placing = placing
    this.map.getCanvas().classList.toggle('placing', placing)
    this.show('accuracy', pin ? [circle(pin.lon, pin.lat, pin.accuracy_m)] : [])
    if (!pin) {
      this.marker?.remove()
      this.marker = null
      return
    }
    this.marker ??= this.makeMarker([pin.lon, pin.lat])
    this.marker.setLngLat([pin.lon, pin.lat])
    this.marker.getElement().classList.toggle('tentative', !pin.settled)
  }

  /** Looks so that all of these are seen. */
  frame(places: readonly (readonly number[])[]): void {
    if (places.length === 0) return
    const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)]
    this.map.fitBounds(
      [
        [Math.min(...lons), Math.min(...lats)],
        [Math.max(...lons), Math.max(...lats)],
      ],
      { padding: 80, maxZoom: CASE_ZOOM, duration: 350 },
    )
  }

  /** Looks at a place so that its whole circle of doubt is seen. */
  look(lon: number, lat: number, accuracy_m: number): void {
    const reach = Math.max(accuracy_m * 1.4, 150)
    const [west, south] = fromLocalM([-reach, -reach], [lon, lat])
    const [east, north] = fromLocalM([reach, reach], [lon, lat])
    this.map.fitBounds(
      [
        [west, south],
        [east, north],
      ],
      { padding: 60, maxZoom: CLOSEST_ZOOM, duration: 350 },
    )
  }

  swap(city: CityMap): void {
    swapData(this.map, city.data)
  }

  remove(): void {
    this.resizing.disconnect()
    this.map.remove()
  }

  private makeMarker(at: [number, number]): Marker {
    const element = document.createElement('div')
    element.className = 'desk-pin'
    element.tabIndex = 0
    element.setAttribute('role', 'button')
    element.setAttribute('aria-label', this.pin_name)
    element.addEventListener('keydown', (event) => this.nudge(event))
    const marker = new Marker({ element, anchor: 'bottom', draggable: true }).setLngLat(at).addTo(this.map)
    // The marker sets a label of its own on its element.
    element.setAttribute('aria-label', this.pin_name)
    marker.on('dragend', () => {
      const { lng, lat } = marker.getLngLat()
      this.place(lng, lat)
    })
    return marker
  }

  private nudge(event: KeyboardEvent): void {
    const step = NUDGES[event.key]
    if (!step || !this.marker) return
    event.preventDefault()
    event.stopPropagation()
    const metres = event.shiftKey ? NUDGE_M * 10 : NUDGE_M
    const { lng, lat } = this.marker.getLngLat()
    const [lon, to] = fromLocalM([step[0] * metres, step[1] * metres], [lng, lat])
    this.place(lon, to)
  }

  private place(lon: number, lat: number): void {
    const metres_per_px = (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom())
    this.listener.placed(lon, lat, Math.round(Math.max(PRESS_ACCURACY_M, PRESS_PX * metres_per_px)))
  }
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
