import { describe, expect, it } from 'vitest'
import { readCoordinates } from '../../../geo/address/coordinates.ts'
import { readLink } from '../../../geo/address/links.ts'
import { geocode } from '../../../geo/address/geocode.ts'
import { decodePlusCode, encodePlusCode, findPlusCode, readPlusCode } from '../../../geo/address/pluscode.ts'
import { fromUtm, toUtm } from '../../../geo/address/utm.ts'
import { distanceM, type LonLat } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'
import { toyGazetteer } from './helpers/toy.ts'

const CITY: LonLat = [109.67, -6.89]
const at = (text: string) => {
  const read = readCoordinates(text, CITY)
  return read && read !== 'invalid' ? read.point.map((x) => Number(x.toFixed(4))) : read
}

describe('coordinates', () => {
  it.each([
    '-6.8899, 109.6565',
    '-6.8899 109.6565',
    '-6,8899 109,6565',
    '-6,8899; 109,6565',
    'lat -6.8899 long 109.6565',
    'lat: -6.8899, lng: 109.6565',
    'lintang -6.8899 bujur 109.6565',
    'bujur 109.6565 lintang -6.8899',
    '6.8899° S, 109.6565° E',
    '6.8899 LS 109.6565 BT',
    '(-6.8899, 109.6565)',
    'pak saya di -6.8899,109.6565 tolong',
    '\u22126.8899, 109.6565',
    '-6,8899 ; 109,6565',
    '[-6.8899, 109.6565]',
    '-6.8899/109.6565',
    '- 6.8899 , 109.6565',
    'minus 6.8899, 109.6565',
    '{"lat":-6.8899,"lng":109.6565}',
    'POINT(109.6565 -6.8899)',
    '-6.8899, 109.6565, 12.345',
    'S6.8899 E109.6565',
    'S 6.8899, E 109.6565',
    'LS 6,8899 BT 109,6565',
    'BT 109,6565 LS 6,8899',
    '6.8899S 109.6565E',
    '109.6565 E, 6.8899 S',
    '6,8899° LS / 109,6565° BT',
    '109.6565, -6.8899',
    '6.8899, 109.6565',
    'lat 109.6565 long -6.8899',
  ])('%s', (text) => expect(at(text)).toEqual([109.6565, -6.8899]))
  it.each([
    `6°53'23.7"S 109°39'23.5"E`,
    '6° 53′ 23.7″ S, 109° 39′ 23.5″ E',
    `S 6°53'23.7" E 109°39'23.5"`,
    `6º53'23,7" LS 109º39'23,5" BT`,
    '6 53 23.7 S 109 39 23.5 E',
    `S 6°53.395' E 109°39.392'`,
    `6°53'23.7''S 109°39'23.5''E`,
    '6° 53’ 23.7” S 109° 39’ 23.5” E',
    '6º53´23,7´´S, 109º39´23,5´´E',
    '6°53`23.7``S 109°39`23.5``E',
    '6˚53ʹ23.7ʺS 109˚39ʹ23.5ʺE',
    '6d53m23.7s S 109d39m23.5s E',
    `-6°53'23.7", 109°39'23.5"`,
    `-6° 53.395', 109° 39.392'`,
    `LS 6°53'23.7" BT 109°39'23.5"`,
    `6°53'23.7" lintang selatan 109°39'23.5" bujur timur`,
    '6 derajat 53 menit 23.7 detik lintang selatan, 109 derajat 39 menit 23.5 detik bujur timur',
    'S 6 53 23.7 E 109 39 23.5',
    '6:53:23.7S, 109:39:23.5E',
    '6-53-23.7 LS, 109-39-23.5 BT',
    '6 53.395 S 109 39.392 E',
    'S6 53.395 E109 39.392',
  ])('%s', (text) => expect(at(text)).toEqual([109.6565, -6.8899]))
  it('says what it mended', () => {
    const swapped = readCoordinates('lat 109.6565 long -6.8899', CITY)
    expect(swapped).toMatchObject({ why: ['koordinat', expect.stringContaining('tertukar')] })
    const unsigned = readCoordinates('6.8899, 109.6565', CITY)
    expect(unsigned).toMatchObject({ alternative: [109.6565, 6.8899] })
  })
  it.each(['jl kartini no 24 rt 5 rw 6', 'NaN, NaN', 'jl kartini no 12, 13', '0285 421661', '2,5 km dari 3,7 km'])(
    '%s is no position',
    (text) => expect(at(text)).toBeNull(),
  )
  it.each(['999.123, 888.123', '-95.123, 95.123'])('%s cannot be', (text) => expect(at(text)).toBe('invalid'))
  it.each([
    ['-6.8899, 109.6565 (akurasi 40 m)', 40],
    ['-6.8899, 109.6565 ±40m', 40],
    ['{"latitude":-6.8899,"longitude":109.6565,"accuracy":40}', 40],
    ['-6.8899, 109.6565', 6],
    ['-6.89 109.66', 556],
  ])('%s: as good as it says and as its digits allow', (text, metres) => {
    const read = readCoordinates(text, CITY)
    expect(read && read !== 'invalid' && Math.round(read.accuracy_m)).toBe(metres)
  })
  it('offers the swap where both readings are possible', () => {
    expect(readCoordinates('10.500, 50.250', [10.5, 50.25])).toMatchObject({ alternative: [10.5, 50.25] })
  })
})

