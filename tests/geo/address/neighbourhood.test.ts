import type { MultiPolygon, Point } from 'geojson'
import { describe, expect, it } from 'vitest'
import { geocode } from '../../../geo/address/geocode.ts'
import { buildGazetteer } from '../../../geo/address/index.ts'
import { inPolygon, lengthM, nearestOnLines } from '../../../geo/address/shapes.ts'
import { queryTokens, readNumbers } from '../../../geo/address/tokens.ts'
import type { NeighbourhoodArea } from '../../../geo/address/types.ts'
import { distanceM } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'
import { geodataDir, loadCity } from './helpers/imported.ts'
import { TOY_AREAS, TOY_ENTRIES, toyGazetteer } from './helpers/toy.ts'

const box = (west: number, south: number, east: number, north: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ],
})
const post = (lon: number, lat: number): Point => ({ type: 'Point', coordinates: [lon, lat] })
const unit = (kelurahan_code: string, rw: number, rt: number | null, geometry: NeighbourhoodArea['geometry']) => ({
  kelurahan_code,
  rw,
  rt,
  geometry,
})
/** Medono (1): RW 7 with RT 1-3 as areas, RW 8 whole. Krapyak (3): RW 7 on Jl. Sudirman, RT 5 a post. Bendan Kergon has none. */
const UNITS: NeighbourhoodArea[] = [
  unit('1', 7, 1, box(109.642, -6.888, 109.644, -6.886)),
  unit('1', 7, 2, box(109.644, -6.888, 109.646, -6.886)),
  unit('1', 7, 3, box(109.646, -6.892, 109.648, -6.888)),
  unit('1', 8, null, box(109.65, -6.892, 109.656, -6.8875)),
  unit('3', 7, 3, box(109.682, -6.891, 109.686, -6.889)),
  unit('3', 7, 5, post(109.69, -6.887)),
  unit('3', 9, 3, post(109.698, -6.899)),
]
const index = buildGazetteer(TOY_ENTRIES, { ...TOY_AREAS, neighbourhoods: UNITS })
const bare = toyGazetteer()
const first = (q: string) => geocode(index, q).results[0]

describe('numbers that were said', () => {
  it.each([
    ['RT 03 RW 07 Degayu', '3', '7'],
    ['rt3/rw7 kel degayu', '3', '7'],
    ['RT.003/RW.007', '3', '7'],
    ['RT 03/07 Degayu', '3', '7'],
    ['rt/rw 3/4 kauman', '3', '4'],
    ['rt/rw: 003/004', '3', '4'],
    ['rw 5 kauman', null, '5'],
    ['rw vii rt dua', '2', '7'],
    ['rt dua belas rw dua puluh satu', '12', '21'],
    ['erte tiga erwe sebelas', '3', '11'],
    ['rt03rw07', '3', '7'],
    ['jalan kartini', null, null],
    ['rt nya banjir', null, null],
  ])('%s', (q, rt, rw) => expect(readNumbers(q)).toMatchObject({ rt, rw }))

  it.each([
    ['jl sriwijaya no 12', { housenumber: '12' }],
    ['jl sriwijaya no 12 a', { housenumber: '12 A' }],
    ['jl sriwijaya nomer 12a', { housenumber: '12 A' }],
    ['jl sriwijaya no. 12/3', { housenumber: '12/3' }],
    ['jl sriwijaya no. 12-14', { housenumber: '12-14' }],
    ['jl sriwijaya no c5 rt 2', { housenumber: 'C5', rt: '2' }],
    ['Perum Griya Asri blok C no 5', { block: 'C', housenumber: '5' }],
    ['Perum Griya Asri blok c5', { block: 'C', housenumber: '5' }],
    ['Perum Griya Asri Blok D-12', { block: 'D', housenumber: '12' }],
    ['perum griya blok 3 no 7', { block: '3', housenumber: '7' }],
    ['jl sriwijaya km 4', { km: '4', housenumber: null }],
    ['jl sriwijaya km 4,5', { km: '4,5' }],
    ['jl kartini no 110 gang 4', { housenumber: '110', gang: '4' }],
    ['gg. 5b jl kartini', { gang: '5B' }],
    ['gang mawar, jl kartini', { gang: 'Mawar' }],
    ['jl sriwijaya 12', { bare: '12', housenumber: null }],
    ['jl sriwijaya 3 rumah', { bare: null }],
    ['200 meter timur rsud', { bare: null, housenumber: null }],
    ['jl sriwijaya no 081234567890', { housenumber: null }],
    ['jl sriwijaya no 12 hp 0812-3456-7890', { housenumber: '12', bare: null }],
  ])('%s', (q, said) => expect(readNumbers(q)).toMatchObject(said))

  it('are no words of the name, so that the name is found as without them', () => {
    const words = (q: string) => queryTokens(q).flatMap((each) => (each.kind === 'weak' ? [] : [each.text]))
    for (const tail of [
      'no 12',
      'no. 12/3',
      'no 12-14',
      'no c5',
      'RT 3 RW 7',
      'rt/rw 3/4',
      'km 4,5',
      'rt dua belas rw 1',
    ])
      expect(words(`jl kartini ${tail}`), tail).toEqual(['jalan', 'kartini'])
  })
})

