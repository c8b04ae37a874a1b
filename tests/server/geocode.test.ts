import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kelurahanAt, type AreaIndex } from '../../geo/address/areas.ts'
import { inPolygon, nearestOnLines } from '../../geo/address/shapes.ts'
import { distanceM } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { problem, type Problem } from '../../geo/wire/problem.ts'
import { importFolder } from '../../server/import/run.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const geodata = resolve(process.env.GEODATA_DIR ?? resolve(import.meta.dirname, '../../../shared/geodata'))
const present = existsSync(resolve(geodata, 'layers.json'))
if (!present) console.warn(`skipped: geocoding over HTTP in the real city: no geodata in ${geodata} (set GEODATA_DIR)`)

const BENDAN: [number, number] = [109.662, -6.89154]

interface Place {
  geometry: { coordinates: [number, number] }
  properties: Record<string, unknown> & { geocoding: Record<string, unknown>; why?: string[]; inside_city: boolean }
}
interface Places {
  features: Place[]
  ask: string | null
  reason?: string
}

let server: TestServer
let operator: string
let admin: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  admin = await server.token('admin')
})
afterAll(() => server?.stop())

const get = <T = Places>(path: string) => server.call<T>('GET', path, { token: operator })
const ask = (q: string, more = '') => get(`/api/geocode?q=${encodeURIComponent(q)}${more}`)
/** Metres from the nearest kelurahan, 0 in one: by exhaustive search. */
const edgeM = (areas: AreaIndex, point: [number, number]) =>
  areas.kelurahan.some((each) => inPolygon(point, each.geometry))
    ? 0
    : Math.min(
        ...areas.kelurahan.map(
          (each) => nearestOnLines(point, each.geometry.coordinates.flat())?.distance_m ?? Infinity,
        ),
      )
const withKey = (token: string, body: object) => ({ token, body, headers: { 'idempotency-key': crypto.randomUUID() } })

describe('what the caller of the API did wrong', () => {
  it.each([
    ['/api/geocode', 'q', /^wajib ada$/],
    ['/api/geocode?q=', 'q', /^kosong$/],
    ['/api/geocode?q=%20%09%20', 'q', /^kosong$/],
    ['/api/geocode?q=kartini&q=bandung', 'q', /^disebut lebih dari sekali$/],
    ['/api/geocode?q[a]=kartini', 'q', /./],
    [`/api/geocode?q=${'x'.repeat(10_000)}`, 'q', /^lebih dari 500 karakter$/],
    [`/api/geocode?q=${encodeURIComponent('🚒'.repeat(10_000))}`, 'q', /^lebih dari 500 karakter$/],
    ['/api/geocode?q=kartini&limit=0', 'limit', /^harus 1 sampai 20$/],
    ['/api/geocode?q=kartini&limit=-1', 'limit', /^harus 1 sampai 20$/],
    ['/api/geocode?q=kartini&limit=1e9', 'limit', /^harus 1 sampai 20$/],
    ['/api/geocode?q=kartini&limit=abc', 'limit', /^bukan angka$/],
    ['/api/geocode?q=kartini&limit=', 'limit', /^kosong$/],
    ['/api/geocode?q=kartini&limit=2.5', 'limit', /^harus bilangan bulat/],
    ['/api/geocode?q=kartini&limit=5&limit=6', 'limit', /^disebut lebih dari sekali$/],
    ['/api/geocode?q=kartini&lon=109.66', 'lat', /^lon dan lat harus bersama$/],
    ['/api/geocode?q=kartini&lat=-6.89', 'lon', /^lon dan lat harus bersama$/],
    ['/api/geocode?q=kartini&lon=NaN&lat=-6.89', 'lon', /^bukan angka$/],
    ['/api/geocode?q=kartini&lon=Infinity&lat=-6.89', 'lon', /^bukan angka$/],
    ['/api/reverse', 'lon', /^wajib ada$/],
    ['/api/reverse?lon=109.66', 'lat', /^wajib ada$/],
    ['/api/reverse?lon=abc&lat=-6.89', 'lon', /^bukan angka$/],
    ['/api/reverse?lon=109.66&lat=NaN', 'lat', /^bukan angka$/],
    ['/api/reverse?lon=109,66&lat=-6.89', 'lon', /^bukan angka$/],
    ['/api/reverse?lon=1e999&lat=-6.89', 'lon', /^bukan angka$/],
    ['/api/reverse?lon=109.66&lon=109.67&lat=-6.89', 'lon', /^disebut lebih dari sekali$/],
    ['/api/reverse?lon=181&lat=-6.89', 'lon', /^bujur harus -180 sampai 180$/],
    ['/api/reverse?lon=109.66&lat=-91', 'lat', /^lintang harus -90 sampai 90$/],
  ])('%.60s: 422 on %s', async (path, field, reason) => {
    const { status, body, headers } = await get<Problem>(path)
    expect(status).toBe(422)
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    const { errors } = problem.parse(body)
    expect(errors?.[0].field).toMatch(new RegExp(`^${field}`))
    expect(errors?.[0].reason).toMatch(reason)
  })
})

