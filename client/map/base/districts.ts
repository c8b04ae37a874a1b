import { MAP_COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../fonts.ts'
import { boundsOf, centreOf } from '../geometry.ts'
import { EMPTY } from './layer.ts'
import type { BaseLayer, MapData } from './layer.ts'

/** At 1080p; a screen with twice the pixels shows the same view one zoom further in. */
const NAMES_FROM_ZOOM = 13.4

/** The city's own ground: kelurahan with their borders, and their names once there is room for them. */
export const districts: BaseLayer = {
  needs: ['kelurahan', 'outline'],
  sources: (data) => ({ kelurahan: data.get('kelurahan') ?? EMPTY, kelurahan_label: kelurahanLabels(data) }),
  layers: (scale) => [
    {
      id: 'city-fill',
      type: 'fill',
      source: 'kelurahan',
      paint: { 'fill-color': MAP_COLOUR.city, 'fill-antialias': false },
    },
    {
      id: 'kelurahan-line',
      type: 'line',
      source: 'kelurahan',
      paint: { 'line-color': MAP_COLOUR.kelurahan_line, 'line-width': 1.25 * scale },
    },
    {
      id: 'kelurahan-label',
      type: 'symbol',
      source: 'kelurahan_label',
      minzoom: NAMES_FROM_ZOOM + Math.log2(scale),
      layout: {
        'text-field': ['get', 'name'],
        'text-font': MAP_FONT,
        'text-size': 17 * scale,
        'text-padding': 6 * scale,
      },
      paint: { 'text-color': MAP_COLOUR.label_dim, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 1.5 * scale },
    },
  ],
}

/**
 * The kecamatan by short name with a point for it: the middle of the box of its kelurahan, good enough for a name in capitals.
 * They are set among the live words (map/labels.ts), where they can step aside for an incident.
 */
export function kecamatanNames(data: MapData): { name: string; place: [number, number] }[] {
  const groups = new Map<string, GeoJSON.Feature[]>()
  for (const feature of data.get('kelurahan')?.features ?? []) {
    const name = String(feature.properties?.kecamatan ?? '').replace(/^(Kecamatan|Pekalongan)\s+/i, '')
    if (name) groups.set(name, [...(groups.get(name) ?? []), feature])
  }
  return [...groups].map(([name, features]) => ({ name, place: centreOf(boundsOf(features)) }))
}

function kelurahanLabels(data: MapData): GeoJSON.FeatureCollection {
  return collection(
    (data.get('kelurahan')?.features ?? []).map((f) =>
      point(String(f.properties?.name ?? ''), centreOf(boundsOf([f]))),
    ),
  )
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
const point = (name: string, coordinates: [number, number]): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { name },
  geometry: { type: 'Point', coordinates },
})
