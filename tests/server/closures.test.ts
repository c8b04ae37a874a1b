import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../geo/wire/problem.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const RSUD_BENDAN = { type: 'Point', coordinates: [109.662, -6.89154] }
const HOUR = 3_600_000
interface Ranked {
  recommendations: {
    agency_kind: string
    units: { unit_id: string; eta_seconds: number; reasons: string[] }[]
    excluded: { unit_id: string; code: string }[]
  }[]
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

const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
const closing = (geometry: object, more: object = {}) => ({
  kind: 'rob',
  reason: 'rob pagi',
  geometry,
  starts_at: new Date(Date.now() - HOUR).toISOString(),
  ends_at: new Date(Date.now() + HOUR).toISOString(),
  ...more,
})
async function etas(): Promise<Map<string, number>> {
  const { body } = await server.call<Ranked>('POST', '/api/incidents', {
    token: operator,
    body: { incident_type: 'kebakaran', location: RSUD_BENDAN },
  })
  const damkar = body.recommendations.find((group) => group.agency_kind === 'damkar')
  const shut =
    damkar?.excluded.filter((unit) => unit.code === 'unreachable').map((unit) => [unit.unit_id, Infinity] as const) ??
    []
  return new Map([...(damkar?.units.map((unit) => [unit.unit_id, unit.eta_seconds] as const) ?? []), ...shut])
}

describe('closures', () => {
  it('lengthen drives at once, never shorten one, and let go when lifted', async () => {
    const before = await etas()
    const made = await server.call<{ id: string }>('POST', '/api/closures', {
      token: admin,
      body: closing(box(109.663, -6.9, 109.68, -6.875), { speed_factor: 0.2 }),
    })
    expect(made.status).toBe(201)
    const during = await etas()
    expect(before.size).toBeGreaterThan(0)
    for (const [unit, seconds] of before) expect(during.get(unit)).toBeGreaterThanOrEqual(seconds)
    expect([...before].some(([unit, seconds]) => (during.get(unit) ?? 0) > seconds)).toBe(true)
    const graph = await server.call<unknown[]>('GET', '/api/closures', { token: operator })
    expect(graph.body).toHaveLength(1)
    expect((await server.call('DELETE', `/api/closures/${made.body.id}`, { token: admin })).status).toBe(204)
    expect((await server.call<unknown[]>('GET', '/api/closures', { token: operator })).body).toEqual([])
    expect(await etas()).toEqual(before)
  })

  it('do not leave a caller in the flood without units: priced to where the road ends, and said so', async () => {
    const made = await server.call<{ id: string }>('POST', '/api/closures', {
      token: admin,
      body: closing(box(109.655, -6.898, 109.669, -6.885), { speed_factor: 0 }),
    })
    const { body } = await server.call<Ranked>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: RSUD_BENDAN },
    })
    const damkar = body.recommendations.find((group) => group.agency_kind === 'damkar')
    expect(damkar?.units.length).toBeGreaterThan(0)
    expect(damkar?.excluded.filter(({ code }) => code === 'unreachable')).toEqual([])
    for (const { eta_seconds, reasons } of damkar?.units ?? []) {
      expect(eta_seconds).toBeLessThan(3_600)
      expect(reasons.join()).toMatch(/jalan tertutup: dihitung sampai tepinya/)
    }
    await server.call('DELETE', `/api/closures/${made.body.id}`, { token: admin })
  })

  const line = (...coordinates: number[][]) => ({ type: 'LineString', coordinates })
  const fine = { speed_factor: 0 }
  const town = box(109.66, -6.9, 109.67, -6.89)
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
  const open_ring = { type: 'Polygon', coordinates: [town.coordinates[0].slice(0, 4)] }
  const bow = [
    [109.66, -6.9],
    [109.67, -6.89],
    [109.67, -6.9],
    [109.66, -6.89],
    [109.66, -6.9],
  ]
  it.each([
    ['a ring that is open', closing(open_ring, fine), 'geometry'],
    ['a ring that crosses itself', closing({ type: 'Polygon', coordinates: [bow] }, fine), 'geometry'],
    ['a line without length', closing(line([109.66, -6.9], [109.66, -6.9]), fine), 'geometry'],
    ['an area without room', closing(box(109.66, -6.9, 109.67, -6.9), fine), 'geometry'],
    ['a shape far from the city', closing(box(110.4, -7, 110.5, -6.9), fine), 'geometry'],
    ['a shape that covers the province', closing(box(108, -8, 112, -6), fine), 'geometry'],
    ['an end before its start', closing(town, { ...fine, ends_at: '2020-01-01T00:00:00+07:00' }), 'ends_at'],
    ['an end that is past', closing(town, { ...fine, starts_at: ago(2 * HOUR), ends_at: ago(HOUR) }), 'ends_at'],
    ['an unknown kind', closing(town, { ...fine, kind: 'jembatan' }), 'kind'],
    ['neither depth nor factor', closing(town), 'speed_factor'],
    ['a depth that is no depth', closing(town, { depth_cm: -5 }), 'depth_cm'],
    ['no reason', closing(town, { ...fine, reason: ' ' }), 'reason'],
  ])('refuse %s and name the field', async (_what, body, field) => {
    const answer = await server.call('POST', '/api/closures', { token: admin, body })
    expect(answer.status).toBe(422)
    expect((answer.body as Problem).errors?.map((e) => e.field.split('.')[0])).toContain(field)
    expect((await server.call<unknown[]>('GET', '/api/closures', { token: operator })).body).toEqual([])
  })
})
