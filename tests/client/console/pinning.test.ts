import { afterEach, describe, expect, it, vi } from 'vitest'
import { EMPTY_FIELDS } from '../../../client/console/state/intake.ts'
import type { Fields } from '../../../client/console/state/intake.ts'
import { neighbourOf } from '../../../client/console/state/pin.ts'
import type { Pin } from '../../../client/console/state/pin.ts'
import { Pinning } from '../../../client/console/state/pinning.svelte.ts'
import { LARGEST_M, nextRadius, roundRadius, SMALLEST_M } from '../../../client/console/state/radius.ts'
import { sharedPosition } from '../../../client/console/state/shared_position.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'
import { ok, standIn } from './server.ts'
import type { Asked, Said } from './server.ts'

const CALL = '11111111-1111-4111-8111-111111111111'
const PLACE: Pin = {
  ...{ lon: 109.67, lat: -6.89, accuracy_m: 300, label: 'Jalan Progo', inside_city: true },
  source: 'place',
  settled: true,
}
const place = (lon: number, lat: number, label: string, over: object = {}) => ({
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: { geocoding: { type: 'x', name: label, label, accuracy: 5, score: 1 }, inside_city: true, ...over },
})
const settled = () => new Promise((done) => setTimeout(done, 10))

/** A call with words and a pin; `answer` overrides a server that reads positions and names points. */
function aCall(over: Partial<Fields> = {}, answer: (asked: Asked) => Said | undefined = () => undefined) {
  const fields: Fields = { ...EMPTY_FIELDS, place_text: 'jalan progo', pin: PLACE, ...over }
  const server = standIn((asked) => {
    const said = answer(asked)
    if (said) return said
    const query = new URL(asked.path, 'http://x').searchParams
    if (asked.path.startsWith('/api/reverse'))
      return ok({ features: [place(Number(query.get('lon')), Number(query.get('lat')), 'dekat Pasar')] })
    const read = sharedPosition(query.get('q') ?? '', [109.67, -6.89])
    return read && read !== 'unread'
      ? ok({ features: [place(read.point[0], read.point[1], 'titik')] })
      : ok({ features: [], reason: 'short_link', ask: 'Tautan pendek tidak dapat dibaca.' })
  })
  return { fields, server, pins: new Pinning(() => fields) }
}

afterEach(() => void vi.unstubAllGlobals())

describe('the circle', () => {
  it('widens and narrows through radii one after another, and knows its ends', () => {
    const random = seededRandom()
    for (let i = 0; i < 200; i++) {
      const radius = SMALLEST_M + random() * (LARGEST_M - SMALLEST_M)
      expect(nextRadius(radius, 1)).toBeGreaterThan(radius)
      expect(nextRadius(radius, -1)).toBeLessThan(radius)
      // What was widened comes back.
      const wider = nextRadius(radius, 1)
      if (wider < LARGEST_M) expect(nextRadius(nextRadius(wider, 1), -1)).toBe(wider)
      expect(Math.abs(roundRadius(radius) - radius)).toBeLessThanOrEqual(radius * 0.1 + 3)
    }
    expect(nextRadius(LARGEST_M, 1)).toBe(LARGEST_M)
    expect(nextRadius(SMALLEST_M, -1)).toBe(SMALLEST_M)
  })
  it('stays as drawn when the pin is moved, and as precise as the press when it was not', async () => {
    const { fields, pins } = aCall()
    await pins.place(109.68, -6.88, 25)
    expect(fields.pin).toMatchObject({ accuracy_m: 25, source: 'map', label: 'dekat Pasar', settled: true })
    pins.widen(1)
    expect(fields.pin?.accuracy_m).toBe(40)
    await pins.place(109.69, -6.88, 25)
    expect(fields.pin?.accuracy_m).toBe(40)
  })
  it('is not the operator’s to widen before the place is taken', () => {
    const { fields, pins } = aCall({ pin: { ...PLACE, settled: false } })
    pins.widen(1)
    pins.radius(900)
    expect(fields.pin?.accuracy_m).toBe(300)
  })
})

