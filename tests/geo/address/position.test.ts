import { describe, expect, it } from 'vitest'
import { readCoordinates } from '../../../geo/address/coordinates.ts'
import { readLink } from '../../../geo/address/links.ts'
import { decodePlusCode, encodePlusCode, findPlusCode, readPlusCode } from '../../../geo/address/pluscode.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'

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
  it('offers the swap where both readings are possible', () => {
    expect(readCoordinates('10.500, 50.250', [10.5, 50.25])).toMatchObject({ alternative: [10.5, 50.25] })
  })
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
    'https://yandex.com/maps/?ll=109.6565%2C-6.8899&z=17',
    'geo:-6.8899,109.6565',
    'geo:-6.8899,109.6565;u=20',
    'geo:0,0?q=-6.8899,109.6565(Rumah)',
    'maps.google.com/?q=-6.8899,109.6565',
  ])('%s', (text) => {
    const link = readLink(text, CITY)
    expect(link?.kind === 'point' && link.position.point).toEqual([109.6565, -6.8899])
  })
  it('gives the words of a link that holds only words', () => {
    expect(readLink('https://www.google.com/maps/search/?api=1&query=Masjid+Jami+Kauman', CITY)).toEqual({
      kind: 'text',
      text: 'Masjid Jami Kauman',
    })
  })
  it('knows a short link cannot be read here', () =>
    expect(readLink('https://maps.app.goo.gl/AbCd', CITY)).toEqual({ kind: 'short' }))
  it('finds none in plain talk, and survives broken escapes', () => {
    expect(readLink('depan masjid jami', CITY)).toBeNull()
    expect(readLink('https://maps.google.com/?q=%E0%A4%A', CITY)).toBeNull()
  })
})

describe('plus codes (vectors of the public specification)', () => {
  it.each([
    ['7FG49QCJ+2V', 2.7821875, 20.3700625],
    ['8FVC2222+22', 8.0000625, 47.0000625],
    ['4VCPPQGP+Q9', 174.7859375, -41.2730625],
    ['22222222+22', -179.9999375, -89.9999375],
    ['8FVC9G8F+6XQ', 8.525, 47.3656],
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
  it.each(['5+5', '2+3 orang', 'jl kartini', '22+33', 'AB+CD'])('%s holds none', (text) =>
    expect(findPlusCode(text)).toBeNull(),
  )
})
