import { beforeAll, describe, expect, it } from 'vitest'
import { kelurahanAt } from '../../../geo/address/areas.ts'
import { directionWord } from '../../../geo/address/compass.ts'
import { crossingOf } from '../../../geo/address/crossing.ts'
import { buildGazetteer, type GazetteerIndex } from '../../../geo/address/index.ts'
import { landmarkFactor, landmarkWorth, nearestLandmark, nearestStreet } from '../../../geo/address/nearest.ts'
import { reverse } from '../../../geo/address/reverse.ts'
import { nearestOnLines } from '../../../geo/address/shapes.ts'
import type { GazetteerEntry } from '../../../geo/address/types.ts'
import { bearingDeg, distanceM, fromLocalM, type LonLat } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'
import { geodataDir, loadCity } from './helpers/imported.ts'
import { TOY_AREAS, TOY_ENTRIES, toyGazetteer } from './helpers/toy.ts'

if (!geodataDir) console.warn('skipped: no geodata (set GEODATA_DIR, or put it at ../shared/geodata)')

const toy = toyGazetteer()
/** Metres east and north of a point. */
const from = (p: LonLat, east: number, north: number): LonLat => fromLocalM([east, north], p)
const at = (p: LonLat, index: GazetteerIndex = toy) => reverse(index, p[0], p[1])
/** On Jl. Jend. Sudirman, which runs west to east, far from every other street. */
const ON_SUDIRMAN: LonLat = [109.66, -6.89]

describe('the street and its side', () => {
  it.each([
    [0, 20, 'utara'],
    [0, -20, 'selatan'],
  ])('%i m east, %i m north: sisi %s', (east, north, side) => {
    const answer = at(from(ON_SUDIRMAN, east, north))
    expect(answer).toMatchObject({ street: 'Jl. Jend. Sudirman', street_side: side, street_distance_m: 20 })
    expect(answer.label).toMatch(new RegExp(`^Jl\\. Jend\\. Sudirman sisi ${side}, `))
  })
  it('names no side on the street itself', () => {
    for (const north of [0, 7, -7]) {
      const answer = at(from(ON_SUDIRMAN, 0, north))
      expect(answer).toMatchObject({ street: 'Jl. Jend. Sudirman', street_side: null })
      expect(answer.label).toMatch(/^Jl\. Jend\. Sudirman, /)
    }
  })
  it('says how far and in which direction off the street', () => {
    const answer = at(from(ON_SUDIRMAN, 0, 100))
    expect(answer).toMatchObject({ street_side: 'utara', street_distance_m: 100 })
    expect(answer.label).toMatch(/^100 m utara Jl\. Jend\. Sudirman, /)
  })
  it('says the end where the street has ended, for there it has no sides', () => {
    const answer = at(from([109.698, -6.89], 20, 5))
    expect(answer).toMatchObject({ street: 'Jl. Jend. Sudirman', street_side: null })
    expect(answer.label).toMatch(/^Ujung timur Jl\. Jend\. Sudirman, /)
  })
  it('says the crossing where two streets meet, from either side of it', () => {
    for (const [east, north] of [
      [0, 0],
      [15, 10],
      [-10, 18],
    ]) {
      const answer = at(from([109.67, -6.89], east, north))
      expect(answer.crossing?.split(' – ').sort()).toEqual(['Jl. Jend. Sudirman', 'Jl. RA. Kartini'])
      expect(answer.label).toMatch(
        /^Simpang Jl\. (RA\. Kartini – Jl\. Jend\. Sudirman|Jend\. Sudirman – Jl\. RA\. Kartini)/,
      )
    }
    expect(at(from([109.67, -6.89], 40, 10)).crossing).toBeNull()
  })
  it('takes two streets side by side for no crossing', () => {
    const line = (name: string, lat: number): GazetteerEntry => ({
      ...TOY_ENTRIES[0],
      id: name,
      name,
      geometry: {
        type: 'MultiLineString',
        coordinates: [
          [
            [109.642, lat],
            [109.658, lat],
          ],
        ],
      },
    })
    const index = buildGazetteer([line('Jl. Kali Utara', -6.894), line('Jl. Kali Selatan', -6.8942)], TOY_AREAS)
    expect(at([109.65, -6.8941], index)).toMatchObject({ crossing: null, street: 'Jl. Kali Selatan' })
  })
  it('leaves a street without a name to the nearest named one', () => {
    const index = buildGazetteer(
      [
        ...TOY_ENTRIES,
        {
          ...TOY_ENTRIES[0],
          id: 'x',
          name: '-',
          geometry: {
            type: 'MultiLineString',
            coordinates: [
              [
                [109.65, -6.8899],
                [109.67, -6.8899],
              ],
            ],
          },
        },
      ],
      TOY_AREAS,
    )
    expect(at(from(ON_SUDIRMAN, 0, 11), index)).toMatchObject({ street: 'Jl. Jend. Sudirman', street_side: 'utara' })
  })
})

