import { describe, expect, it } from 'vitest'
import { FORMER_NAMES } from '../../../geo/address/former_names.ts'
import { geocode } from '../../../geo/address/geocode.ts'
import { buildGazetteer, type GazetteerIndex } from '../../../geo/address/index.ts'
import type { GazetteerEntry, KelurahanArea } from '../../../geo/address/types.ts'
import { distanceM } from '../../../geo/earth.ts'
import { TOY_AREAS, TOY_ENTRIES } from './helpers/toy.ts'

/** The kelurahan of Kota Pekalongan since the mergers, and the 47 before them. */
const NOW =
  `Medono,Podosugih,Sapuro Kebulen,Bendan Kergon,Pasirkratonkramat,Tirto,Pringrejo,Noyontaansari,Kauman,Poncol,Klego,Gamer
Setono,Kali Baros,Krapyak,Kandang Panjang,Panjang Wetan,Padukuhan Kraton,Degayu,Bandengan,Panjang Baru,Banyurip,Buaran Kradenan
Jenggot,Kuripan Kertoharjo,Kuripan Yosorejo,Sokoduwet`.split(/[,\n]/)
const BEFORE =
  `Bendan,Bumirejo,Kebulen,Kergon,Kramatsari,Kraton Kidul,Medono,Pasirsari,Podosugih,Pringlangu,Sapuro,Tegalrejo,Tirto
Baros,Dekoro,Gamer,Karangmalang,Kauman,Keputran,Klego,Landungsari,Noyontaan,Poncol,Sampangan,Sokorejo,Sugihwaras
Bandengan,Degayu,Dukuh,Kandang Panjang,Krapyak Kidul,Krapyak Lor,Kraton Lor,Pabean,Panjang Baru,Panjang Wetan
Banyurip Ageng,Banyurip Alit,Buaran,Duwet,Jenggot,Kertoharjo,Kradenan,Kuripan Kidul,Kuripan Lor,Soko,Yosorejo`.split(
    /[,\n]/,
  )

const point = (name: string, lon: number, lat: number): GazetteerEntry => ({
  id: `${name}@${lon}`,
  type: 'place',
  name,
  category: null,
  address: null,
  kelurahan_code: null,
  kelurahan: null,
  kecamatan: null,
  geometry: { type: 'Point', coordinates: [lon, lat] },
})
const line = (name: string, ...coordinates: [number, number][]): GazetteerEntry => ({
  ...point(name, 0, 0),
  type: 'street',
  geometry: { type: 'MultiLineString', coordinates: [coordinates] },
})
const square = (name: string, i: number): KelurahanArea => {
  const [west, south] = [109.6 + 0.01 * (i % 9), -6.95 + 0.01 * Math.floor(i / 9)]
  const ring = [
    [west, south],
    [west + 0.01, south],
    [west + 0.01, south + 0.01],
    [west, south + 0.01],
    [west, south],
  ]
  return {
    code: String(i),
    name,
    kecamatan: 'Pekalongan Barat',
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
  }
}

const town = buildGazetteer(
  [
    ...TOY_ENTRIES,
    line('Jl. Raya Krapyak', [109.669, -6.884], [109.682, -6.884]),
    line('Jl. Rajawali', [109.682, -6.896], [109.682, -6.89]),
    point('Kantor Kelurahan Krapyak', 109.692, -6.885),
    point('Museum Rempah', 109.645, -6.897),
    point('Kampung Rempah Medono', 109.647, -6.889),
    point('SDN 02 Medono', 109.65, -6.892),
    point('Masjid Jami Medono', 109.646, -6.886),
    point('Masjid Jami', 109.694, -6.897),
    point('Masjid Jami Bendan', 109.664, -6.891),
  ],
  TOY_AREAS,
)
const city = buildGazetteer(
  [line('Jl. Pattimura', [109.6, -6.94], [109.65, -6.94])],
  { city_name: 'Kota Pekalongan', kelurahan: NOW.map(square), neighbours: [] }, // prettier-ignore
)
const stations = buildGazetteer(
  [point('SPBU Medono', 109.65, -6.896), point('SPBU Bendan', 109.664, -6.891), point('SPBU Krapyak', 109.694, -6.897)],
  TOY_AREAS,
)
const best = (index: GazetteerIndex, q: string) => geocode(index, q).results[0]

describe('the kelurahan that were merged', () => {
  it.each(BEFORE)('%s is still known', (name) => {
    const wanted = FORMER_NAMES.filter(([former]) => former === name).map(([, now]) => now)
    for (const q of [name, `kelurahan ${name.toLowerCase()}`, `kebakaran di ${name}`])
      expect(wanted.length > 0 ? wanted : [name]).toContain(best(city, q)?.name)
  })
  it('leaves open which Kraton is meant', () => {
    const { results, ask } = geocode(city, 'kraton')
    expect(results.slice(0, 2).map((each) => each.name)).toEqual(
      expect.arrayContaining(['Padukuhan Kraton', 'Pasirkratonkramat']),
    )
    expect(ask).toMatch(/atau/)
  })
})

describe('a sort of thing is no area and no street', () => {
  it.each(['kali', 'wetan kali', 'kali loji', 'kali pekalongan jembatan loji', 'km 5 jalan pantura', 'pantura'])(
    '%s',
    (q) => expect(geocode(city, q)).toMatchObject({ results: [], reason: 'not_found' }),
  )
  it.each(['kali baros', 'kel. kalibaros', 'baros'])('%s', (q) => expect(best(city, q).name).toBe('Kali Baros'))
  it('"pasar banjarsari" is hardly a misspelt kelurahan', () =>
    expect(best(city, 'pasar banjarsari')?.score ?? 0).toBeLessThan(0.3))
  it('the number of a gang is not a school’s', () => expect(best(town, 'medono gang 2').type).toBe('kelurahan'))
  it('a kampung is no kelurahan’s office', () =>
    expect(best(town, 'kampung rempah').name).toBe('Kampung Rempah Medono'))
})

