import type { Marker } from 'maplibre-gl'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { distanceM, fromLocalM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { createBaseMap, swapData } from '../../map/base_map.ts'
import { ClosureDrawing } from '../../map/closure_drawing.ts'
import type { ClosureFeatures } from '../../map/closure_features.ts'
import type { CityMap } from '../../map/manifest.ts'
import type { DevicePin, Pin } from '../state/pin.ts'
import { circle } from './circle.ts'
import { deviceFeatures, deviceMarker } from './device_pin.ts'
import { DESK_LAYERS, DESK_SOURCES } from './layers.ts'
import type { DeskSource } from './layers.ts'
import { PinMarker } from './pin_marker.ts'

/** A press is as good as a careful click, and no better than a few pixels of what was seen. */
const PRESS_ACCURACY_M = 25
const PRESS_PX = 6
const CLOSEST_ZOOM = 16.5
const CASE_ZOOM = 15
/** What lies farther away than this is not looked at: nothing is drawn there, and the city would be a dot. */
const FARTHEST_M = 100_000

export interface DeskMapListener {
  /** The operator put the pin here by hand. */
  placed(lon: number, lat: number, accuracy_m: number): void
  widened(direction: number): void
  radius(metres: number): void
  chosen(incident_id: string): void
}

export interface DeskMapWords {
  pin: string
  device: string
  device_letter: string
}

/** The operator's map: base map, units and incidents as they are, and the pins of the call being taken. */
export class DeskMap {
  private readonly map: MapLibreMap
  private readonly data = new Map<DeskSource, GeoJSON.Feature[]>()
  /** The same as JSON text. */
  private readonly shown = new Map<DeskSource, string>()
  private readonly resizing: ResizeObserver
  private readonly closed: ClosureDrawing
  private marker: PinMarker | null = null
  private phone: Marker | null = null
  private ready = false
  private placing = false

  constructor(
    host: HTMLElement,
    private city: CityMap,
    private readonly words: DeskMapWords,
    private readonly listener: DeskMapListener,
  ) {
    this.map = createBaseMap(host, city, 24)
    this.closed = new ClosureDrawing(this.map)
    this.map.on('load', () => {
      this.ready = true
      for (const id of DESK_SOURCES)
        this.map.addSource(id, { type: 'geojson', data: collection(this.data.get(id) ?? []) })
      for (const layer of DESK_LAYERS) this.map.addLayer(layer)
    })
    this.map.on('click', ({ point, lngLat, originalEvent }) => {
      if (this.marker?.owns(originalEvent.target)) return
      const [hit] = this.placing || !this.ready ? [] : this.map.queryRenderedFeatures(point, { layers: ['incident'] })
      if (hit) listener.chosen(String(hit.properties.id))
      else if (this.placing) this.place(lngLat.lng, lngLat.lat)
    })
    this.resizing = new ResizeObserver(() => this.map.resize())
    this.resizing.observe(host)
  }

  /** Draws `features` in place of what `source` showed. Told each second, drawn when they look different: a desk often has no graphics card. */
  show(source: DeskSource, features: GeoJSON.Feature[]): void {
    const text = JSON.stringify(features)
    if (text === this.shown.get(source)) return
    this.shown.set(source, text)
    this.data.set(source, features)
    if (this.ready) this.map.getSource<GeoJSONSource>(source)?.setData(collection(features))
  }

  /** Shut and slow roads and areas, under everything that lies on them. */
  closures(features: ClosureFeatures): void {
    this.closed.show(features)
  }

  /** `placing`: a call is being taken, and a press on the map sets its pin. */
  pin(pin: Pin | null, placing: boolean): void {
    this.placing = placing
    this.map.getCanvas().classList.toggle('placing', placing)
    this.show('accuracy', pin ? [circle(pin.lon, pin.lat, pin.accuracy_m)] : [])
    this.show('area', pin?.area ? [{ type: 'Feature', properties: {}, geometry: pin.area }] : [])
    if (!pin) {
      this.marker?.remove()
      this.marker = null
      return
    }
    this.marker ??= new PinMarker(this.map, pin, this.words.pin, {
      moved: (lon, lat) => this.place(lon, lat),
      moving: (lon, lat) => this.show('accuracy', [circle(lon, lat, PRESS_ACCURACY_M)]),
      widened: (direction) => this.listener.widened(direction),
      radius: (metres) => this.listener.radius(metres),
    })
    this.marker.show(pin)
  }

  /** Where the caller's phone is, and how far that is from the pin. */
  device(device: DevicePin | null, pin: Pin | null): void {
    this.phone?.remove()
    this.phone = device ? deviceMarker(this.map, device, this.words.device_letter, this.words.device) : null
    this.show('device', deviceFeatures(device, pin))
  }

  /** Looks so that all of these are seen. */
  frame(places: readonly (readonly number[])[], closest = CASE_ZOOM): void {
    if (places.length === 0) return
    const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)]
    this.map.fitBounds(
      [
        [Math.min(...lons), Math.min(...lats)],
        [Math.max(...lons), Math.max(...lats)],
      ],
      { padding: 80, maxZoom: closest, duration: 350 },
    )
  }

  /** Looks at a place so that its whole circle of doubt is seen, and all of what is meant. */
  look({ lon, lat, accuracy_m, area, inside_city }: Pin): void {
    const home = this.bounds()
    // Outside, the way from the city is what the eye needs.
    if (!inside_city && distanceM([lon, lat], home[0]) > FARTHEST_M) return this.frame(home)
    const reach = Math.max(accuracy_m * 1.4, 150)
    const corners = [-reach, reach].map((metres) => fromLocalM([metres, metres], [lon, lat]))
    const shape = area?.type === 'MultiPolygon' ? area.coordinates.flat(2) : (area?.coordinates.flat() ?? [])
    this.frame([...corners, ...shape, ...(inside_city ? [] : home)], CLOSEST_ZOOM)
  }

  /** Looks there only if not all of the circle is seen already. */
  keepInView(pin: Pin): void {
    const seen = this.map.getBounds()
    const { lon, lat, accuracy_m } = pin
    const corners = [-accuracy_m, accuracy_m].map((reach) => fromLocalM([reach, reach], [lon, lat]))
    if (!this.marker?.busy && !corners.every((corner) => seen.contains(corner))) this.look(pin)
  }

  /** Back to the city when nothing of it is in sight. */
  comeHome(): void {
    const [[west, south], [east, north]] = this.bounds()
    const { lng, lat } = this.map.getCenter()
    if (lng < west || lng > east || lat < south || lat > north) this.frame(this.bounds())
  }

  swap(city: CityMap): void {
    this.city = city
    swapData(this.map, city)
    this.closed.again()
  }

  remove(): void {
    this.resizing.disconnect()
    this.map.remove()
  }

  private bounds(): [LonLat, LonLat] {
    const [west, south, east, north] = this.city.manifest.bounds
    return [
      [west, south],
      [east, north],
    ]
  }

  private place(lon: number, lat: number): void {
    const metres_per_px = (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom())
    this.listener.placed(lon, lat, Math.round(Math.max(PRESS_ACCURACY_M, PRESS_PX * metres_per_px)))
  }
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