describe('the landmark', () => {
  const place = (name: string, east: number, type: 'place' | 'facility' = 'place'): GazetteerEntry => ({
    ...TOY_ENTRIES[0],
    id: name,
    type,
    name,
    category: null,
    geometry: { type: 'Point', coordinates: from(ON_SUDIRMAN, east, 50) },
  })
  const chosen = (...entries: GazetteerEntry[]) => at(ON_SUDIRMAN, buildGazetteer(entries, TOY_AREAS)).landmark
  it.each([
    [
      'an official one over a vague one that is nearer',
      'RSUD Bendan',
      [place('Masjid', 60), place('RSUD Bendan', 150, 'facility')],
    ],
    [
      'a mosque with a name over one without',
      'Masjid Jami Kauman',
      [place('Masjid', 80), place('Masjid Jami Kauman', 120)],
    ],
    ['a school over a kindergarten', 'SDN 03 Krapyak', [place('TK Melati', 100), place('SDN 03 Krapyak', 140)]],
    [
      'the near one over the famous one that is far',
      'Masjid An Nur',
      [place('Masjid An Nur', 60), place('RSUD Bendan', 900, 'facility')],
    ],
    [
      'one whose name is sure',
      'SDN 03 Krapyak',
      [place('Polsek Barat (?)', 60, 'facility'), place('SDN 03 Krapyak', 100)],
    ],
  ] as const)('%s', (_what, name, entries) => expect(chosen(...entries)).toBe(name))
  it('comes first where one is at it', () =>
    expect(at(from([109.668, -6.893], 10, 10)).label).toMatch(/^RSUD Bendan, /))
  it('has its distance and direction by formula', () => {
    const answer = at([109.669, -6.893])
    expect(answer).toMatchObject({ landmark: 'RSUD Bendan', direction: 'timur', bearing_deg: 90, distance_m: 110 })
    expect(answer.label).toContain('110 m timur RSUD Bendan')
  })
})

describe('RT and RW in the words', () => {
  it('stand before the kelurahan where they are drawn', () => {
    const ring = [
      [109.655, -6.895],
      [109.665, -6.895],
      [109.665, -6.885],
      [109.655, -6.885],
      [109.655, -6.895],
    ]
    const geometry = { type: 'MultiPolygon' as const, coordinates: [[ring]] }
    const neighbourhoods = [{ kelurahan_code: '2', rw: 7, rt: 3, geometry }]
    const index = buildGazetteer(TOY_ENTRIES, { ...TOY_AREAS, neighbourhoods })
    const answer = at([109.661, -6.8898], index)
    expect(answer).toMatchObject({ rt: '3', rw: '7' })
    expect(answer.label).toMatch(/, RT 03 RW 07, Kel\. Bendan Kergon$/)
    expect(at([109.661, -6.88985])).toMatchObject({ rt: null, rw: null })
  })
})

describe('outside the city', () => {
  it.each([
    ['a neighbour', [109.66, -6.93], 'Warung Asem', 'Kabupaten Batang', 'selatan'],
    ['the sea', [109.66, -6.7], null, 'Laut Jawa', 'utara'],
    ['the open sea', [109.7, -5.2], null, 'Laut Jawa', 'utara'],
    ['the ocean', [109.7, -10.5], null, 'Samudra Hindia', 'selatan'],
    ['another city', [110.42, -6.99], null, 'sekitar Kota Semarang', 'timur'],
    ['the other side of the world', [-74.006, 40.713], null, 'Jauh di luar wilayah layanan', 'utara'],
  ] as const)('%s: district, county, distance to the border and direction', (_what, p, district, county, direction) => {
    const answer = at([...p])
    expect(answer).toMatchObject({
      inside_city: false,
      kelurahan_code: null,
      street: null,
      district,
      county,
      direction,
    })
    expect(answer.label).toMatch(/\(di luar Kota Pekalongan, [\d.,]+ k?m di [a-z ]+ batas\)$/)
  })
  it('measures far ones around the globe, over the date line too', () => {
    for (const p of [
      [-74.006, 40.713],
      [-179.9, -17.5],
      [0, 0],
      [-70, 6.9],
    ] as LonLat[]) {
      // the city is 6 km wide: its border is about as far as its middle
      const wanted = distanceM(p, [109.67, -6.89])
      expect(Math.abs((at(p).border_distance_m ?? 0) - wanted)).toBeLessThan(5000)
    }
  })
})

