import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LonLat } from '../../../geo/earth.ts'
import type { RecommendedUnit } from '../../../geo/dispatch/types.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import type { Heartbeat, ServerMessage, Snapshot } from '../../../geo/wire/live.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import { OSRM_TIMEOUT_MS } from '../../../server/routing/types.ts'
import { startFakeOsrm, type FakeOsrm } from '../../helpers/fake_osrm.ts'
import { readLive, startTestServer, type TestServer } from '../../helpers/server.ts'

const RSUD_BENDAN: LonLat = [109.662, -6.89154]
const HOUR = 3_600_000
interface Answer {
  incident: Incident
  recommendations: { agency_kind: string; units: RecommendedUnit[] }[]
}

let fake: FakeOsrm
let server: TestServer
let operator: string
beforeAll(async () => {
  fake = await startFakeOsrm()
  server = await startTestServer({ ROUTING_URL: `${fake.url}/` })
  operator = await server.token('operator')
})
afterAll(async () => {
  await server?.stop()
  await fake?.stop()
})
const state = () => server.running.services.routing.state.routing
const until = async (wanted: () => boolean, within_ms = 5_000): Promise<void> => {
  const since = performance.now()
  while (!wanted()) {
    if (performance.now() - since > within_ms) throw new Error(`not so within ${within_ms} ms`)
    await new Promise((done) => setTimeout(done, 10))
  }
}
beforeEach(async () => {
  fake.ailment = 'ok'
  await until(() => state() === 'osrm')
})

async function report(): Promise<{ answer: Answer; damkar: RecommendedUnit[]; ms: number }> {
  const asked = performance.now()
  const { status, body } = await server.call<Answer>('POST', '/api/incidents', {
    token: operator,
    body: { incident_type: 'kebakaran', location: { type: 'Point', coordinates: RSUD_BENDAN } },
  })
  const ms = performance.now() - asked
  expect(status).toBe(201)
  const damkar = body.recommendations.find(({ agency_kind }) => agency_kind === 'damkar')?.units ?? []
  expect(damkar.length).toBeGreaterThan(0)
  return { answer: body, damkar, ms }
}
const p95 = (values: number[]): number => values.sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]

describe('with ROUTING_URL', () => {
  it('a recommendation goes by the times of OSRM, says so, and the decision keeps it', async () => {
    const { answer, damkar } = await report()
    const units = (await server.call<Unit[]>('GET', '/api/units', { token: operator })).body
    for (const { unit_id, eta_seconds, routing, reasons } of damkar) {
      const home = units.find(({ id }) => id === unit_id)?.station_location?.coordinates as LonLat
      expect(eta_seconds).toBeCloseTo(fake.seconds(home, RSUD_BENDAN), 1)
      expect(routing).toBe('osrm')
      expect(reasons).toContain('waktu dari OSRM')
    }
    const totals = damkar.map(({ eta_seconds, turnout_seconds }) => eta_seconds + turnout_seconds)
    expect(totals).toEqual([...totals].sort((a, b) => a - b))
    const sent = await server.call<{ eta_seconds: number }[]>(
      'POST',
      `/api/incidents/${answer.incident.id}/assignments`,
      {
        token: operator,
        body: { unit_ids: [damkar[0].unit_id] },
      },
    )
    expect(sent.status).toBe(201)
    expect(sent.body[0].eta_seconds).toBeCloseTo(damkar[0].eta_seconds, 6)
  })

  it('a closure of ours adds its delay to them, and lifting it takes that away', async () => {
    const admin = await server.token('admin')
    const [west, south, east, north] = [109.663, -6.9, 109.68, -6.875]
    const { damkar: before } = await report()
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ]
    const made = await server.call<{ id: string }>('POST', '/api/closures', {
      token: admin,
      body: {
        kind: 'rob',
        reason: 'rob pagi',
        geometry: { type: 'Polygon', coordinates: [ring] },
        speed_factor: 0.2,
        starts_at: new Date(Date.now() - HOUR).toISOString(),
        ends_at: new Date(Date.now() + HOUR).toISOString(),
      },
    })
    expect(made.status).toBe(201)
    const { damkar: during } = await report()
    const was = new Map(before.map((unit) => [unit.unit_id, unit.eta_seconds]))
    for (const { unit_id, eta_seconds } of during) expect(eta_seconds).toBeGreaterThanOrEqual(was.get(unit_id) ?? 0)
    const longer = during.filter(({ unit_id, eta_seconds }) => eta_seconds > (was.get(unit_id) ?? 0) + 1)
    expect(longer.length).toBeGreaterThan(0)
    for (const { reasons } of longer) expect(reasons.join()).toMatch(/waktu dari OSRM,penutupan jalan menambah \d+ dtk/)
    await server.call('DELETE', `/api/closures/${made.body.id}`, { token: admin })
    const { damkar: after } = await report()
    expect(after.map((unit) => unit.eta_seconds)).toEqual(before.map((unit) => unit.eta_seconds))
  })

  it('a hanging OSRM holds up at most the first dispatches: p95 stays beside the baseline', async () => {
    const well: number[] = []
    const hung: number[] = []
    for (let i = 0; i < 40; i++) well.push((await report()).ms)
    fake.ailment = 'hang'
    for (let i = 0; i < 40; i++) {
      const { damkar, ms } = await report()
      hung.push(ms)
      expect(damkar[0].routing).toBe('fallback')
      expect(damkar[0].reasons).toContain('waktu dari graf sendiri: OSRM tidak menjawab')
    }
    console.info(`dispatch p95: OSRM well ${p95(well).toFixed(1)} ms, hanging ${p95(hung).toFixed(1)} ms`)
    expect(p95(hung)).toBeLessThan(p95(well) + OSRM_TIMEOUT_MS / 3)
  })

  it('who speaks is told live within 2 s of the change, and by the probes and figures', async () => {
    const reader = await readLive(server.url, { token: await server.token('screen') })
    const snapshot = await reader.until((m): m is Snapshot => m.type === 'snapshot')
    expect(snapshot).toMatchObject({ routing: 'osrm' })
    expect(snapshot).not.toHaveProperty('routing_since')
    const beat =
      (routing: string) =>
      (m: ServerMessage): m is Heartbeat =>
        m.type === 'heartbeat' && m.routing === routing
    const text = async (path: string) => JSON.stringify((await server.call('GET', path)).body)

    await reader.until(beat('osrm'))
    expect(await text('/health/ready')).toMatch(/"routing":"osrm","since":null/)
    fake.ailment = 'cut'
    await until(() => state() === 'fallback', 2_500)
    const away = await reader.until(beat('fallback'), 2_000)
    expect(Date.parse(away.routing_since ?? '')).toBeGreaterThan(Date.now() - 10_000)
    expect(await text('/health/ready')).toMatch(/"status":"ok".*"routing":"fallback","since":"/)
    const metrics = await text('/metrics')
    expect(metrics).toMatch(/siaga_routing_source\{source=\\"fallback\\"\} 1/)
    expect(metrics).toMatch(/siaga_routing_source\{source=\\"osrm\\"\} 0/)
    expect(metrics).toMatch(/siaga_routing_questions_total\{outcome=\\"answered\\"\} [1-9]/)

    reader.messages.splice(0)
    fake.ailment = 'ok'
    await until(() => state() === 'osrm')
    expect(await reader.until(beat('osrm'), 2_000)).not.toHaveProperty('routing_since')
    reader.close()
  })
})
