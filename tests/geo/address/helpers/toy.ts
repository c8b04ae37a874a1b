import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import { buildGazetteer, type GazetteerIndex } from '../../../../geo/address/index.ts'
import type { CityAreas, GazetteerEntry } from '../../../../geo/address/types.ts'

/** A made-up town on a grid: three square kelurahan in a row (2 km each), a neighbour to the south, the sea north. */
const square = (west: number, south: number, size = 0.02): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  ],
})
export const TOY_AREAS: CityAreas = {
  city_name: 'Kota Pekalongan',
  kelurahan: [
    { code: '1', name: 'Medono', kecamatan: 'Pekalongan Barat', geometry: square(109.64, -6.9) },
    { code: '2', name: 'Bendan Kergon', kecamatan: 'Pekalongan Barat', geometry: square(109.66, -6.9) },
    { code: '3', name: 'Krapyak', kecamatan: 'Pekalongan Utara', geometry: square(109.68, -6.9) },
  ],
  neighbours: [{ regency: 'Batang', name: 'Warung Asem', geometry: square(109.64, -6.96, 0.06) }],
}

function street(name: string, ...lines: Position[][]): GazetteerEntry {
  const geometry: MultiLineString = { type: 'MultiLineString', coordinates: lines }
  return {
    id: name,
    type: 'street',
    name,
    category: null,
    address: null,
    kelurahan_code: null,
    kelurahan: null,
    kecamatan: null,
    geometry,
  }
}

function place(name: string, lon: number, lat: number, type: 'place' | 'facility' = 'place'): GazetteerEntry {
  return {
    id: `${name}@${lon}`,
    type,
    name,
    category: null,
    address: null,
    kelurahan_code: null,
    kelurahan: null,
    kecamatan: null,
    geometry: { type: 'Point', coordinates: [lon, lat] },
  }
}

export const TOY_ENTRIES: GazetteerEntry[] = [
  // west to east through all three kelurahan
  street('Jl. Jend. Sudirman', [
    [109.642, -6.89],
    [109.698, -6.89],
  ]),
  // south to north in the middle one
  street('Jl. RA. Kartini', [
    [109.67, -6.898],
    [109.67, -6.882],
  ]),
  street('Jl. KH. Wahid Hasyim', [
    [109.69, -6.898],
    [109.69, -6.882],
  ]),
  street('Jl. Gajahmada', [
    [109.642, -6.885],
    [109.655, -6.885],
  ]),
  street('Jl. Pelita I', [
    [109.642, -6.897],
    [109.65, -6.897],
  ]),
  street('Jl. Pelita II', [
    [109.65, -6.895],
    [109.658, -6.895],
  ]),
  street('Jl. Bandung', [
    [109.684, -6.898],
    [109.684, -6.882],
  ]),
  // a gang of the Kartini, and streets named after towns
  street('Gg. 5 Jl. RA. Kartini', [
    [109.6702, -6.884],
    [109.673, -6.884],
  ]),
  street('Gang Melati', [
    [109.6602, -6.8975],
    [109.662, -6.8975],
  ]),
  street('Jl. Semarang', [
    [109.643, -6.8945],
    [109.648, -6.8945],
  ]),
  street('Jl. Kendal', [
    [109.643, -6.8825],
    [109.648, -6.8825],
  ]),
  place('Masjid Demak', 109.663, -6.8845),
  place('Perumahan Griya Asri', 109.665, -6.8975),
  place('Masjid An Nur', 109.645, -6.894),
  place('Masjid An Nur', 109.675, -6.894),
  place("Masjid Jami' Krapyak", 109.688, -6.887),
  place('SDN 03 Krapyak', 109.686, -6.893),
  place('SDN 1 Krapyak', 109.694, -6.893),
  place('Pasar Banyuurip', 109.652, -6.888),
  place('RSUD Bendan', 109.668, -6.893, 'facility'),
  place('Puskesmas Pembantu Medono', 109.648, -6.883, 'facility'),
]

export function toyGazetteer(): GazetteerIndex {
  return buildGazetteer(TOY_ENTRIES, TOY_AREAS)
}
