import { Marker } from 'maplibre-gl'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { distanceM } from '../../../geo/earth.ts'
import type { DevicePin, Pin } from '../state/pin.ts'
import { metres } from '../../text/units.ts'
import { circle } from './circle.ts'

/** Where the phone is: hollow, upright and lettered, and it takes no press, so that it is never mistaken for the pin. */
export function deviceMarker(map: MapLibreMap, { lon, lat }: DevicePin, letter: string, name: string): Marker {
  const element = document.createElement('div')
  element.className = 'desk-device'
  element.textContent = letter
  element.dataset.label = name
  element.setAttribute('role', 'img')
  const marker = new Marker({ element }).setLngLat([lon, lat]).addTo(map)
  // The marker sets a label of its own on its element.
  element.setAttribute('aria-label', name)
  return marker
}

/** What is drawn for it: its circle, and the way to the pin with how far that is. */
export function deviceFeatures(device: DevicePin | null, pin: Pin | null): GeoJSON.Feature[] {
  if (!device) return []
  const features = [circle(device.lon, device.lat, device.accuracy_m)]
  if (!pin || (pin.lon === device.lon && pin.lat === device.lat)) return features
  const ends = [
    [device.lon, device.lat],
    [pin.lon, pin.lat],
  ]
  return [
    ...features,
    {
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: ends },
    },
    {
      type: 'Feature',
      properties: { distance: metres(distanceM(ends[0], ends[1])) },
      geometry: { type: 'Point', coordinates: [0, 1].map((axis) => (ends[0][axis] + ends[1][axis]) / 2) },
    },
  ]
}
