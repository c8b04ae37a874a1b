import { describe, expect, it } from 'vitest'
import { buildGazetteer } from '../../../geo/address/index.ts'
import { geocode } from '../../../geo/address/geocode.ts'
import { reverse } from '../../../geo/address/reverse.ts'
import { nearestOnLines } from '../../../geo/address/shapes.ts'
import { AddressError } from '../../../geo/address/types.ts'
import { distanceM } from '../../../geo/earth.ts'
import { toyGazetteer } from './helpers/toy.ts'

const index = toyGazetteer()
const first = (q: string) => geocode(index, q).results[0]

describe('streets', () => {
  it.each([
    'Jl Kartini',
    'jln kartini no 12',
    'jalan R.A. Kartini',
    'kebakaran di jl katrini pak',
    'Djalan Kartini RT 3 RW 4',
    'kartini',
  ])('%s', (q) => expect(first(q)).toMatchObject({ type: 'street', name: 'Jl. RA. Kartini' }))
  it('joins words written apart and parts words written together', () => {
    expect(first('jl gajah mada').name).toBe('Jl. Gajahmada')
    expect(first('jl wahidhasyim').name).toBe('Jl. KH. Wahid Hasyim')
  })
  it('tells numbered streets apart', () => {
    expect(first('jl pelita 2').name).toBe('Jl. Pelita II')
    expect(first('jl. Palita I').name).toBe('Jl. Pelita I')
  })
  it.each([
    'jl sudirman kel Krapyak',
    'Jl Jend Soedirman daerah krapyak',
    'sudirman di krapiak',
    'jl jenderal sudirman krapyak',
  ])('%s: the part there', (q) => {
    const result = first(q)
    expect(result).toMatchObject({ name: 'Jl. Jend. Sudirman', district: 'Krapyak' })
    expect(result.point[0]).toBeCloseTo(109.689, 4)
    expect(result.accuracy_m).toBeLessThan(1100)
  })
  it('puts the point of a street on the street', () => {
    for (const entry of index.entries) {
      if (entry.geometry.type !== 'MultiLineString') continue
      expect(nearestOnLines(first(entry.name).point, entry.geometry.coordinates)?.distance_m).toBeLessThan(1)
    }
  })
})

describe('places', () => {
  it('asks which of two namesakes is meant, and shares the score', () => {
    const { results, ask } = geocode(index, 'masjid an nur')
    expect(
      results
        .slice(0, 2)
        .map((each) => each.district)
        .sort(),
    ).toEqual(['Bendan Kergon', 'Medono'])
    expect(results[0].score).toBeLessThan(0.55)
    expect(ask).toMatch(/Masjid An Nur yang di (Medono|Bendan Kergon) atau (Medono|Bendan Kergon)\?/)
  })
  it.each(['masjid an nur kel medono', 'mesjid annur medono', 'depan masjid an-nur di Medono'])(
    '%s: the one there',
    (q) => expect(first(q)).toMatchObject({ type: 'place', district: 'Medono' }),
  )
  it('prefers the near one when told where the operator looks', () => {
    const { results } = geocode(index, 'masjid an nur', { near: [109.675, -6.894] })
    expect(results[0]).toMatchObject({ district: 'Bendan Kergon', distance_m: 0 })
  })
  it.each([
    ['rumah sakit bendan', 'RSUD Bendan'],
    ['pustu medono', 'Puskesmas Pembantu Medono'],
    ['PKM pembantu medono', 'Puskesmas Pembantu Medono'],
    ['sd n 3 krapyak', 'SDN 03 Krapyak'],
    ['sekolah dasar negeri 1 krapyak', 'SDN 1 Krapyak'],
    ['msjd jamik krapyak', "Masjid Jami' Krapyak"],
  ])('%s is %s', (q, name) => expect(first(q).name).toBe(name))
  it.each(['Krapyak', 'kel krapyak', 'RT 03/RW 07 Krapjak', 'daerah krapyak'])(
    '%s is the kelurahan, with its area',
    (q) => {
      const result = first(q)
      expect(result).toMatchObject({ type: 'kelurahan', kelurahan_code: '3' })
      expect(result.area?.type).toBe('MultiPolygon')
      expect(result.accuracy_m).toBeGreaterThan(800)
    },
  )
})

