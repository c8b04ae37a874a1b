import type { ExpressionSpecification } from 'maplibre-gl'
import { MAP_COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../fonts.ts'
import { EMPTY } from './layer.ts'
import type { BaseLayer, MapData } from './layer.ts'

/** At 1080p. Streets are read before places, and landmarks and facilities before every mosque and school. */
const STREETS_FROM_ZOOM = 14
const KNOWN_FROM_ZOOM = 14.5
/** A whole number: the zoom of a filter is the tile's. */
const PLACES_FROM_ZOOM = 16

/** What callers and drivers go by. */
const known: ExpressionSpecification = ['boolean', ['get', 'known'], false]

/** Names of streets along them and of places beside their dot. Those who listen to a caller look for these. */
export const names: BaseLayer = {
  needs: ['street', 'place', 'facility'],
  sources: (data) => ({ street_name: data.get('street') ?? EMPTY, place_name: placesOf(data) }),
  layers: (scale) => {
    const zoom = Math.log2(scale)
    return [
      {
        id: 'place-dot',
        type: 'circle',
        source: 'place_name',
        minzoom: KNOWN_FROM_ZOOM + zoom,
        filter: ['any', known, ['>=', ['zoom'], PLACES_FROM_ZOOM + zoom]],
        paint: { 'circle-radius': 2.25 * scale, 'circle-color': MAP_COLOUR.label_dim },
      },
      {
        id: 'place-label',
        type: 'symbol',
        source: 'place_name',
        minzoom: KNOWN_FROM_ZOOM + zoom,
        filter: ['any', known, ['>=', ['zoom'], PLACES_FROM_ZOOM + zoom]],
        layout: {
          'text-field': ['get', 'name'],
          'text-font': MAP_FONT,
          'text-size': 13 * scale,
          'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
          'text-radial-offset': 0.5,
          'text-justify': 'auto',
          'text-max-width': 9,
          'symbol-sort-key': ['case', known, 0, 1],
        },
        paint: { 'text-color': MAP_COLOUR.label, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 1.5 * scale },
      },
      {
        id: 'street-label',
        type: 'symbol',
        source: 'street_name',
        minzoom: STREETS_FROM_ZOOM + zoom,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': MAP_FONT,
          'text-size': 13.5 * scale,
          'symbol-placement': 'line',
          'symbol-spacing': 320 * scale,
          'text-max-angle': 35,
          'text-padding': 4 * scale,
        },
        paint: { 'text-color': MAP_COLOUR.street, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 2 * scale },
      },
    ]
  },
}

/** Both layers of things with a name, each once: a survey's second point of a facility is left out. */
function placesOf(data: MapData): GeoJSON.FeatureCollection {
  const seen = new Set<string>()
  const features: GeoJSON.Feature[] = []
  for (const layer of ['facility', 'place']) {
    for (const { properties, geometry } of data.get(layer)?.features ?? []) {
      const name = String(properties?.name ?? '')
      if (name === '' || geometry.type !== 'Point') continue
      // a hundredth of a degree is a kilometre
      const key = `${name.toLowerCase()} ${geometry.coordinates.map((n) => n.toFixed(2)).join()}`
      if (seen.has(key)) continue
      seen.add(key)
      features.push({
        type: 'Feature',
        properties: { name, known: layer === 'facility' || properties?.kind === 'landmark' },
        geometry,
      })
    }
  }
  return { type: 'FeatureCollection', features }
}