describe('house numbers without a map of houses', () => {
  it.each([
    ['jl kartini no 12 a', 'Jl. RA. Kartini No. 12 A', { housenumber: '12 A' }],
    ['jl kartini 12', 'Jl. RA. Kartini No. 12', { housenumber: '12' }],
    ['jl kartini no 110 gang 4', 'Jl. RA. Kartini Gang 4 No. 110', { housenumber: '110', gang: '4' }],
    ['jl kartini gang mawar no 7', 'Jl. RA. Kartini Gang Mawar No. 7', { housenumber: '7', gang: 'Mawar' }],
    ['jl kartini km 4', 'Jl. RA. Kartini Km 4', { km: '4' }],
  ])('%s: the street, with the number in its label and the reason', (q, label, more) => {
    const result = geocode(bare, q).results[0]
    expect(result).toMatchObject({ type: 'street', name: 'Jl. RA. Kartini', label, ...more })
    expect(result.why.join()).toMatch(/tidak ada (ukurannya )?di peta: seluruh jalan$/)
    expect(result.map_label).toBe('Jl. RA. Kartini')
    const plain = geocode(bare, 'jl kartini').results[0]
    expect(result.point).toEqual(plain.point)
    expect(result.accuracy_m).toBe(plain.accuracy_m)
  })
  it('leaves the number of a numbered street to its name', () => {
    for (const q of ['jl pelita 2', 'jl pelita II']) {
      const result = geocode(bare, q).results[0]
      expect(result).toMatchObject({ name: 'Jl. Pelita II', label: 'Jl. Pelita II' })
      expect(result.housenumber).toBeUndefined()
    }
    expect(geocode(bare, 'jl pelita 2 no 5').results[0]).toMatchObject({
      label: 'Jl. Pelita II No. 5',
      housenumber: '5',
    })
  })
  it('says nothing of numbers that nobody said', () => {
    const result = geocode(bare, 'jl kartini').results[0]
    expect(Object.keys(result)).not.toEqual(expect.arrayContaining(['housenumber']))
    expect(result.why.join()).not.toContain('peta')
    expect(result.map_label).toBeUndefined()
  })
})