describe('words written without blanks', () => {
  it.each([
    ['jlkartinino12', 'Jl. RA. Kartini'],
    ['jalangajahmada', 'Jl. Gajahmada'],
    ['jalanjendralsudirman', 'Jl. Jend. Sudirman'],
    ['depanrsudbendan', 'RSUD Bendan'],
    ['KEBAKARANDIMASJIDDEMAK', 'Masjid Demak'],
  ])('%s', (q, name) => expect(best(town, q).name).toBe(name))
})

describe('a crossing told by its streets', () => {
  it.each([
    'jl kartini dan jl sudirman',
    'kartini ketemu sudirman',
    'jl. kartini x jl. jend sudirman',
    'wonten tabrakan teng jalan kartini kaleh jalan sudirman',
  ])('%s', (q) => expect(best(town, q)).toMatchObject({ type: 'crossing', district: 'Bendan Kergon' }))
  it('also where one bears the name of a kelurahan', () =>
    expect(best(town, 'jl kartini ketemu raya krapiak').name).toMatch(/Kartini – Jl. Raya Krapyak/))
})

describe('a phrase with one word misspelt', () => {
  it.each([
    ['rumah salit umum daerah bendan', 'RSUD Bendan'],
    ['ballai kelurahan krapyak', 'Kantor Kelurahan Krapyak'],
    ['pistu medono', 'Puskesmas Pembantu Medono'],
    ['dekat kelurahan krapyak', 'Kantor Kelurahan Krapyak'],
    ['sebelah utara kelurahan krapyak', 'Kantor Kelurahan Krapyak'],
  ])('%s is %s', (q, name) => expect(best(town, q).name).toBe(name))
})

describe('namesakes', () => {
  it('share what is probable', () => expect(best(town, 'masjid an nur').score).toBeGreaterThan(0.45))
  it('stand near each other where one is called by its kelurahan too', () => {
    const { results, ask } = geocode(town, 'kebakaran, dekat masjid jami')
    const named = results.filter((each) => each.name.startsWith('Masjid Jami'))
    expect(named.length).toBeGreaterThanOrEqual(4)
    expect(named[0].name).toBe('Masjid Jami')
    expect(named[2].score).toBeGreaterThan(named[0].score / 3)
    expect(ask).toMatch(/^Masjid Jami yang di kelurahan mana: /)
  })
  it('are asked for by three where three are as likely', () =>
    expect(geocode(stations, 'spbu').ask).toMatch(
      /^Maksudnya SPBU \w+ \(.+\), SPBU \w+ \(.+\) atau SPBU \w+ \(.+\)\?$/,
    ))
})

describe('two clues', () => {
  it('that lie apart are both shown and asked for', () => {
    const { results, ask } = geocode(town, 'jalan rajawali depan museum rempah')
    expect(results.slice(0, 2).map((each) => each.name)).toEqual(
      expect.arrayContaining(['Jl. Rajawali', 'Museum Rempah']),
    )
    expect(results[0].score).toBeLessThan(0.6)
    expect(ask).toMatch(/Museum Rempah/)
  })
  it.each(['jl kartini, bendan', 'Jl. Kartini No.9, Bendan Kergon, Kec. Pekalongan Bar., Kota Pekalongan'])(
    '%s: an area is none',
    (q) => expect(best(town, q)).toMatchObject({ type: 'street', district: 'Bendan Kergon' }),
  )
  it('what stands before a street and is not known leaves the street its due', () => {
    const { results, ask } = geocode(town, 'apotek rejeki jl kartini')
    expect(results[0].name).toBe('Jl. RA. Kartini')
    expect(ask).not.toMatch(/^Benarkah/)
  })
})

describe('where from there', () => {
  it.each([
    'setengah kilo utara rsud bendan',
    '500 m lor e rsud bendan',
    'setengah kilometer ke utara dari rsud bendan',
  ])('%s', (q) => {
    const { point: [lon, lat] } = best(town, q) // prettier-ignore
    expect(distanceM([lon, lat], [109.668, -6.893 + 500 / 111_195])).toBeLessThan(10)
  })
})

describe('positions', () => {
  const at: [number, number] = [109.684723, -6.880298]
  it.each([
    'S 6°52.8179 E 109°41.0834',
    "6°52.8179 S, 109°41.0834' E",
    "6°52'49.07 S 109°41'05.00 E",
    '109.684723 LS 6.880298 BT',
  ])('%s', (q) => expect(distanceM(best(town, q).point, at)).toBeLessThan(4))
  it.each(['https://plus.codes/6P5F4M9M+VV', 'https://plus.codes/6P5F4M9M%2BVV'])('%s', (q) =>
    expect(distanceM(best(town, q).point, [109.684688, -6.880313])).toBeLessThan(10),
  )
})

describe('outside', () => {
  it.each([
    'pasar losari',
    'stasiun jatibarang',
    'jalan raya suradadi',
    'alun-alun kuningan',
    'jl kartini wonosob',
    'pertigaan kartini kab. batang',
  ])('%s', (q) => expect(best(town, q)).toMatchObject({ type: 'outside', inside_city: false }))
  it('talk is no misspelt town', () =>
    expect(geocode(town, 'dari alun alun ke utara 300 meter kiri jalan').results).toEqual([]))
})
