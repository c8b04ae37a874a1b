import type { Position } from 'geojson'
import { expect, it } from 'vitest'
import { placeOutside } from '../../../geo/address/beyond.ts'
import { buildGazetteer } from '../../../geo/address/index.ts'
import { regencyName } from '../../../geo/address/outside.ts'
import { reverse } from '../../../geo/address/reverse.ts'
import { BUILT_IN_CITY } from '../../../geo/city/index.ts'
import type { LonLat } from '../../../geo/earth.ts'

const polygon = (ring: readonly LonLat[]) => ({
  type: 'MultiPolygon' as const,
  coordinates: [[ring.map(([lon, lat]): Position => [lon, lat])]],
})
/** The built-in city with its whole land as one kelurahan: what lies outside is as the program knows it. */
const index = buildGazetteer([], {
  city_name: BUILT_IN_CITY.name,
  kelurahan: [{ code: '1', name: 'Kota', kecamatan: 'Kota', geometry: polygon(BUILT_IN_CITY.land) }],
  neighbours: BUILT_IN_CITY.neighbours.map(({ regency, name, points }) => ({
    regency,
    name,
    geometry: polygon(points),
  })),
})

it.each([
  ['Batang', 'Kabupaten Batang'],
  ['Kab. Batang', 'Kabupaten Batang'],
  ['Kota Tegal', 'Kota Tegal'],
  ['Laut Jawa', 'Laut Jawa'],
  ['Lautan', 'Kabupaten Lautan'],
])('calls %s %s', (regency, name) => expect(regencyName(regency)).toBe(name))

it('says the sea once, without a regency', () => {
  expect(placeOutside(index, [109.67, -6.8])).toEqual({ district: null, county: 'Laut Jawa' })
  const { label, district, county } = reverse(index, 109.67, -6.8)
  expect(label).toMatch(/^Laut Jawa \(di luar Kota Pekalongan, [\d,]+ km di utara batas\)$/)
  expect({ district, county }).toEqual({ district: null, county: 'Laut Jawa' })
})

it('says kecamatan and regency on land', () => {
  expect(placeOutside(index, [109.66, -6.97])).toEqual({ district: 'Kedungwuni', county: 'Kabupaten Pekalongan' })
  expect(reverse(index, 109.73, -6.908).label).toMatch(/^Batang, Kabupaten Batang \(di luar/)
})