describe('a pin put by hand', () => {
  it('is named for where it is at last, however late the first name comes', async () => {
    let late: (said: Said) => void = () => undefined
    const { fields, server, pins } = aCall()
    const before = server.answer
    server.answer = (asked) =>
      asked.path.includes('lon=109.6&') ? new Promise((done) => (late = done)) : before(asked)
    const first = pins.place(109.6, -6.8, 25)
    await pins.place(109.7, -6.9, 25)
    late(ok({ features: [place(109.6, -6.8, 'nama lama')] }))
    await first
    expect(fields.pin).toMatchObject({ lon: 109.7, label: 'dekat Pasar' })
  })
  it('keeps the words that were said', async () => {
    const { fields, pins } = aCall()
    await pins.place(109.7, -6.9, 25)
    expect(fields.place_text).toBe('jalan progo')
  })
})

describe('what a phone tells', () => {
  const LINK = 'https://maps.google.com/?q=-6.880000,109.680000'
  it.each([
    ['a map link', LINK],
    ['a geo link', 'geo:-6.88,109.68'],
    ['coordinates', '-6.88000, 109.68000'],
    ['a plus code', '6P5W4MJJ+XX'],
  ])('as %s is the second pin and moves neither pin nor words', async (_, text) => {
    const { fields, pins } = aCall()
    expect(pins.paste(text)).toBe(true)
    await settled()
    expect(fields.device).not.toBeNull()
    expect(fields).toMatchObject({ pin: PLACE, place_text: 'jalan progo' })
  })
  it('is left to the field while nothing stands there, and words always are', () => {
    expect(aCall({ place_text: ' ', pin: null }).pins.paste(LINK)).toBe(false)
    expect(aCall().pins.paste('depan masjid jami, rumah nomor 12')).toBe(false)
  })
  it('stays readable without a server', async () => {
    const { fields, pins } = aCall({}, () => 'away')
    pins.paste(LINK)
    await settled()
    expect(fields.device).toMatchObject({ lon: 109.68, lat: -6.88 })
  })
  it('and cannot be read is said so, in the server’s words', async () => {
    const { fields, pins } = aCall()
    expect(pins.paste('https://maps.app.goo.gl/abcdef')).toBe(true)
    await settled()
    expect(pins.unread).toBe('Tautan pendek tidak dapat dibaca.')
    expect(fields).toMatchObject({ device: null, place_text: 'jalan progo' })
  })
  it('becomes the pin by one press and gives it back by another', async () => {
    const { fields, pins } = aCall()
    pins.paste(LINK)
    await settled()
    pins.toggleDevice()
    expect(fields.pin).toMatchObject({ lon: 109.68, lat: -6.88, accuracy_m: 5, source: 'device', settled: true })
    expect(fields.pin?.label).toBe('dekat Pasar')
    pins.toggleDevice()
    expect(fields.pin).toEqual(PLACE)
    expect(fields.device).not.toBeNull()
  })
  it('never moves the pin when it comes again, not even one that was taken from it', async () => {
    const at = (lon: number) =>
      ok({ id: CALL, device_location: { type: 'Point', coordinates: [lon, -6.88] }, device_accuracy_m: 30 })
    let lon = 109.68
    const { fields, pins } = aCall({}, ({ path }) => (path.startsWith('/api/calls') ? at(lon) : undefined))
    await pins.look(CALL)
    expect(fields.pin).toEqual(PLACE)
    pins.toggleDevice()
    lon = 109.69
    await pins.look(CALL)
    expect(fields.pin?.lon).toBe(109.68)
    expect(fields.device?.lon).toBe(109.69)
  })
})

it('takes the other reading of swapped coordinates, and the first again', async () => {
  const other: LonLat = [109.67, -6.89]
  const { fields, pins } = aCall({ pin: { ...PLACE, lon: -6.89, lat: 89, alternative: other } })
  await pins.swap()
  expect(fields.pin).toMatchObject({ lon: 109.67, lat: -6.89, alternative: [-6.89, 89], settled: true })
  await pins.swap()
  expect(fields.pin).toMatchObject({ lon: -6.89, lat: 89 })
})

it.each([
  ['Kabupaten Batang', 'Kab. Batang'],
  ['Kota Tegal', 'Kota Tegal'],
  ['Laut (utara kota)', null],
  ['Jauh di luar wilayah layanan', null],
  [null, null],
])('what lies in %s is handed over to %s', (county, to) => {
  expect(neighbourOf({ ...PLACE, inside_city: false, county })).toBe(to)
  expect(neighbourOf({ ...PLACE, county })).toBeNull()
})