describe('UTM', () => {
  // the city's own corner of zone 49S; what PostGIS says of many such points is compared in tests/server/utm.test.ts
  const wanted = fromUtm({ zone: 49, south: true, easting: 353000, northing: 9238000 })
  it.each([
    '49M 353000 9238000',
    '49S 353000 9238000',
    'UTM 49S 353000 9238000',
    'zona 49 S X 353000 Y 9238000',
    '353000 mE 9238000 mN 49M',
    '49 M 353000mE 9238000mN',
    'X: 353000 Y: 9238000',
    'utm 353000,0 9238000,0',
  ])('%s', (text) => {
    const read = readCoordinates(text, CITY)
    expect(read).toMatchObject({ point: wanted, why: [expect.stringContaining('UTM zona 49S')] })
  })
  it('takes 49S for the band of that letter where the northing lies in it', () => {
    const read = readCoordinates('49S 500000 4000000', CITY)
    expect(read && read !== 'invalid' && read.point[1]).toBeCloseTo(36.14, 1)
  })
  it('goes there and back to a micrometre, all over zone and hemisphere', () => {
    const random = seededRandom(49)
    for (let i = 0; i < 500; i++) {
      const point: LonLat = [random() * 360 - 180, random() * 164 - 80]
      const back = fromUtm(toUtm(point))
      expect(distanceM(back, point)).toBeLessThan(1e-6)
    }
  })
  it('knows the fixed points of every zone', () => {
    const equator = toUtm([111, 0])
    expect(equator).toMatchObject({ zone: 49, south: false })
    expect(equator.easting).toBeCloseTo(500_000, 6)
    expect(equator.northing).toBeCloseTo(0, 6)
    // a quarter of WGS84's meridian is 10,001,965.729 m, times the scale of the central meridian
    expect(toUtm([111, 90 - 1e-9]).northing).toBeCloseTo(10_001_965.729 * 0.9996, 2)
  })
  it.each(['49M 053000 9238000', '49M 953000 9238000'])('%s lies in no zone', (text) =>
    expect(readCoordinates(text, CITY)).toBe('invalid'),
  )
})