describe('crossings', () => {
  it.each([
    'perempatan Kartini Sudirman',
    'prapatan jl kartini sama jl jend sudirman',
    'jl kartini ketemu jl sudirman',
    'Jl. Kartini / Jl. Sudirman',
    'pojok kartini dan soedirman',
    'simpang empat kartini - sudirman',
    'jl sudirman perempatan jl kartini',
  ])('%s', (q) => {
    const result = first(q)
    expect(result.type).toBe('crossing')
    expect(distanceM(result.point, [109.67, -6.89])).toBeLessThan(1)
  })
  it('gives all crossings of the one street named, and asks', () => {
    const { results, ask } = geocode(index, 'perempatan sudirman')
    expect(results.filter((each) => each.type === 'crossing')).toHaveLength(3)
    expect(ask).not.toBeNull()
  })
  it('says when two streets do not meet', () =>
    expect(first('perempatan gajahmada kartini').why.join()).toContain('tidak bertemu'))
  it('does not take a street named after a town for the town', () =>
    expect(first('simpang jl sudirman / bandung').type).toBe('crossing'))
})

describe('words of relation', () => {
  it.each([
    ['200 meter timur RSUD Bendan', 200, 90],
    ['200 m sebelah utara RSUD Bendan', 200, 0],
    ['RSUD Bendan ke selatan 300 meter', 300, 180],
    ['dua ratus meter barat RSUD Bendan', 200, 270],
    ['1,5 km timur rsud bendan', 1500, 90],
    ['seratus meter barat daya rsud bendan', 100, 225],
    ['seratus lima puluh meter timur RSUD Bendan', 150, 90],
    ['dua ratus lima puluh meter utara RSUD Bendan', 250, 0],
    ['tujuh puluh lima meter selatan RSUD Bendan', 75, 180],
    ['satu setengah kilo timur RSUD Bendan', 1500, 90],
    ['seribu dua ratus meter timur RSUD Bendan', 1200, 90],
  ] as const)('%s', (q, metres, bearing) => {
    const { point, accuracy_m } = first(q)
    const rad = (bearing * Math.PI) / 180
    const wanted: [number, number] = [
      109.668 + (Math.sin(rad) * metres) / 110_395,
      -6.893 + (Math.cos(rad) * metres) / 111_195,
    ]
    expect(distanceM(point, wanted)).toBeLessThan(3)
    expect(accuracy_m).toBeGreaterThan(0.3 * metres)
  })
  it('widens without moving where no distance is said', () => {
    const [plain, before] = [first('RSUD Bendan'), first('ada kecelakaan di depan RSUD Bendan')]
    expect(before.point).toEqual(plain.point)
    expect(before.accuracy_m).toBeGreaterThan(plain.accuracy_m)
  })
  it('leaves a compass word that belongs to the name', () =>
    expect(first('kecamatan pekalongan utara')).toMatchObject({ type: 'kecamatan', name: 'Pekalongan Utara' }))
  it('finds the office behind "depan kelurahan"', () =>
    expect(geocode(index, 'depan kelurahan krapyak').results[0].accuracy_m).toBeGreaterThan(0))
})