describe('what a citizen said that leads nowhere', () => {
  it.each([
    ['🔥🔥🔥', 'empty'],
    ['...???', 'empty'],
    ['\u0000\u0007\u001b', 'empty'],
    ['\u200f\u202e', 'empty'],
    ["'; drop table incident; --", 'not_found'],
    ['<script>alert(1)</script>', 'not_found'],
    ['${jndi:ldap://x}', 'not_found'],
    ['NaN, NaN', 'not_found'],
    ['Infinity', 'not_found'],
    ['pak tolong pak', 'not_found'],
    ['12', 'number_only'],
    ['081234567890', 'number_only'],
    ['+62 812-3456-7890', 'number_only'],
    ['0285 421661', 'number_only'],
    ['999.123, 888.123', 'invalid_coordinates'],
    ['https://maps.app.goo.gl/AbCdEf', 'short_link'],
    ['///kata.lain.sini', 'unreadable'],
    ['RT 03 RW 07', 'not_found'],
  ])('%j: 200, no features, the reason and what to ask', async (q, reason) => {
    const { status, body } = await ask(q)
    expect(status).toBe(200)
    expect(body.features).toEqual([])
    expect(body.reason).toBe(reason)
    expect(body.ask).toMatch(/[?:]/)
  })
  it('asks for what is missing', async () => {
    expect((await ask('081234567890')).body.ask).toContain('nomor telepon')
    expect((await ask('RT 03 RW 07')).body.ask).toBe('RT 03 RW 07 di kelurahan apa?')
  })
  it('does no harm', async () => {
    await ask("'; drop table incident; --")
    await ask("x'); delete from incident; --")
    expect((await server.call('GET', '/api/incidents', { token: operator })).status).toBe(200)
    expect((await ask('RSUD Bendan')).body.features.length).toBeGreaterThan(0)
  })
  it.each([
    '🔥 RSUD Bendan 🔥',
    'RSUD\u0000Bendan',
    '\u200fRSUD \u202eBendan\u202c',
    'RS\u200bUD Bendan',
    'ＲＳＵＤ Bendan',
  ])('%j: the place in it is found', async (q) => {
    const { body } = await ask(q)
    expect(body.features[0].properties.geocoding.name).toMatch(/RSUD Bendan/)
    expect(body.reason).toBeUndefined()
  })
})

describe('an answer', () => {
  it('asks on top as well as in each feature', async () => {
    const { body } = await ask('medono')
    expect(body.ask).toBeTruthy()
    for (const { properties } of body.features) expect(properties.ask).toBe(body.ask)
    const sure = await ask('-6.8915, 109.662')
    expect(sure.body.ask).toBeNull()
  })
  it('keeps the house number and says that the map has none; nothing of it goes on screens or into the log', async () => {
    const q = 'jl hayam wuruk no 9123 z'
    const { body } = await ask(q)
    const [{ properties }] = body.features
    expect(properties.geocoding).toMatchObject({ type: 'street', housenumber: '9123 Z' })
    expect(properties).toMatchObject({ housenumber: '9123 Z' })
    expect(properties.geocoding.label).toMatch(/No\. 9123 Z/)
    expect(properties.why?.join()).toContain('nomor rumah tidak ada di peta: seluruh jalan')
    const { status, body: created } = await server.call<{ incident: { place_label: string; address_text: string } }>(
      'POST',
      '/api/incidents',
      withKey(operator, { incident_type: 'kebakaran', address_text: q }),
    )
    expect(status).toBe(201)
    expect(created.incident.address_text).toBe(q)
    expect(created.incident.place_label).toMatch(/Hayam Wuruk/)
    expect(created.incident.place_label).not.toContain('9123')
    const client = await server.running.services.db.client()
    const { rows } = await client.query('select line from event')
    await client.end()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('9123')
  })
  it('keeps RT and RW where no layer has them', async () => {
    const { body } = await ask('RT 03 RW 07 Medono')
    expect(body.features[0].properties).toMatchObject({
      rt: '3',
      rw: '7',
      unmapped: 'RT 03 RW 07 tidak ada di peta',
      geocoding: { type: 'kelurahan', name: 'Medono' },
    })
    expect(body.features[0].properties.why).toContain('RT 03 RW 07 tidak ada di peta: seluruh Kel. Medono')
  })
  it('says the sea, the neighbour and the other side of the world, never the city', async () => {
    for (const [q, county] of [
      ['-6.80, 109.68', 'Laut Jawa'],
      ['40.7128, -74.0060', 'Jauh di luar wilayah layanan'],
      ['-6.99, 110.42', 'sekitar Kota Semarang'],
    ]) {
      const { body } = await ask(q)
      expect(body.features).toHaveLength(1)
      expect(body.features[0].properties).toMatchObject({ inside_city: false, geocoding: { type: 'outside', county } })
      expect(body.features[0].properties.border_distance_m).toBeGreaterThan(1000)
      expect(body.features[0].properties.geocoding.label).toMatch(/km dari batas/)
    }
  })
})