describe('links', () => {
  it.each([
    'https://www.google.com/maps/@-6.8899,109.6565,17z',
    'https://maps.google.com/?q=-6.8899,109.6565',
    'https://www.google.com/maps/search/?api=1&query=-6.8899%2C109.6565',
    'https://www.google.com/maps/place/X/@-6.9,109.7,17z/data=!3m1!4b1!8m2!3d-6.8899!4d109.6565',
    'https://maps.google.com/maps?q=loc:-6.8899,109.6565',
    'https://www.google.com/maps/dir//-6.8899,109.6565/@-6.9,109.7,15z',
    'https://waze.com/ul?ll=-6.8899,109.6565&navigate=yes',
    'https://www.waze.com/live-map/directions?to=ll.-6.8899%2C109.6565',
    'https://www.openstreetmap.org/?mlat=-6.8899&mlon=109.6565#map=17/-6.9/109.7',
    'https://www.openstreetmap.org/#map=17/-6.8899/109.6565',
    'https://maps.apple.com/?ll=-6.8899,109.6565&q=Pin',
    'https://www.bing.com/maps?cp=-6.8899~109.6565&lvl=17',
    'lokasi: https://share.here.com/l/-6.8899,109.6565',
    'https://www.google.co.id/maps/search/-6.8899,+109.6565?entry=tts',
    'https://www.google.com/maps/dir/-6.9,109.7/-6.8899,109.6565/@-6.8,109.6,13z',
    'https://www.google.com/maps/dir/?api=1&origin=-6.9,109.7&destination=-6.8899,109.6565',
    'https://maps.google.com/maps?saddr=-6.9,109.7&daddr=-6.8899,109.6565',
    'https://www.google.com/maps/@?api=1&map_action=pano&viewpoint=-6.8899,109.6565',
    'https://maps.google.com/?cbll=-6.8899,109.6565&layer=c',
    'https://www.google.com/maps/place/Masjid+Jami/@-6.8899,109.6565,17z/data=!4m6!3m5!1s0x0',
    'comgooglemaps://?q=-6.8899,109.6565',
    'google.navigation:q=-6.8899,109.6565',
    'waze://?ll=-6.8899,109.6565',
    'https://ul.waze.com/ul?ll=-6.8899%2C109.6565&z=10',
    'https://maps.apple.com/?q=-6.8899,109.6565',
    'https://maps.apple.com/place?coordinate=-6.8899,109.6565&name=Pin',
    'https://www.bing.com/maps?sp=point.-6.8899_109.6565_Rumah',
    'https://wego.here.com/?map=-6.8899,109.6565,16,normal',
    'https://osmand.net/map?pin=-6.8899,109.6565#17/-6.9/109.7',
    'https://osmand.net/go?lat=-6.8899&lon=109.6565&z=16',
    'https://osmand.net/map/#17/-6.8899/109.6565',
    'Lokasi: https://maps.google.com/?q=-6.8899,109.6565',
    'Lokasi saya: https://maps.google.com/maps?q=-6.8899%2C109.6565&z=17&hl=id tolong',
    'geo:-6.8899,109.6565;crs=wgs84;u=35',
    'https://yandex.com/maps/?ll=109.6565%2C-6.8899&z=17',
    'geo:-6.8899,109.6565',
    'geo:-6.8899,109.6565;u=20',
    'geo:0,0?q=-6.8899,109.6565(Rumah)',
    'maps.google.com/?q=-6.8899,109.6565',
  ])('%s', (text) => {
    const link = readLink(text, CITY)
    expect(link?.kind === 'point' && link.position.point).toEqual([109.6565, -6.8899])
  })
  it("reads a pin's degrees and minutes where a name would stand, not where the map was looked at", () => {
    const link = readLink(
      "https://www.google.com/maps/place/6%C2%B053'23.7%22S+109%C2%B039'23.5%22E/@-6.88,109.7,17z",
      CITY,
    )
    expect(link?.kind === 'point' && link.position.point.map((x) => Number(x.toFixed(4)))).toEqual([109.6565, -6.8899])
  })
  it('is as good as the link says, and less where only the map was looked at', () => {
    const accuracy = (text: string) => {
      const link = readLink(text, CITY)
      return link?.kind === 'point' && Math.round(link.position.accuracy_m)
    }
    expect(accuracy('geo:-6.8899,109.6565;u=35')).toBe(35)
    expect(accuracy('https://maps.google.com/?q=-6.8899,109.6565')).toBe(6)
    expect(accuracy('https://www.google.com/maps/@-6.8899,109.6565,17z')).toBe(100)
  })
  it('refuses a geo: URI of another datum', () =>
    expect(readLink('geo:-6.8899,109.6565;crs=nad27', CITY)?.kind).toBe('invalid'))
  it('gives the words of a link that holds only words', () => {
    for (const url of [
      'https://www.google.com/maps/search/?api=1&query=Masjid+Jami+Kauman',
      'https://www.google.com/maps/place/Masjid+Jami+Kauman/',
      'https://maps.google.com/?q=Masjid%20Jami%20Kauman',
    ])
      expect(readLink(url, CITY)).toEqual({ kind: 'text', text: 'Masjid Jami Kauman', beside: '' })
  })
  it.each([
    'https://maps.app.goo.gl/AbCd',
    'https://goo.gl/maps/AbCd',
    'https://waze.com/ul/hqqz6w',
    'https://osm.org/go/abc',
    'https://maps.apple/p/abc',
    'https://grab.onelink.me/xx',
  ])('%s cannot be read here', (text) => expect(readLink(text, CITY)?.kind).toBe('short'))
  it.each(['///kata.lain.sini', 'di ///kata.lain.sini pak', 'https://w3w.co/kata.lain.sini', 'what3words.com/a.b.c'])(
    '%s belongs to What3Words',
    (text) => expect(readLink(text, CITY)?.kind).toBe('words3'),
  )
  it('finds none in plain talk, and survives broken escapes', () => {
    expect(readLink('depan masjid jami', CITY)).toBeNull()
    expect(readLink('https://maps.google.com/?q=%E0%A4%A', CITY)?.kind).toBe('short')
  })
  it('lets the link decide over the words beside it, and keeps that they were said', () => {
    const [result] = geocode(
      toyGazetteer(),
      'depan pasar banyuurip https://maps.google.com/?q=-6.8899,109.6565',
    ).results
    expect(result).toMatchObject({ type: 'coordinate', point: [109.6565, -6.8899] })
    expect(result.why.join()).toContain('depan pasar banyuurip')
    const [plain] = geocode(toyGazetteer(), 'Lokasi saya: https://maps.google.com/?q=-6.8899,109.6565').results
    expect(plain.why).toEqual(['tautan peta'])
  })
  it('goes by the words beside a link that cannot be read, and says so', () => {
    const { results } = geocode(toyGazetteer(), 'https://maps.app.goo.gl/AbCd depan RSUD Bendan')
    expect(results[0]).toMatchObject({ name: 'RSUD Bendan' })
    expect(results[0].why.join()).toContain('Tautan pendek tidak dapat dibaca')
    expect(geocode(toyGazetteer(), '///kata.lain.sini')).toMatchObject({ results: [], reason: 'unreadable' })
    expect(geocode(toyGazetteer(), 'https://maps.google.com/?q=Antah+Berantah').reason).toBe('not_found')
  })
})