describe('RT and RW that the map has', () => {
  it('answers the RT with its area and its own size', () => {
    for (const q of ['RT 03 RW 07 Medono', 'rt3/rw7 kel medono', 'kebakaran di RT.003/RW.007 medono pak']) {
      const result = first(q)
      expect(result, q).toMatchObject({
        type: 'neighbourhood',
        name: 'RT 03 RW 07',
        label: 'RT 03 RW 07, Kel. Medono, Kec. Pekalongan Barat',
        kelurahan_code: '1',
        district: 'Medono',
        rt: '3',
        rw: '7',
        inside_city: true,
      })
      expect(result.area).toEqual(UNITS[2].geometry)
      expect(inPolygon(result.point, UNITS[2].geometry as MultiPolygon)).toBe(true)
      // 221 x 445 m: its circle holds the farthest corner, and little more
      expect(result.accuracy_m).toBeGreaterThan(240)
      expect(result.accuracy_m).toBeLessThan(320)
    }
  })
  it('answers a whole RW, drawn as such or by its RT, and asks for the RT', () => {
    const drawn = geocode(index, 'rw 8 medono')
    expect(drawn.results[0]).toMatchObject({ type: 'neighbourhood', name: 'RW 08', area: UNITS[3].geometry })
    expect(drawn.ask).toMatch(/RT berapa/)
    const joined = first('RW 07 Medono')
    expect(joined.area?.coordinates).toHaveLength(3)
    const within = joined.area as MultiPolygon
    // RT 1 to 3 reach over 750 m: from the middle one all is nearer than from either end
    expect(inPolygon(joined.point, UNITS[1].geometry as MultiPolygon)).toBe(true)
    expect(inPolygon(joined.point, within)).toBe(true)
    for (const corner of within.coordinates.flat(2))
      expect(distanceM(joined.point, corner)).toBeLessThanOrEqual(joined.accuracy_m + 1)
  })
  it('answers a post as a point, and says that its border is not known', () => {
    const result = first('rt 5 rw 7 krapyak')
    expect(result).toMatchObject({ type: 'neighbourhood', point: [109.69, -6.887], accuracy_m: 100 })
    expect(result.area).toBeUndefined()
    expect(result.why.join()).toContain('batasnya tidak ada di peta')
  })
  it('widens to the RW where it has no such RT, and to the kelurahan where it has no such RW', () => {
    const wider = geocode(index, 'rt 9 rw 7 medono')
    expect(wider.results[0]).toMatchObject({ type: 'neighbourhood', name: 'RW 07', rt: '9', rw: '7' })
    expect(wider.results[0].why).toContain('RT 09 tidak ada di RW 07 pada peta: seluruh RW 07')
    const widest = geocode(index, 'rt 1 rw 15 medono')
    expect(widest.results[0]).toMatchObject({ type: 'kelurahan', name: 'Medono', rt: '1', rw: '15' })
    expect(widest.results[0].why).toContain('RW 15 tidak ada di Kel. Medono pada peta: seluruh Kel. Medono')
    expect(widest.ask).toMatch(/RW 15 tidak ada di Kel\. Medono/)
  })
  it('asks for the RW where an RT said alone is in several, and takes it where it is in one', () => {
    expect(first('rt 5 krapyak')).toMatchObject({ type: 'neighbourhood', name: 'RT 05 RW 07' })
    const two = geocode(index, 'rt 3 krapyak')
    expect(two.results[0]).toMatchObject({ type: 'kelurahan', name: 'Krapyak', rt: '3' })
    expect(two.ask).toBe('RT 03 di RW berapa: 07, 09?')
  })
  it('gives the part of a street within it, in each kelurahan that has such a part, and asks which', () => {
    const { results, ask } = geocode(index, 'jl sudirman rt 3 rw 7')
    const streets = results.filter((each) => each.name === 'Jl. Jend. Sudirman')
    expect(streets.map((each) => each.label).sort()).toEqual([
      'Jl. Jend. Sudirman, RT 03 RW 07, Kel. Krapyak, Kec. Pekalongan Utara',
      'Jl. Jend. Sudirman, RT 03 RW 07, Kel. Medono, Kec. Pekalongan Barat',
    ])
    for (const { area, point, kelurahan_code, score } of streets) {
      const own = UNITS.find((each) => each.kelurahan_code === kelurahan_code && each.rt === 3) as NeighbourhoodArea
      if (area?.type !== 'MultiLineString') throw new Error('no lines')
      for (const corner of area.coordinates.flat())
        expect(nearestOnLines(corner, (own.geometry as MultiPolygon).coordinates[0])?.distance_m).toBeLessThan(250)
      const { coordinates } = own.geometry as MultiPolygon
      const width = distanceM(coordinates[0][0][0], coordinates[0][0][1])
      expect(lengthM(area.coordinates)).toBeCloseTo(width, -1)
      expect(inPolygon(point, own.geometry as MultiPolygon)).toBe(true)
      expect(score).toBeLessThan(0.55)
    }
    expect(ask).toMatch(/Sudirman yang di (Medono|Krapyak) atau (Medono|Krapyak)\?/)
    expect(first('jl sudirman rt 3 rw 7 kel krapyak')).toMatchObject({ kelurahan_code: '3', district: 'Krapyak' })
  })
  it('gives the part in the RW where the RT lies off the street, and says so', () => {
    const result = first('jl sudirman rt 1 rw 7 medono')
    expect(result).toMatchObject({
      type: 'street',
      label: 'Jl. Jend. Sudirman, RW 07, Kel. Medono, Kec. Pekalongan Barat',
    })
    expect(result.why).toContain('RT 01 tidak di jalan ini')
  })
  it('says when the street does not pass it', () => {
    const result = first('jl pelita 1 rt 3 rw 7')
    expect(result).toMatchObject({ name: 'Jl. Pelita I', rt: '3', rw: '7' })
    expect(result.why.join()).toContain('RT 03 RW 07 tidak dilalui jalan ini: seluruh jalan')
  })
})