describe('latitude and longitude in the wrong order', () => {
  const SWAPPED = { type: 'Point', coordinates: [BENDAN[1], BENDAN[0]] }

  it.each(['109.662, -6.89154', 'lat 109.662 lon -6.89154'])('%s: read as meant, and said', async (q) => {
    const { body } = await ask(q)
    expect(body.features[0].geometry.coordinates).toEqual(BENDAN)
    expect(body.features[0].properties.inside_city).toBe(true)
    expect(body.features[0].properties.why?.join()).toMatch(/terbalik/)
  })
  it('offers the other reading where there is one', async () => {
    const { body } = await ask('6.89154, 109.662')
    expect(body.features[0].geometry.coordinates).toEqual(BENDAN)
    expect(body.features[0].properties.alternative).toEqual({ type: 'Point', coordinates: [109.662, 6.89154] })
    const plain = await ask('-6.89154, 109.662')
    expect(plain.body.features[0].properties).not.toHaveProperty('alternative')
  })

  const box = [
    [109.66, -6.89],
    [109.67, -6.89],
    [109.67, -6.88],
    [109.66, -6.89],
  ].map(([lon, lat]) => [lat, lon])
  const closing = {
    kind: 'rob',
    reason: 'rob pagi',
    starts_at: '2026-01-01T00:00:00Z',
    ends_at: '2026-01-01T01:00:00Z',
    geometry: { type: 'Polygon', coordinates: [box] },
  }
  it.each([
    ['GET', `/api/reverse?lon=${BENDAN[1]}&lat=${BENDAN[0]}`, undefined, 'lat'],
    ['GET', `/api/geocode?q=masjid&lon=${BENDAN[1]}&lat=${BENDAN[0]}`, undefined, 'lat'],
    ['POST', '/api/incidents', { incident_type: 'kebakaran', location: SWAPPED }, 'location.coordinates.1'],
    ['POST', '/api/closures', closing, 'geometry.coordinates.0.0.1'],
    ['POST', '/api/positions', [{ callsign: 'Damkar 1', location: SWAPPED }], '0.location.coordinates.1'],
  ])('%s %.40s: 422 that offers the swap', async (method, path, body, field) => {
    const { status, body: answer } = await server.call<Problem>(method, path, {
      ...withKey(admin, {}),
      body,
    })
    expect(status).toBe(422)
    const error = problem.parse(answer).errors?.find((each) => each.field === field)
    expect(error?.reason).toBe('lintang dan bujur tampak tertukar')
    expect(error?.suggestion?.type).toBe('Point')
    // what is offered is a position by the city, and can be sent as it is
    expect(distanceM(error?.suggestion?.coordinates ?? [0, 0], BENDAN)).toBeLessThan(5_000)
    const [lon, lat] = error?.suggestion?.coordinates ?? []
    const reverse = await get(`/api/reverse?lon=${lon}&lat=${lat}`)
    expect(reverse.body.features[0].properties.inside_city).toBe(true)
  })
  it('is refused by name and without an offer where no order would do', async () => {
    const { status, body } = await server.call<Problem>(
      'POST',
      '/api/incidents',
      withKey(operator, { incident_type: 'kebakaran', location: { type: 'Point', coordinates: [200, 95] } }),
    )
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ field: 'location.coordinates.0', reason: 'bujur harus -180 sampai 180' }])
  })
  it('takes a pin at sea or far away as it is: outside the city', async () => {
    for (const coordinates of [
      [109.68, -6.8],
      [-74.006, 40.713],
    ]) {
      const { status, body } = await server.call<{ incident: { inside_city: boolean; place_label: string } }>(
        'POST',
        '/api/incidents',
        withKey(operator, { incident_type: 'kebakaran', location: { type: 'Point', coordinates } }),
      )
      expect(status).toBe(201)
      expect(body.incident.inside_city).toBe(false)
      expect(body.incident.place_label).toMatch(/di luar Kota Pekalongan/)
    }
  })
})

