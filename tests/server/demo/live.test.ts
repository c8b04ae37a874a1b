import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../../geo/wire/incident.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import { startServer } from '../../../server/main.ts'
import { clientOf, startTestServer, type TestServer } from '../../helpers/server.ts'

// Sixty times life: a case of half an hour takes half a minute.
let server: TestServer
beforeAll(async () => void (server = await startTestServer({ SIAGA_DEMO: '1', SIAGA_DEMO_SPEED: '60' })))
afterAll(() => server?.stop())

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until<T>(what: string, look: () => Promise<T | null>, timeout_ms = 30_000): Promise<T> {
  for (const end = Date.now() + timeout_ms; Date.now() < end; await pause(250)) {
    const found = await look()
    if (found !== null) return found
  }
  throw new Error(`not within ${timeout_ms} ms: ${what}`)
}

describe('the live part', () => {
  it('opens with cases in many stages, brings them to their end over HTTP, drives units, and goes on after a restart', async () => {
    const { call } = server
    const open = async () => (await call<Incident[]>('GET', '/api/incidents?status=open')).body
    const units = async () => (await call<Unit[]>('GET', '/api/units')).body
    const first = await until('an opening', async () => {
      const list = await open()
      return list.length >= 6 ? list : null
    })
    expect(first.every((incident) => incident.simulated && incident.number.startsWith('SIM-'))).toBe(true)
    expect(first.some((incident) => incident.incident_type === 'kebakaran')).toBe(true)

    const before = new Map(
      (
        await until('positions of all units', async () => {
          const list = await units()
          return list.every((unit) => unit.position) ? list : null
        })
      ).map((unit) => [unit.id, unit.position?.location.coordinates]),
    )
    await until(
      'a unit that moves',
      async () =>
        (await units()).find(
          (unit) =>
            (unit.position?.speed_kmh ?? 0) > 5 &&
            String(unit.position?.location.coordinates) !== String(before.get(unit.id)),
        ) ?? null,
    )
    const closed = await until(
      'an opening case closed',
      async () => {
        const list = (await call<Incident[]>('GET', '/api/incidents?status=closed&limit=5000')).body
        return list.find((incident) => first.some((other) => other.id === incident.id)) ?? null
      },
      60_000,
    )
    expect(closed.assignments.some((a) => a.status === 'done')).toBe(true)
    await until(
      'a new report',
      async () => (await open()).find((incident) => !first.some((other) => other.id === incident.id)) ?? null,
      60_000,
    )

    const busy = (await units()).flatMap((unit) => (unit.assignment_id ? [unit.id] : []))
    expect(new Set(busy).size).toBe(busy.length)

    const left = await open()
    const { config } = server.installation
    const stopping = Date.now()
    await server.running.stop()
    expect(Date.now() - stopping).toBeLessThan(5_000)
    server.running = await startServer(config, {
      progress: () => undefined,
      clientDir: '/nonexistent',
      version: 'test',
    })
    const url = server.running.url
    const ended = await until(
      'a case of before the restart goes on',
      async () => {
        const list = (await (await fetch(`${url}/api/incidents?status=open`)).json()) as Incident[]
        return (
          left.find(
            (incident) => !list.some((other) => other.id === incident.id && other.status === incident.status),
          ) ?? null
        )
      },
      60_000,
    )
    expect(ended.simulated).toBe(true)
  }, 240_000)

  it("leaves a visitor's own trial to the visitor", async () => {
    // The one that was started anew.
    const { call, token: tokenOf } = clientOf(server.running)
    const token = await tokenOf('operator')
    const { status, body } = await call<{ incident: Incident; recommendations: { units: { unit_id: string }[] }[] }>(
      'POST',
      '/api/incidents',
      {
        token,
        body: { incident_type: 'mobil_jenazah', location: { type: 'Point', coordinates: [109.662, -6.89154] } },
      },
    )
    expect(status, JSON.stringify(body)).toBe(201)
    const unit_id = body.recommendations[0].units[0].unit_id
    const [assignment] = (
      await call<{ id: string }[]>('POST', `/api/incidents/${body.incident.id}/assignments`, {
        token,
        body: { unit_ids: [unit_id] },
      })
    ).body
    await pause(8_000)
    const seen = (await call<Incident>('GET', `/api/incidents/${body.incident.id}`)).body
    expect(seen.status).toBe('dispatched')
    // Only its unit drives, when it is told to.
    const admin = await tokenOf('admin')
    await call('POST', `/api/assignments/${assignment.id}/status`, { token: admin, body: { status: 'en_route' } })
    await until(
      'the unit on its way',
      async () =>
        (await call<Unit[]>('GET', '/api/units')).body.find(
          (unit) => unit.id === unit_id && (unit.position?.speed_kmh ?? 0) > 0,
        ) ?? null,
    )
    await pause(3_000)
    expect((await call<Incident>('GET', `/api/incidents/${body.incident.id}`)).body.status).toBe('handling')
  }, 120_000)
})
