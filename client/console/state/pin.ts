import type { Place } from './answers.ts'

/** Where the caller's event is believed to be. */
export interface Pin {
  lon: number
  lat: number
  accuracy_m: number
  label: string
  inside_city: boolean
  /** `place`: found by words; `map`: set by hand, and then words do not move it. */
  source: 'place' | 'map'
  /** Taken by the operator; before that it only shows where the first result lies. */
  settled: boolean
}

export function pinOf(place: Place, settled: boolean): Pin {
  const [lon, lat] = place.geometry.coordinates
  const { geocoding, inside_city } = place.properties
  return { lon, lat, accuracy_m: geocoding.accuracy, label: geocoding.label, inside_city, source: 'place', settled }
}