describe('reverse', () => {
  it('names street, side, landmark and kelurahan in one line, and each by itself', async () => {
    const { body } = await get(`/api/reverse?lon=${BENDAN[0]}&lat=${BENDAN[1]}`)
    const { properties } = body.features[0]
    expect(properties.geocoding.label).toMatch(/RSUD Bendan.*, Kel\. /)
    for (const key of ['distance', 'bearing', 'direction', 'landmark', 'street_side', 'street_distance_m', 'crossing'])
      expect(properties, key).toHaveProperty(key)
  })
  it('names the sea with distance and direction', async () => {
    const { body } = await get('/api/reverse?lon=109.68&lat=-6.80')
    const { properties } = body.features[0]
    expect(properties).toMatchObject({ inside_city: false, direction: 'utara', geocoding: { county: 'Laut Jawa' } })
    expect(properties.geocoding.label).toMatch(/^Laut Jawa \(di luar Kota Pekalongan, [\d,]+ km di utara batas\)$/)
  })
})

describe.skipIf(!present)('the imported city, over HTTP', () => {
  beforeAll(async () => {
    const { db, city } = server.running.services
    const report = await importFolder(db, geodata, { progress: () => undefined, now: () => new Date(), actor: 'test' })
    expect(report.status).toBe('done')
    await city.reload()
  })
  it('knows a beach and a pier for the kelurahan beside them, in words and in the database alike', async () => {
    const { areas } = server.running.services.city.gazetteer
    const random = seededRandom(57)
    const rings = areas.kelurahan.flatMap((each) => each.geometry.coordinates.flat())
    const beside: [number, number][] = []
    while (beside.length < 60) {
      const ring = rings[Math.floor(random() * rings.length)]
      const [lon, lat] = ring[Math.floor(random() * ring.length)]
      const point: [number, number] = [lon + (random() - 0.5) * 0.003, lat + (random() - 0.5) * 0.003]
      const edge = edgeM(areas, point)
      // nearer than 20 m both count it in; at the very limit two ways to measure need not agree
      if (edge > 22 && Math.abs(edge - 100) > 2) beside.push(point)
    }
    const inside = beside.map((point) => kelurahanAt(areas, point) !== null)
    expect(new Set(inside)).toEqual(new Set([true, false]))
    for (const [i, coordinates] of beside.entries()) {
      const { body } = await server.call<{ incident: Incident }>(
        'POST',
        '/api/incidents',
        withKey(operator, { incident_type: 'rob', location: { type: 'Point', coordinates } }),
      )
      expect(body.incident.inside_city, `${coordinates.join()}: ${edgeM(areas, coordinates)} m`).toBe(inside[i])
    }
    const { body } = await ask('pantai pasir kencana')
    expect(body.features[0].properties).toMatchObject({ inside_city: true, kelurahan_code: expect.any(String) })
  })
  it.each([
    ['jl sriwijaya no 12 a', 'Jl. Sriwijaya No. 12 A', { housenumber: '12 A' }],
    ['jl. kartini no 110 gang 4', 'Jl. Kartini Gang 4 No. 110', { housenumber: '110', gang: '4' }],
    ['RT 03 RW 07 Degayu', 'Kel. Degayu, Kec. Pekalongan Utara (RT 03 RW 07 tidak ada di peta)', { rt: '3', rw: '7' }],
  ])('%s', async (q, label, more) => {
    const { body } = await ask(q)
    expect(body.features[0].properties).toMatchObject({ inside_city: true, ...more })
    expect(body.features[0].properties.geocoding.label).toBe(label)
  })
  it('describes points for a driver', async () => {
    const { body } = await get('/api/reverse?lon=109.6756&lat=-6.8887')
    expect(body.features[0].properties.geocoding.label).toBe(
      'Jl. Hasanuddin sisi barat, 180 m utara Masjid Jami Kauman, Kel. Kauman',
    )
    expect(body.features[0].properties).toMatchObject({ street_side: 'barat', landmark: 'Masjid Jami Kauman' })
  })
})
