import type { LonLat } from '../earth.ts'
import { LAND, SEA } from './outline.ts'
import type { CityNeighbour } from './types.ts'

/** The city's own border from one of its vertices to another, in the direction of the outline: neighbours share it exactly. */
function border(from: LonLat, to: LonLat): LonLat[] {
  const i = LAND.findIndex((v) => v[0] === from[0] && v[1] === from[1])
  const j = LAND.findLastIndex((v) => v[0] === to[0] && v[1] === to[1])
  if (i < 0 || j <= i) throw new Error(`no border from ${from.join(' ')} to ${to.join(' ')}`)
  return LAND.slice(i, j + 1).map(([lon, lat]): LonLat => [lon, lat])
}

const CAPE: LonLat = [109.714, -6.867]
const BAROS: LonLat = [109.694, -6.91]
const GAPURO: LonLat = [109.678, -6.935]
const BANYURIP: LonLat = [109.652, -6.924]
const WEST_COAST: LonLat = [109.66, -6.853]

const KAB_PEKALONGAN = 'Kab. Pekalongan'
const KAB_BATANG = 'Kab. Batang'

/**
 * What lies around the city, in coarse blocks named after the kecamatan that fills them, so that a point outside can be
 * handed to the right regency. Complete to about 15 km; the blocks do not overlap the city.
 */
export const NEIGHBOURS: readonly CityNeighbour[] = [
  { regency: 'Laut Jawa', name: 'Laut Jawa', points: SEA },
  {
    regency: KAB_PEKALONGAN,
    name: 'Tirto',
    points: [
      [109.655, -6.938],
      [109.62, -6.938],
      [109.616, -6.9],
      [109.64, -6.846],
      WEST_COAST,
      ...border(BANYURIP, WEST_COAST).slice(0, -1).reverse(),
      [109.655, -6.938],
    ],
  },
  {
    regency: KAB_PEKALONGAN,
    name: 'Wiradesa',
    points: [
      [109.64, -6.846],
      [109.616, -6.9],
      [109.62, -6.938],
      [109.62, -7.02],
      [109.5, -7.02],
      [109.5, -6.84],
      [109.6, -6.842],
      [109.64, -6.846],
    ],
  },
  {
    regency: KAB_PEKALONGAN,
    name: 'Buaran',
    points: [
      [109.655, -6.938],
      ...border(GAPURO, BANYURIP).reverse(),
      [109.678, -6.95],
      [109.66, -6.95],
      [109.655, -6.938],
    ],
  },
  {
    regency: KAB_PEKALONGAN,
    name: 'Kedungwuni',
    points: [
      [109.62, -6.938],
      [109.655, -6.938],
      [109.66, -6.95],
      [109.678, -6.95],
      [109.69, -6.97],
      [109.69, -7.02],
      [109.62, -7.02],
      [109.62, -6.938],
    ],
  },
  {
    regency: KAB_BATANG,
    name: 'Warungasem',
    points: [
      ...border(BAROS, GAPURO).reverse(),
      [109.72, -6.915],
      [109.736, -6.95],
      [109.736, -7.02],
      [109.69, -7.02],
      [109.69, -6.97],
      [109.678, -6.95],
      GAPURO,
    ],
  },
  {
    regency: KAB_BATANG,
    name: 'Batang',
    points: [
      ...border(CAPE, BAROS).reverse(),
      [109.73, -6.872],
      [109.76, -6.884],
      [109.86, -6.9],
      [109.86, -7.02],
      [109.736, -7.02],
      [109.736, -6.95],
      [109.72, -6.915],
      BAROS,
    ],
  },
]