describe('RT and RW that the map has not', () => {
  it.each([
    ['RT 03 RW 07 Medono', 'kelurahan', 'RT 03 RW 07 tidak ada di peta: seluruh Kel. Medono'],
    ['rw 5 krapyak', 'kelurahan', 'RW 05 tidak ada di peta: seluruh Kel. Krapyak'],
    ['rt 04 rw 10 jl kartini', 'street', 'RT 04 RW 10 tidak ada di peta: seluruh jalan'],
  ])('%s: as without, and what was said is kept', (q, type, why) => {
    const result = geocode(bare, q).results[0]
    expect(result.type).toBe(type)
    expect(result.why).toContain(why)
    expect(result.label).toMatch(/\((RT \d\d )?RW \d\d tidak ada di peta\)$/)
    expect(result.map_label).not.toContain('RW')
    expect(result.rw).toBe(String(readNumbers(q).rw))
    const plain = geocode(bare, q.replace(/rt \d+|rw \d+/gi, '')).results[0]
    expect([result.point, result.accuracy_m]).toEqual([plain.point, plain.accuracy_m])
  })
  it('holds for a kelurahan the layer leaves out', () =>
    expect(first('rt 3 rw 7 bendan kergon')).toMatchObject({ type: 'kelurahan', rt: '3', rw: '7' }))
  it('asks for the kelurahan when nothing else was said', () => {
    const answer = geocode(index, 'rt 3 rw 7')
    expect(answer).toMatchObject({ results: [], reason: 'not_found', ask: 'RT 03 RW 07 di kelurahan apa?' })
    expect(geocode(index, 'kec pekalongan utara rt 3 rw 7').ask).toBe('RT 03 RW 07 di kelurahan apa?')
  })
  it('carries the numbers beside a place, and says whether it lies there', () => {
    const inside = first('pasar banyuurip rt 5 rw 8 medono')
    expect(inside).toMatchObject({ type: 'place', name: 'Pasar Banyuurip', rt: '5', rw: '8' })
    expect(inside.why).toContain('di RW 08')
    const elsewhere = first('masjid an nur medono rw 8')
    expect(elsewhere).toMatchObject({ type: 'place', name: 'Masjid An Nur', rw: '8' })
    expect(elsewhere.why.join()).not.toContain('RW 08')
  })
  it('carries them outside the city too', () =>
    expect(geocode(bare, 'rt 3 rw 7 warung asem kab batang').results[0]).toMatchObject({
      inside_city: false,
      rt: '3',
      rw: '7',
    }))
})

describe.skipIf(!geodataDir)('a city full of RT', () => {
  it('finds each of 2,000 by its numbers, and answers other questions as fast as before', () => {
    const city = loadCity(geodataDir as string)
    const random = seededRandom(71)
    const units: NeighbourhoodArea[] = []
    for (const { code, geometry } of city.areas.kelurahan) {
      const [lon, lat] = geometry.coordinates[0][0][0]
      for (let rw = 1; rw <= 10; rw++)
        for (let rt = 1; rt <= 8; rt++) {
          const [west, south] = [lon + random() * 0.01, lat + random() * 0.01]
          units.push(unit(code, rw, rt, box(west, south, west + 0.001, south + 0.001)))
        }
    }
    expect(units.length).toBeGreaterThan(2000)
    const plain = buildGazetteer(city.entries, city.areas)
    const full = buildGazetteer(city.entries, { ...city.areas, neighbourhoods: units })
    expect(full.names.length).toBe(plain.names.length)
    for (let n = 0; n < 100; n++) {
      const wanted = units[Math.floor(random() * units.length)]
      const name = city.areas.kelurahan.find(({ code }) => code === wanted.kelurahan_code)?.name
      const q = `RT ${wanted.rt} RW ${wanted.rw} kel ${name}`
      expect(geocode(full, q).results[0], q).toMatchObject({
        type: 'neighbourhood',
        kelurahan_code: wanted.kelurahan_code,
        area: wanted.geometry,
      })
    }
    for (const q of ['dekat masjid jami', 'jl kartini', 'medono', 'simpang kartini sriwijaya'])
      expect(geocode(full, q)).toEqual(geocode(plain, q))
  })
})