describe.skipIf(!geodataDir)('the imported city', () => {
  let index: GazetteerIndex
  const inside: LonLat[] = []
  beforeAll(() => {
    const city = loadCity(geodataDir as string)
    index = buildGazetteer(city.entries, city.areas)
    const random = seededRandom(81)
    const [west, south, east, north] = index.areas.cityBox
    while (inside.length < 300) {
      const p: LonLat = [west + random() * (east - west), south + random() * (north - south)]
      if (kelurahanAt(index.areas, p)) inside.push(p)
    }
  })

  it('finds the nearest street, its side and the direction as brute force does', () => {
    let sides = 0
    for (const p of inside) {
      let least: { distance_m: number; point: LonLat } | null = null
      for (const { geometry } of index.entries) {
        const hit = geometry.type === 'MultiLineString' ? nearestOnLines(p, geometry.coordinates) : null
        if (hit && (!least || hit.distance_m < least.distance_m)) least = hit
      }
      const found = nearestStreet(index, p)
      if (!least || least.distance_m > 500) {
        expect(found).toBeNull()
        continue
      }
      // two flat maps of one city, good to a tenth of a per mille
      expect(Math.abs((found?.distance_m ?? Infinity) - least.distance_m)).toBeLessThan(0.1)
      const [own] = index.entries
        .filter(({ name, type }) => type === 'street' && found?.name.endsWith(name))
        .map(({ geometry }) => (geometry.type === 'MultiLineString' ? nearestOnLines(p, geometry.coordinates) : null))
        .sort((a, b) => (a?.distance_m ?? 0) - (b?.distance_m ?? 0))
      expect(Math.abs((own?.distance_m ?? Infinity) - least.distance_m)).toBeLessThan(0.1)
      const bearing = bearingDeg(least.point, p)
      // on the edge between two compass words either will do
      const words = [bearing - 1, bearing, bearing + 1].map(directionWord)
      if (least.distance_m > 1) expect(words).toContain(found?.direction)
      if (found?.side) expect(words, String(sides++)).toContain(found.side)
      if (least.distance_m < 7.9) expect(found?.side).toBeNull()
    }
    expect(sides).toBeGreaterThan(150)
  })

  it('finds the landmark as an exhaustive search by the same rule does, with bearing and distance by formula', () => {
    let named = 0
    for (const p of inside) {
      let best: { name: string; point: LonLat; distance_m: number; worth: number } | null = null
      for (const entry of index.entries) {
        if (entry.geometry.type !== 'Point') continue
        const point: LonLat = [entry.geometry.coordinates[0], entry.geometry.coordinates[1]]
        const distance_m = distanceM(point, p)
        const worth = landmarkWorth(distance_m, landmarkFactor(entry))
        if (distance_m <= 1500 && (!best || worth < best.worth)) best = { name: entry.name, point, distance_m, worth }
      }
      const found = nearestLandmark(index, p)
      expect(found?.point).toEqual(best?.point)
      if (!best) continue
      named++
      const answer = reverse(index, ...p)
      expect(answer.landmark).toBe(best.name)
      expect(answer.distance_m).toBe(Math.round(best.distance_m))
      expect(answer.bearing_deg).toBe(Math.round(bearingDeg(best.point, p)))
      expect(answer.direction).toBe(directionWord(bearingDeg(best.point, p)))
    }
    expect(named).toBeGreaterThan(250)
  })

  it('says the crossing at each true crossing of two streets, and only where both are near', () => {
    const streets = index.entries.flatMap((entry, i) => (entry.type === 'street' ? [i] : []))
    const random = seededRandom(82)
    let crossings = 0
    for (let tries = 0; tries < 3000 && crossings < 60; tries++) {
      const [a, b] = [streets, streets].map((all) => all[Math.floor(random() * all.length)])
      const crossing = a === b ? null : crossingOf(index, a, b)
      if (!crossing || crossing.gap_m > 0) continue
      const lines = [a, b].map((each) => index.entries[each].geometry)
      for (const p of crossing.points) {
        const apart = lines.map((each) =>
          each.type === 'MultiLineString' ? (nearestOnLines(p, each.coordinates)?.distance_m ?? Infinity) : Infinity,
        )
        if (Math.max(...apart) > 1 || !kelurahanAt(index.areas, p)) continue
        crossings++
        expect(reverse(index, ...p).crossing).not.toBeNull()
      }
    }
    expect(crossings).toBeGreaterThan(20)
    for (const p of inside) {
      const { crossing } = reverse(index, ...p)
      for (const name of crossing?.split(' – ') ?? []) {
        const near = index.entries.some(
          ({ name: own, geometry }) =>
            name.endsWith(own) &&
            geometry.type === 'MultiLineString' &&
            (nearestOnLines(p, geometry.coordinates)?.distance_m ?? Infinity) <= 30.1,
        )
        expect(near, name).toBe(true)
      }
    }
  })

  it('answers in words, inside and out, p95 below 5 ms', () => {
    const random = seededRandom(83)
    reverse(index, ...inside[0])
    const ms = [...inside, ...inside.map(() => [108.5 + random() * 2.5, -8 + random() * 3] as LonLat)].map((p) => {
      const start = performance.now()
      const { label, inside_city } = reverse(index, ...p)
      const took = performance.now() - start
      expect(label).toMatch(inside_city ? /Kel\. / : /di luar Kota Pekalongan, /)
      expect(label).not.toMatch(/null|undefined|NaN|Infinity/)
      return took
    })
    ms.sort((a, b) => a - b)
    const p95 = ms[Math.floor(ms.length * 0.95)]
    console.info(`reverse p50 ${ms[ms.length >> 1].toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`)
    expect(p95).toBeLessThan(5)
  })
})