describe('outside the city', () => {
  it.each([
    ['Pasar Warung Asem', 'Kabupaten Batang'],
    ['Comal Pemalang', 'Kabupaten Pemalang'],
    ['Simpang Lima Semarang', 'Kota Semarang'],
    ['Bojong kabupaten pekalongan', 'Kabupaten Pekalongan'],
    ['jl sudirman batang', 'Kabupaten Batang'],
    ['kedungwoeni', 'Kabupaten Pekalongan'],
    ['Pelabuhan Tegal', 'Kota Tegal'],
    ['rsud kajen', 'Kabupaten Pekalongan'],
  ])('%s: one answer, %s', (q, county) => {
    const { results, ask } = geocode(index, q)
    expect(results).toHaveLength(1)
    expect(results[0]).toMatchObject({ inside_city: false, county })
    expect(results[0].label).toContain(county)
    expect(results[0].border_distance_m).toBeGreaterThan(0)
    expect(ask).toBeNull()
  })
  it.each(['jl sudirman arah batang', 'jl bandung', 'bandung'])('%s stays inside', (q) =>
    expect(first(q).inside_city).toBe(true),
  )
  it('knows positions outside, at sea, and at the other side of the world', () => {
    expect(first('-6.93, 109.66')).toMatchObject({
      inside_city: false,
      county: 'Kabupaten Batang',
      district: 'Warung Asem',
    })
    expect(first('-6.70, 109.66').county).toContain('Laut')
    expect(first('40.712, -74.006').label).toContain('di luar Kota Pekalongan')
  })
})

describe('bad input', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['😀🔥', 'empty'],
    ['???', 'empty'],
    ['x'.repeat(10_000), 'too_long'],
    ["'; drop table incident; --", 'not_found'],
    ['\u0000\u0007\u001b', 'empty'],
    ['NaN', 'not_found'],
    ['NaN,NaN', 'not_found'],
    ['pak tolong', 'not_found'],
    ['999.123, 888.123', 'invalid_coordinates'],
    ['https://maps.app.goo.gl/AbCd', 'short_link'],
    ['undefined null __proto__ constructor', 'not_found'],
  ] as const)('%j: %s', (q, reason) => {
    const answer = geocode(index, q)
    expect(answer.results).toEqual([])
    expect(answer.reason).toBe(reason)
    expect(answer.ask).toBeTruthy()
  })
  it('names what a caller of the function did wrong', () => {
    expect(() => geocode(index, 'x', { limit: 0 })).toThrow(AddressError)
    expect(() => geocode(index, 'x', { limit: Number.NaN })).toThrow(AddressError)
    expect(() => geocode(index, 'x', { near: [Number.NaN, 0] })).toThrow(AddressError)
    expect(() => reverse(index, Number.NaN, 0)).toThrow(AddressError)
    expect(() => reverse(index, 109, 95)).toThrow(AddressError)
  })
})

describe('reverse', () => {
  it('says kelurahan, street with side, landmark with distance and compass word', () => {
    const answer = reverse(index, 109.669, -6.893)
    expect(answer).toMatchObject({
      inside_city: true,
      district: 'Bendan Kergon',
      street: 'Jl. RA. Kartini',
      street_side: 'barat',
      landmark: 'RSUD Bendan',
      direction: 'timur',
    })
    expect(answer.distance_m).toBe(110)
    expect(answer.label).toContain('110 m timur RSUD Bendan')
  })
  it('names the regency outside', () =>
    expect(reverse(index, 109.66, -6.93)).toMatchObject({
      inside_city: false,
      county: 'Kabupaten Batang',
      street: null,
    }))
})

describe('an empty city', () => {
  const empty = buildGazetteer([], { city_name: 'Kota Pekalongan', kelurahan: [], neighbours: [] })
  it('answers without a gazetteer', () => {
    expect(geocode(empty, 'jl kartini').reason).toBe('not_found')
    expect(geocode(empty, '-6.89, 109.66').results[0]).toMatchObject({ inside_city: false, point: [109.66, -6.89] })
    expect(geocode(empty, '-6.89, 109.66').results[0].label).not.toContain('Infinity')
    expect(reverse(empty, 109.66, -6.89)).toMatchObject({ inside_city: false, kelurahan_code: null })
    expect(reverse(empty, 109.66, -6.89).label).not.toContain('Infinity')
  })
})
