import { describe, expect, it } from 'vitest'
import { geocode } from '../../../geo/address/geocode.ts'
import { distanceM } from '../../../geo/earth.ts'
import { toyGazetteer } from './helpers/toy.ts'

const index = toyGazetteer()
const first = (q: string) => geocode(index, q).results[0]

describe('marks and numbers of an address', () => {
  it.each([
    'Jl Kartini',
    'Jl. Kartini',
    'Jln Kartini',
    'jln.kartini',
    'Jalan Kartini',
    'JALAN KARTINI',
    'ruas jalan kartini',
  ])('%s', (q) => expect(first(q)).toMatchObject({ type: 'street', name: 'Jl. RA. Kartini' }))
  it.each([
    'jl kartini no 12',
    'jl kartini nomor 12a',
    'jl kartini No. 12 RT 3 RW 4',
    'jl kartini rt03/rw04',
    'jl kartini RT.03 RW.04 kel Bendan Kergon kec Pekalongan Barat',
    'jl kartini km 3',
    'jl kartini blok c no 5',
    'jl kartini gg 9',
    'jl kartini gang 9 no 2',
    'jl kartini, Pekalongan',
    'jl kartini kota pekalongan jawa tengah',
  ])('%s: the street without its numbers', (q) => expect(first(q).name).toBe('Jl. RA. Kartini'))
  it.each([
    'Gg. 5 Jl. Kartini',
    'gang 5 jalan kartini',
    'jl kartini gg 5',
    'jl. RA Kartini Gang 5 no 3',
    'kartini gg. 5',
  ])('%s: the gang that the layer knows', (q) => expect(first(q).name).toBe('Gg. 5 Jl. RA. Kartini'))
  it.each(['gang melati', 'gg melati', 'Gg. Melati no 4', 'gg meltai'])('%s', (q) =>
    expect(first(q).name).toBe('Gang Melati'),
  )
  it.each(['Perum Griya Asri', 'perumahan griya asri blok C no 5', 'komplek griya asri', 'perum. griya asri RT 2'])(
    '%s',
    (q) => expect(first(q).name).toBe('Perumahan Griya Asri'),
  )
  it.each(['kec pekalongan utara', 'Kecamatan Pekalongan Utara', 'kec. pekalongan utara'])('%s', (q) =>
    expect(first(q)).toMatchObject({ type: 'kecamatan', name: 'Pekalongan Utara' }),
  )
})

describe('titles, institutions and old spelling', () => {
  it.each([
    ['jl jenderal sudirman', 'Jl. Jend. Sudirman'],
    ['jl jend. soedirman', 'Jl. Jend. Sudirman'],
    ['jl jendral sudirman', 'Jl. Jend. Sudirman'],
    ['jalan djenderal soedirman', 'Jl. Jend. Sudirman'],
    ['jl kyai haji wahid hasyim', 'Jl. KH. Wahid Hasyim'],
    ['jl K.H. Wachid Hasjim', 'Jl. KH. Wahid Hasyim'],
    ['jl wahid hasim', 'Jl. KH. Wahid Hasyim'],
    ['jl gadjah mada', 'Jl. Gajahmada'],
    ['jl gajahmada', 'Jl. Gajahmada'],
    ['Pasar Banjoeoerip', 'Pasar Banyuurip'],
    ['psr banyu urip', 'Pasar Banyuurip'],
    ['PKM pembantu medono', 'Puskesmas Pembantu Medono'],
    ['rumah sakit umum daerah bendan', 'RSUD Bendan'],
    ['RS bendan', 'RSUD Bendan'],
    ['rsdu bendan', 'RSUD Bendan'],
    ['SD N 1 krapyak', 'SDN 1 Krapyak'],
    ['sd negri 01 krapyak', 'SDN 1 Krapyak'],
    ["mesjid jami' krapjak", "Masjid Jami' Krapyak"],
  ])('%s is %s', (q, name) => expect(first(q).name).toBe(name))
})

describe('fillers and events', () => {
  it.each([
    'ada kebakaran di RSUD Bendan',
    'tolong pak ada kecelakaan motor di depan RSUD Bendan',
    'halo, saya di sebelah RSUD Bendan ini bu, banjir',
    'mohon bantuan ambulans di seberang rsud bendan segera',
    'lokasinya persis di belakang RSUD Bendan pak',
    'pohon tumbang menimpa mobil dekat rsud bendan',
  ])('%s', (q) => expect(first(q).name).toBe('RSUD Bendan'))
})

describe('crossings, forks and other ways to say where two streets meet', () => {
  it.each([
    'prapatan kartini sudirman',
    'kartini ketemu sudirman',
    'simpang jl kartini - jl sudirman',
    'pojok kartini sama sudirman',
    'pertigaan jl. kartini dan jl. jend. sudirman',
    'jl kartini perempatan jl sudirman',
    'titik temu kartini dengan sudirman',
    'bangjo kartini sudirman',
    'simpang tiga kartini / sudirman',
    'sudut jl sudirman & jl kartini',
    'ada tabrakan di perempatan soedirman katrini',
  ])('%s', (q) => {
    const result = first(q)
    expect(result).toMatchObject({ type: 'crossing', district: 'Bendan Kergon' })
    expect(distanceM(result.point, [109.67, -6.89])).toBeLessThan(1)
    expect(result.accuracy_m).toBeLessThan(60)
  })
})

