import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../geo/wire/problem.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const PLACE = { type: 'Point', coordinates: [109.662, -6.89154] }

let server: TestServer
let operator: string
let integration: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  integration = await server.token('integration')
})
afterAll(() => server?.stop())

const report = (more: object) => ({ incident_type: 'kebakaran', location: PLACE, ...more })
const half = 'asap \ud83d'

describe('what cannot be stored', () => {
  it.each([
    ['half a character', '/api/incidents', report({ description: half }), 'description'],
    ['half a character in a call', '/api/calls', { line: half }, 'line'],
    ['U+0000 in a code', '/api/incidents', report({ incident_type: 'a\0b' }), 'incident_type'],
    ['year 0', '/api/incidents', report({ received_at: '0000-01-01T00:00:00Z' }), 'received_at'],
    ['an offset that is none', '/api/calls', { rang_at: '2026-10-01T00:00:00+23:00' }, 'rang_at'],
    ['an accuracy wider than the world', '/api/incidents', report({ accuracy_m: 1e308 }), 'accuracy_m'],
    ['a callsign with U+0000', '/api/positions', [{ callsign: 'a\0b', location: PLACE }], '0.callsign'],
    ['a fix of year 0', '/api/positions', [{ location: PLACE, fix_at: '0000-01-01T00:00:00Z' }], '0.fix_at'],
  ])('%s is refused by the name of its field', async (_what, path, body, field) => {
    const token = path === '/api/positions' ? integration : operator
    const { status, body: problem } = await server.call<Problem>('POST', path, { token, body })
    expect(status).toBe(422)
    expect(problem.errors?.map((error) => error.field)).toEqual([field])
  })

  it.each([
    ['GET', '/api/incidents?since=0000-01-01T00:00:00Z'],
    ['GET', '/api/stats/districts?from=0000-01-01T00:00:00Z'],
    ['GET', '/api/reverse?lon=&lat='],
    ['GET', '/api/geocode?q=masjid&lon=&lat=-6.89'],
  ])('%s %s is refused', async (method, path) => {
    const { status, body } = await server.call<Problem>(method, path, { token: operator })
    expect(status).toBe(422)
    expect(body.errors?.length).toBeGreaterThan(0)
  })
})

describe('what phones send', () => {
  const units = async () =>
    (await server.call<{ id: string; callsign: string }[]>('GET', '/api/units', { token: operator })).body
  const osmand = (query: string, token: string) =>
    server.call<Problem>('GET', `/api/positions/osmand?id=Damkar%201&${query}`, { token })

  it('an empty coordinate is not zero', async () => {
    const { status, body } = await osmand('lat=-6.89&lon=', integration)
    expect(status).toBe(422)
    expect(body.errors?.[0].field).toBe('lon')
  })

  it.each(['timestamp=8640000000000000', 'timestamp=-99999999999'])('%s is no time', async (query) => {
    const { status, body } = await osmand(`lat=-6.89&lon=109.67&${query}`, integration)
    expect(status).toBe(422)
    expect(body.errors?.[0].field).toBe('timestamp')
  })

  it('keeps the place when what stands beside it is nonsense', async () => {
    const { status } = await osmand('lat=-6.8911&lon=109.6611&speed=1e39&bearing=1e300&accuracy=-5', integration)
    expect(status).toBe(200)
    const { body } = await server.call<{ callsign: string; position: { coordinates: number[]; speed_kmh: unknown } }[]>(
      'GET',
      '/api/units',
      { token: operator },
    )
    const moved = body.find((unit) => unit.callsign === 'Damkar 1')?.position
    expect(moved).toMatchObject({ coordinates: [109.6611, -6.8911], speed_kmh: null, heading: null, accuracy_m: null })
  })

  it("a unit's token moves no other unit, whatever it names", async () => {
    const [own, other] = await units()
    const token = await server.token('responder', { unit_id: own.id })
    const { body } = await server.call('POST', '/api/positions', {
      token,
      body: [{ callsign: other.callsign, location: { type: 'Point', coordinates: [109.7, -6.91] } }],
    })
    expect(body).toEqual({ accepted: 1, rejected: [] })
    const after = await server.call<{ id: string; position: { coordinates: number[] } | null }[]>('GET', '/api/units', {
      token: operator,
    })
    const at = (id: string) => after.body.find((unit) => unit.id === id)?.position?.coordinates
    expect(at(own.id)).toEqual([109.7, -6.91])
    expect(at(other.id)).not.toEqual([109.7, -6.91])
  })
})

describe('other sites and other files', () => {
  it.each(['null', 'foo', 'http://', 'https://lain.example'])(
    'a page of origin %s acts with nobody’s cookie',
    async (origin) => {
      const opened = await fetch(`${server.url}/wall?token=${await server.token('supervisor')}`, { redirect: 'manual' })
      const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
      expect(cookie).toMatch(/^siaga_session=/)
      const answer = await fetch(`${server.url}/api/calls`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: '{}',
      })
      expect(answer.status).toBe(403)
    },
  )

  it('a file that is not there is not found, and nobody blames the database', async () => {
    const { status, body } = await server.call<Problem>('GET', '/assets/tidak-ada.js')
    expect(status).toBe(404)
    expect(body.code).not.toBe('database_away')
  })
})
