import { afterEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { Incident } from '../../geo/wire/incident.ts'
import { startFakeOsrm } from '../helpers/fake_osrm.ts'
import { startReceiver } from '../helpers/receiver.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const SECRET = Buffer.alloc(32, 7)
const DISPATCHES = 40
const CALLS_A_SECOND = 30
const DEAF = 40
/** What an operator does not notice between two keys. */
const UNNOTICED_MS = 300

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
const p95 = (values: number[]): number => values.sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

interface Made {
  incident: Incident
  recommendations: { units: { unit_id: string }[] }[]
}
/** A case recorded, its first unit sent and called back again: the milliseconds until the unit was sent. */
async function dispatch({ call }: TestServer, token: string): Promise<number> {
  const asked = performance.now()
  const made = await call<Made>('POST', '/api/incidents', {
    token,
    body: { incident_type: 'kebakaran', location: { type: 'Point', coordinates: [109.662, -6.89154] } },
  })
  expect(made.status).toBe(201)
  const [unit] = made.body.recommendations.flatMap(({ units }) => units)
  const sent = await call('POST', `/api/incidents/${made.body.incident.id}/assignments`, {
    token,
    body: { unit_ids: [unit.unit_id], override_words: 'uji coba' },
  })
  expect(sent.status, JSON.stringify(sent.body)).toBe(201)
  const ms = performance.now() - asked
  // Ends the case, which owes the data centre a message.
  expect(
    (await call('PATCH', `/api/incidents/${made.body.incident.id}`, { token, body: { status: 'cancelled' } })).status,
  ).toBe(200)
  return ms
}
const dispatches = async (server: TestServer, token: string): Promise<number[]> => {
  const all: number[] = []
  for (let n = 0; n < DISPATCHES; n++) all.push(await dispatch(server, token))
  return all
}

/** A reader that takes nothing off its socket, as behind a network that is gone. */
async function deaf(url: string, token: string): Promise<WebSocket> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } })
  ws.on('error', () => undefined)
  await new Promise((done) => ws.once('open', done))
  ws.pause()
  return ws
}

describe('while others are slow', () => {
  it('a dispatch goes on as if alone: data centre and OSRM silent, a PBX that floods, readers that do not read, reports asked for', async () => {
    const kominfo = await startReceiver(SECRET)
    const osrm = await startFakeOsrm()
    undo.push(
      () => kominfo.stop(),
      () => osrm.stop(),
    )
    const server = await startTestServer({
      ...{ ROUTING_URL: osrm.url, KOMINFO_URL: kominfo.url },
      KOMINFO_SECRET: `whsec_${SECRET.toString('base64')}`,
    })
    undo.push(() => server.stop())
    const [supervisor, pbx, screen, kabid] = await Promise.all(
      (['supervisor', 'integration', 'screen', 'kabid'] as const).map((role) => server.token(role)),
    )
    const quiet = await dispatches(server, supervisor)

    kominfo.manner = 'hang'
    osrm.ailment = 'hang'
    for (let n = 0; n < DEAF; n++) {
      const ws = await deaf(server.url, screen)
      undo.push(() => ws.terminate())
    }
    let going = true
    const statuses = new Map<number, number>()
    const asks: Promise<unknown>[] = []
    const flood = (async () => {
      for (let n = 0; going; n++) {
        const body = { caller_number: `0285${100_000 + n}`, line: '112-1' }
        asks.push(
          server
            .call('POST', '/api/calls', { token: pbx, body })
            .then(({ status }) => statuses.set(status, (statuses.get(status) ?? 0) + 1)),
        )
        await pause(1000 / CALLS_A_SECOND)
      }
    })()
    const month = new Date().toISOString().slice(0, 7)
    const reports = (async () => {
      while (going) {
        await server.call('GET', `/api/reports/${month}`, { token: kabid })
        await server.call('GET', `/api/stats/districts?from=2026-01-01&to=2027-01-01&level=kelurahan`, { token: kabid })
      }
    })()
    await pause(500)
    const besieged = await dispatches(server, supervisor)
    going = false
    await Promise.all([flood, reports, ...asks])
    console.info(`dispatch p95: quiet ${Math.round(p95(quiet))} ms, besieged ${Math.round(p95(besieged))} ms`)
    expect(p95(besieged)).toBeLessThan(Math.max(UNNOTICED_MS, 3 * p95(quiet)))
    // Nothing of it was bought with a refusal: every call was taken.
    expect([...statuses.keys()]).toEqual([201])
    // What could not be sent is owed, and goes out by itself once somebody is there.
    const before = kominfo.accepted.length
    kominfo.manner = { status: 204 }
    await kominfo.until(() => kominfo.accepted.length > before, 150_000)
  }, 240_000)
})
