import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent, ServerMessage, Snapshot } from '../../geo/wire/live.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
let server: TestServer
let operator: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
})
afterAll(() => server?.stop())

const create = async () =>
  (
    await server.call<{ incident: Incident }>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: POINT },
    })
  ).body.incident
const isSnapshot = (m: ServerMessage): m is Snapshot => m.type === 'snapshot'
const isEventOf =
  (id: string) =>
  (m: ServerMessage): m is LiveEvent =>
    m.type === 'event' && m.incident?.id === id

describe('the live feed', () => {
  it('says hello, then the whole picture, then beats each second', async () => {
    const open = await create()
    const reader = await readLive(server.url, { token: operator })
    await reader.until((m) => m.type === 'hello')
    const snapshot = await reader.until(isSnapshot)
    expect(reader.messages.slice(0, 2).map((m) => m.type)).toEqual(['hello', 'snapshot'])
    expect(snapshot.incidents.map((i) => i.id)).toContain(open.id)
    expect(snapshot.units.length).toBeGreaterThan(10)
    await reader.until((m) => m.type === 'heartbeat' && m.seq >= snapshot.seq)
    // A count, no names; not in the first beats of a server that has not counted yet.
    await reader.until((m) => m.type === 'heartbeat' && m.operators !== undefined)
    reader.close()
  })

  it('brings a committed incident to a client within 200 ms (median of 15)', async () => {
    const reader = await readLive(server.url, { token: operator })
    await reader.until(isSnapshot)
    const delays: number[] = []
    for (let i = 0; i < 15; i++) {
      const started = performance.now()
      const incident = await create()
      await reader.until(isEventOf(incident.id))
      delays.push(performance.now() - started)
    }
    reader.close()
    delays.sort((a, b) => a - b)
    expect(delays[7]).toBeLessThan(200)
  })

  it('misses nothing over a reconnect with since', async () => {
    const first = await readLive(server.url, { token: operator })
    const snapshot = await first.until(isSnapshot)
    first.close()
    const made = [await create(), await create(), await create()]
    const second = await readLive(server.url, { token: operator, since: snapshot.seq })
    for (const incident of made) await second.until(isEventOf(incident.id))
    expect(second.messages.some(isSnapshot)).toBe(false)
    const seqs = second.messages.flatMap((m) => (m.type === 'event' ? [m.seq] : []))
    expect(seqs).toEqual(Array.from(seqs, (_, i) => snapshot.seq + 1 + i))
    second.close()
  })

  it('gives a fresh picture to who is beyond the head', async () => {
    const reader = await readLive(server.url, { token: operator, since: 999_999_999 })
    await reader.until(isSnapshot)
    reader.close()
  })

  it('keeps seq without holes for everyone while clients join in the middle of writes', async () => {
    const writes = Promise.all(Array.from({ length: 20 }, () => create()))
    const readers = await Promise.all(Array.from({ length: 10 }, () => readLive(server.url, { token: operator })))
    const made = await writes
    const head = server.running.services.hub.seq
    for (const reader of readers) {
      const snapshot = await reader.until(isSnapshot)
      const known = new Set(snapshot.incidents.map((i) => i.id))
      for (const incident of made) if (!known.has(incident.id)) await reader.until(isEventOf(incident.id))
      const seqs = reader.messages.flatMap((m) => (m.type === 'event' ? [m.seq] : []))
      expect(seqs).toEqual(Array.from(seqs, (_, i) => snapshot.seq + 1 + i))
      reader.close()
    }
    expect(head).toBeGreaterThan(0)
  })

  it('sends a line without its content to a role that may not see incidents', async () => {
    const planner = await server.token('planner')
    const reader = await readLive(server.url, { token: planner })
    const snapshot = await reader.until(isSnapshot)
    expect(snapshot.incidents).toEqual([])
    await create()
    const event = await reader.until((m): m is LiveEvent => m.type === 'event')
    expect(event).toEqual({ type: 'event', seq: event.seq })
    reader.close()
  })

  it('refuses nobody, and pages of other sites', async () => {
    await expect(readLive(server.url)).rejects.toThrow(/401/)
    await expect(readLive(server.url, { token: operator, origin: 'https://situs-lain.example' })).rejects.toThrow(/403/)
  })

  it('lets go whose access is revoked, within the half minute that is promised', async () => {
    const token = await server.token('screen')
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}/live`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const closed = new Promise<number>((resolve) => ws.on('close', (code) => resolve(code)))
    await new Promise((resolve) => ws.once('message', resolve))
    const { db } = server.running.services
    const listed = await db.rows<{ id: string; role: string }>('credential_list', { now: new Date() })
    const { id } = listed.find(({ role }) => role === 'screen') ?? { id: '' }
    expect(await db.maybe('credential_revoke', { id, now: new Date() })).toEqual({ id })
    expect(await closed).toBe(4401)
    await expect(readLive(server.url, { token })).rejects.toThrow(/401/)
  }, 30_000)

  it('moves a unit by OsmAnd, OwnTracks and JSON', async () => {
    const units = (await server.call<{ id: string; callsign: string }[]>('GET', '/api/units', { token: operator })).body
    const [byOsmand, byOwntracks, byJson] = units
    const integration = await server.token('integration')
    const responder = await server.token('responder', { unit_id: byOwntracks.id })
    const reader = await readLive(server.url, { token: operator })
    await reader.until(isSnapshot)
    const osmand = await server.call(
      'GET',
      `/api/positions/osmand?token=${integration}&id=${encodeURIComponent(byOsmand.callsign)}&lat=-6.89&lon=109.67&speed=10&bearing=90&timestamp=${Math.floor(Date.now() / 1000)}`,
    )
    expect(osmand.status).toBe(200)
    const owntracks = await server.call('POST', '/api/positions/owntracks', {
      headers: { authorization: `Basic ${Buffer.from(`unit:${responder}`).toString('base64')}` },
      body: { _type: 'location', lat: -6.88, lon: 109.68, tst: Math.floor(Date.now() / 1000), vel: 30, cog: 180 },
    })
    expect(owntracks.status).toBe(200)
    const json = await server.call<{ accepted: number; rejected: { index: number; reason: string }[] }>(
      'POST',
      '/api/positions',
      {
        token: integration,
        body: [
          { unit_id: byJson.id, location: { type: 'Point', coordinates: [109.66, -6.9] } },
          { callsign: 'Tidak Ada 1', location: { type: 'Point', coordinates: [109.66, -6.9] } },
        ],
      },
    )
    expect(json.body).toEqual({ accepted: 1, rejected: [{ index: 1, reason: 'unknown_unit' }] })
    for (const unit of [byOsmand, byOwntracks, byJson]) {
      await reader.until((m) => m.type === 'positions' && m.positions.some((p) => p.unit_id === unit.id))
    }
    const moved = reader.messages
      .flatMap((m) => (m.type === 'positions' ? m.positions : []))
      .find((p) => p.unit_id === byOsmand.id)
    expect(moved?.speed_kmh).toBeCloseTo(18.52, 1)
    reader.close()
  })
})

describe('calls', () => {
  it('are taken whatever else a PBX sends, and counted with their incident', async () => {
    const call = await server.call<{ id: string; kind: string | null }>('POST', '/api/calls', {
      token: await server.token('integration'),
      body: { caller_number: 'anonymous', number_hidden: true, line: '112-3', queue: 'utama' },
    })
    expect(call.status).toBe(201)
    const made = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: POINT, call_id: call.body.id },
    })
    expect(made.body.incident).toMatchObject({ call_count: 1, number_hidden: true })
    const again = await server.call<{ errors: { field: string; reason: string }[] }>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: POINT, call_id: call.body.id },
    })
    expect(again.status).toBe(409)
    expect(again.body.errors[0]).toMatchObject({
      field: 'call_id',
      reason: expect.stringContaining(made.body.incident.number),
    })
    const prank = await server.call<{ kind: string }>('PATCH', `/api/calls/${call.body.id}`, {
      token: operator,
      body: { kind: 'prank' },
    })
    expect(prank.body.kind).toBe('prank')
    const wrong = await server.call<{ errors: { field: string }[] }>('PATCH', `/api/calls/${call.body.id}`, {
      token: operator,
      body: { kind: 'iseng' },
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors[0].field).toBe('kind')
  })

  it('ring now at the latest, whatever the clock of the PBX says', async () => {
    const rang_at = new Date(Date.now() + 90_000).toISOString()
    const call = await server.call<{ id: string; rang_at: string }>('POST', '/api/calls', {
      token: operator,
      body: { rang_at },
    })
    expect(Date.parse(call.body.rang_at)).toBeLessThanOrEqual(Date.now())
    const made = await server.call('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: POINT, call_id: call.body.id },
    })
    expect(made.status).toBe(201)
  })

  it('name the call when it is what is too old', async () => {
    const call = await server.call<{ id: string }>('POST', '/api/calls', {
      token: operator,
      body: { rang_at: new Date(Date.now() - 13 * 3_600_000).toISOString() },
    })
    const refused = await server.call<{ errors: { field: string }[] }>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: POINT, call_id: call.body.id },
    })
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0].field).toBe('call_id')
  })
})