describe('plus codes (vectors of the public specification)', () => {
  it.each([
    ['7FG49QCJ+2V', 2.7821875, 20.3700625],
    ['8FVC2222+22', 8.0000625, 47.0000625],
    ['4VCPPQGP+Q9', 174.7859375, -41.2730625],
    ['22222222+22', -179.9999375, -89.9999375],
    ['8FVC9G8F+6XQ', 8.525, 47.3656],
    ['8FVC9G8F+6X', 8.524997, 47.36559],
    ['7FG49QCJ+2VX', 2.782234375, 20.3701125],
    ['7FG49Q00+', 2.775, 20.375],
  ] as const)('%s', (code, lon, lat) => {
    const area = decodePlusCode(code)
    expect(area?.centre[1]).toBeCloseTo(lat, 3)
    expect(area?.centre[0]).toBeCloseTo(lon, 3)
  })
  it('completes short codes to the nearest cell', () => {
    expect(readPlusCode('9QCJ+2VX', [-1.217765625, 51.3701125])?.centre[1]).toBeCloseTo(51.3701, 3)
    const [lon, lat] = readPlusCode('9G8F+6X', [8.6, 47.4])?.centre ?? []
    expect([lon, lat].map((x) => Number(x?.toFixed(3)))).toEqual([8.525, 47.366])
  })
  it('decodes what it encodes, and completes what it shortens, anywhere near', () => {
    const random = seededRandom(32)
    for (let i = 0; i < 300; i++) {
      const point: LonLat = [random() * 358 - 179, random() * 176 - 88]
      const code = encodePlusCode(point)
      const whole = decodePlusCode(`${code.slice(0, 8)}+${code.slice(8)}`)
      expect(Math.abs((whole?.centre[0] ?? 999) - point[0])).toBeLessThanOrEqual(0.0000626)
      expect(Math.abs((whole?.centre[1] ?? 999) - point[1])).toBeLessThanOrEqual(0.0000626)
      const near: LonLat = [point[0] + (random() - 0.5) * 0.8, point[1] + (random() - 0.5) * 0.8]
      expect(readPlusCode(`${code.slice(4, 8)}+${code.slice(8)}`, near)?.centre[1]).toBeCloseTo(point[1], 3)
    }
  })
  it('reads them in lower case, with words around, alone and with a town', () => {
    const index = toyGazetteer()
    const code = encodePlusCode([109.6565, -6.8899])
    const [full, short] = [`${code.slice(0, 8)}+${code.slice(8)}`, `${code.slice(4, 8)}+${code.slice(8)}`]
    for (const q of [
      full,
      full.toLowerCase(),
      `di ${full.toLowerCase()} ya pak`,
      short,
      `${short} Pekalongan`,
      short.toLowerCase(),
    ]) {
      const [result] = geocode(index, q).results
      expect(distanceM(result.point, [109.6565, -6.8899]), q).toBeLessThan(11)
      expect(result.accuracy_m).toBeLessThan(20)
    }
    const far = encodePlusCode([110.42, -6.99])
    const [there] = geocode(index, `${far.slice(4, 8)}+${far.slice(8)} Semarang`).results
    expect(distanceM(there.point, [110.42, -6.99])).toBeLessThan(11)
  })
  it.each(['5+5', '2+3 orang', 'jl kartini', '22+33', 'AB+CD'])('%s holds none', (text) =>
    expect(findPlusCode(text)).toBeNull(),
  )
})
