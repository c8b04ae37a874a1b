import { brotliDecompressSync } from 'node:zlib'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapManifest } from '../../../geo/wire/masterdata.ts'
import type { MapManifest } from '../../../geo/wire/masterdata.ts'
import { startTestServer } from '../../helpers/server.ts'
import type { TestServer } from '../../helpers/server.ts'

let server: TestServer
let token: string
let manifest: MapManifest
beforeAll(async () => {
  server = await startTestServer()
  token = await server.token('screen')
  manifest = mapManifest.parse((await server.call('GET', '/api/map', { token })).body)
})
afterAll(() => server.stop())

/** As it goes over the wire: fetch would undo the compression. */
const raw = (url: string): Promise<{ encoding: string | undefined; body: Buffer }> =>
  new Promise((resolve, reject) => {
    request(server.url + url, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'br' } }, (res) => {
      const parts: Buffer[] = []
      res
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => resolve({ encoding: res.headers['content-encoding'], body: Buffer.concat(parts) }))
    })
      .on('error', reject)
      .end()
  })

describe('GET /api/map', () => {
  it('says what there is: the built-in city, schematic', () => {
    expect(manifest).toMatchObject({
      schematic: true,
      city: { code: '33.75', name: 'Kota Pekalongan' },
      attribution: [],
    })
    expect(manifest.layers.map(({ layer }) => layer)).toEqual([
      'outline',
      'neighbour',
      'kelurahan',
      'water',
      'street',
      'road',
      'rail',
      'place',
      'facility',
    ])
    const [west, south, east, north] = manifest.bounds
    expect([west < 109.66, east > 109.68, south < -6.9, north > -6.87]).toEqual([true, true, true, true])
  })
  it('answers 304 to who has it, and refuses who is nobody', async () => {
    const headers = { 'if-none-match': `"${manifest.hash}"` }
    expect((await server.call('GET', '/api/map', { token, headers })).status).toBe(304)
    expect((await server.call('GET', '/api/map')).status).toBe(401)
  })
})

describe('GET /api/map/:layer/:hash.geojson', () => {
  it('gives each layer as the manifest says, rounded, for ever', async () => {
    for (const { layer, url, row_count, bytes } of manifest.layers) {
      const answer = await server.call<GeoJSON.FeatureCollection>('GET', url, { token })
      expect(answer.headers.get('cache-control')).toMatch(/immutable/)
      expect(answer.headers.get('content-type')).toMatch(/^application\/geo\+json/)
      expect([layer, answer.body.features.length]).toEqual([layer, row_count])
      const { encoding, body } = await raw(url)
      expect(encoding).toBe('br')
      const text = brotliDecompressSync(body).toString()
      expect(JSON.parse(text)).toEqual(answer.body)
      expect(Buffer.byteLength(text)).toBe(bytes)
      expect(text).not.toMatch(/"coordinates":[^"]*\d\.\d{7}/)
    }
  })
  it('names districts and roads', async () => {
    const featuresOf = async (layer: string) =>
      (
        await server.call<GeoJSON.FeatureCollection>('GET', manifest.layers.find((l) => l.layer === layer)?.url ?? '', {
          token,
        })
      ).body.features
    expect((await featuresOf('kelurahan')).map((f) => f.properties)).toContainEqual(
      expect.objectContaining({ code: '33.75.01.1006', name: 'Bendan Kergon', kecamatan: 'Pekalongan Barat' }),
    )
    const roads = await featuresOf('road')
    expect(roads.every((f) => typeof f.properties?.class === 'string')).toBe(true)
    // Each meets another at an end, to the last digit: screens follow units along them (geo/track/).
    const ends = roads.flatMap(({ geometry }) => {
      const line = geometry.type === 'LineString' ? geometry.coordinates : []
      return [line[0], line[line.length - 1]].map(String)
    })
    expect(new Set(ends).size).toBeLessThan(ends.length * 0.75)
    expect(roads.some((f) => f.properties?.waits > 0)).toBe(true)
    for (const f of roads) expect([undefined, 1, -1]).toContain(f.properties?.oneway)
  })
  it('knows no other hash and no other layer', async () => {
    const [{ url }] = manifest.layers
    for (const wrong of [
      '/api/map/road/0000000000000000.geojson',
      '/api/map/road/x',
      url.replace('outline', 'road'),
      url.replace('.geojson', ''),
    ]) {
      const answer = await server.call<{ code: string }>('GET', wrong, { token })
      expect([wrong, answer.status, answer.body.code]).toEqual([wrong, 404, 'not_found'])
    }
  })
})