describe('streets that do not meet', () => {
  it('are both answered, and are no town elsewhere that one is named after', () => {
    const { results } = geocode(index, 'prapatan kartini semarang')
    expect(results.map((each) => each.name)).toEqual(expect.arrayContaining(['Jl. RA. Kartini', 'Jl. Semarang']))
    expect(results.every((each) => each.inside_city)).toBe(true)
    expect(results[0].why.join()).toMatch(/tidak bertemu/)
  })
})

describe('two things in one breath', () => {
  const WEST = [109.645, -6.894] as const
  const EAST = [109.675, -6.894] as const
  it.each([
    ['masjid an nur, jl semarang', WEST],
    ['depan masjid an nur, dekat jl. semarang pak', WEST],
    ['masjid an nur, jl kartini', EAST],
    ['jl kartini, masjid an nur', EAST],
  ])('%s: the namesake that lies there', (q, [lon, lat]) => {
    const { results } = geocode(index, q)
    const at = results.findIndex((each) => each.name === 'Masjid An Nur')
    expect(at, results.map((each) => each.label).join('; ')).toBeLessThan(2)
    expect(distanceM(results[at].point, [lon, lat])).toBeLessThan(100)
    expect(results[at].why.join()).toMatch(/yang juga disebut/)
  })
  it('changes nothing where the whole question is clear', () => {
    expect(first('masjid an nur, bendan kergon').point).toEqual(EAST)
    expect(first('RSUD Bendan, tolong pak')).toMatchObject({ name: 'RSUD Bendan', accuracy_m: 30 })
  })
})

describe('who is meant when less was said than stands in the name', () => {
  it('asks for the kelurahan of namesakes', () => {
    expect(geocode(index, 'masjid an nur').ask).toBe('Masjid An Nur yang di Medono atau Bendan Kergon?')
  })
})

describe('a street limited, the same name in several kelurahan', () => {
  it.each([
    ['jl sudirman kel medono', 'Medono'],
    ['jl sudirman bagian krapyak', 'Krapyak'],
    ['jl sudirman, Bendan Kergon', 'Bendan Kergon'],
    ['jl sudirman daerah bendan', 'Bendan Kergon'],
    ['jl sudirman kampung krapyak', 'Krapyak'],
  ])('%s: the part there, as an area', (q, district) => {
    const result = first(q)
    expect(result).toMatchObject({ type: 'street', name: 'Jl. Jend. Sudirman', district })
    expect(result.area?.type).toBe('MultiLineString')
  })
  it('gives whole streets and areas a shape', () => {
    expect(first('jl sudirman').area?.type).toBe('MultiLineString')
    expect(first('kel medono').area?.type).toBe('MultiPolygon')
    expect(first('kec pekalongan barat').area?.type).toBe('MultiPolygon')
    expect(first('rsud bendan').area).toBeUndefined()
  })
  it('asks where on a long street', () => expect(geocode(index, 'jl sudirman').ask).toContain('sebelah mana'))
})

describe('streets and places of the city named after towns', () => {
  it.each([
    'jl semarang',
    'jalan kendal',
    'Jl. Bandung',
    'jl bandoeng no 3',
    'depan masjid demak',
    'mesjid demak',
    'jl smarang',
  ])('%s stays inside', (q) => expect(first(q).inside_city).toBe(true))
  it.each([
    'Simpang Lima Semarang',
    'kota kendal',
    'pasar demak',
    'alun alun kendal',
    'kabupaten kendal',
    'dekat stasiun semarang',
  ])('%s is outside', (q) => expect(first(q).inside_city).toBe(false))
  it('names the regency of a place moved over the border', () => {
    const moved = first('2 km selatan perumahan griya asri')
    expect(moved).toMatchObject({ inside_city: false, county: 'Kabupaten Batang', district: 'Warung Asem' })
    expect(moved.label).toContain('Kec. Warung Asem')
    expect(moved.label).not.toContain('Kel.')
  })
})

describe('nothing that can be placed', () => {
  it.each([
    'asdf qwer',
    'di sana pak',
    'rumah saya',
    'Jl. Zamrud Khatulistiwa',
    'xkcd zzyzx',
    'kota pekalongan',
    'warung bu tini',
  ])('%s is not claimed', (q) => {
    const { results, ask } = geocode(index, q)
    expect(results[0]?.score ?? 0).toBeLessThan(0.5)
    expect(ask).not.toBeNull()
  })
  it('guesses no mosque when only "masjid" is said', () => {
    const { results, ask } = geocode(index, 'di masjid pak')
    expect(results[0]?.score ?? 0).toBeLessThan(0.5)
    expect(ask).not.toBeNull()
  })
})
