import type { LonLat } from '../../../geo/earth.ts'
import type { PlaceArea, Place } from './answers.ts'

/** What a point is called, and for one outside the city whose it is and how far the border lies. */
export interface Named {
  label: string
  inside_city: boolean
  county?: string | null
  border_distance_m?: number | null
}

/** Where the caller's event is believed to be. */
export interface Pin extends Named {
  lon: number
  lat: number
  accuracy_m: number
  /** `place`: found by words; `map`: set by hand; `device`: where the caller's phone is. Words do not move the last two. */
  source: 'place' | 'map' | 'device'
  /** Taken by the operator; before that it only shows where the first result lies. */
  settled: boolean
  /** The circle is the operator's own: moving the pin keeps it. */
  drawn?: boolean
  /** What is meant as a whole, where a point would be a lie. */
  area?: PlaceArea | null
  /** The other reading of coordinates whose order or sign looks wrong. */
  alternative?: LonLat | null
  /** What makes them look so. */
  doubt?: string
}

/** Where the caller's phone says it is: a shared link, or told by the network. It never becomes the pin by itself. */
export interface DevicePin extends Named {
  lon: number
  lat: number
  accuracy_m: number
  /** ISO; null when nobody said when. */
  located_at: string | null
}

export const unnamed = (lon: number, lat: number) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`

export function pinOf(place: Place, settled: boolean): Pin {
  const [lon, lat] = place.geometry.coordinates
  const { geocoding, inside_city, area, alternative, border_distance_m, why = [] } = place.properties
  return {
    lon,
    lat,
    accuracy_m: geocoding.accuracy,
    label: geocoding.label,
    inside_city,
    county: geocoding.county ?? null,
    border_distance_m: border_distance_m ?? null,
    area: area ?? null,
    alternative: alternative?.coordinates ?? null,
    // The first reason says what was read, the others what was odd about it.
    doubt: alternative ? why.slice(1).join('; ') : '',
    source: 'place',
    settled,
  }
}

/** Who takes over what lies there: `Kab. Batang`, `Kota Tegal`. Null inside the city, at sea, and where nobody knows. */
export function neighbourOf(pin: Pin | null): string | null {
  if (!pin || pin.inside_city || !pin.county || !/^(kab|kota\b)/i.test(pin.county)) return null
  return pin.county.replace(/^kabupaten\s+/i, 'Kab. ')
}

/** Whether the pin stands exactly where the phone is, taken from there. */
export const isAt = (pin: Pin | null, device: DevicePin | null): boolean =>
  pin?.source === 'device' && device !== null && pin.lon === device.lon && pin.lat === device.lat
