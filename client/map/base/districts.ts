import { MAP_COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../fonts.ts'
import { boundsOf, centreOf } from '../geometry.ts'
import { EMPTY } from './layer.ts'
import type { BaseLayer, MapData } from './layer.ts'

/** The city's own ground: kelurahan, their borders, and the names of the kecamatan over them. */
export const districts: BaseLayer = {
  needs: ['kelurahan', 'outline'],
  sources: (data) => ({ kelurahan: data.get('kelurahan') ?? EMPTY, kecamatan_label: kecamatanLabels(data), kelurahan_label: kelurahanLabels(data) }),
  layers: (scale) => [
    { id: 'city-fill', type: 'fill', source: 'kelurahan', paint: { 'fill-color': MAP_COLOUR.city, 'fill-antialias': false } },
    {
      id: 'kelurahan-line', type: 'line', source: 'kelurahan',
      paint: { 'line-color': MAP_COLOUR.kelurahan_line, 'line-width': 1.25 * scale },
    },
    {
      id: 'kecamatan-label', type: 'symbol', source: 'kecamatan_label',
      layout: {
        'text-field': ['get', 'name'], 'text-font': MAP_FONT, 'text-size': 21 * scale, 'text-letter-spacing': 0.24,
        'text-transform': 'uppercase', 'text-allow-overlap': true, 'text-max-width': 20,
      },
      paint: { 'text-color': MAP_COLOUR.label, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 2 * scale },
    },
    {
      id: 'kelurahan-label', type: 'symbol', source: 'kelurahan_label', minzoom: 13.4,
      layout: { 'text-field': ['get', 'name'], 'text-font': MAP_FONT, 'text-size': 17 * scale, 'text-padding': 6 * scale },
      paint: { 'text-color': MAP_COLOUR.label_dim, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 1.5 * scale },
    },
  ],
}

/** One label point per kecamatan: the area-blind middle of its kelurahan, which is good enough for a name in capitals. */
function kecamatanLabels(data: MapData): GeoJSON.FeatureCollection {
  const groups = new Map<string, GeoJSON.Feature[]>()
  for (const feature of data.get('kelurahan')?.features ?? []) {
    const name = String(feature.properties?.kecamatan ?? '').replace(/^(Kecamatan|Pekalongan)\s+/i, '')
    if (name) groups.set(name, [...(groups.get(name) ?? []), feature])
  }
  return collection([...groups].map(([name, features]) => point(name, centreOf(boundsOf(features)))))
}

function kelurahanLabels(data: MapData): GeoJSON.FeatureCollection {
  return collection((data.get('kelurahan')?.features ?? []).map((f) => point(String(f.properties?.name ?? ''), centreOf(boundsOf([f])))))
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
const point = (name: string, coordinates: [number, number]): GeoJSON.Feature => ({
  type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates },
})
