import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ownTracksLink,
  ownTracksUrl,
  traccarCode,
  traccarLink,
  traccarUrl,
  type Pairing,
} from '../../client/field/pairing/links.ts'
import type { Device, PairedDevice, Way } from '../../geo/wire/field.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { apiRoutes } from '../../server/app.ts'
import { httpsWarning } from '../../server/config.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const PUBLIC_URL = 'https://siaga.example'
let server: TestServer
let operator: string
let own: Unit
let stranger: Unit
let officer: string
let other: string
beforeAll(async () => {
  server = await startTestServer({ PUBLIC_URL })
  operator = await server.token('operator')
  const units = await read()
  own = units[0]
  stranger = units.find(({ agency_id }) => agency_id !== own.agency_id) ?? units[1]
  officer = await server.token('responder', { unit_id: own.id, agency_id: own.agency_id })
  other = await server.token('responder', { unit_id: stranger.id, agency_id: stranger.agency_id })
})
afterAll(() => server?.stop())

const read = async () => (await server.call<Unit[]>('GET', '/api/units', { token: operator })).body
const unitNow = async (id: string) => (await read()).find((unit) => unit.id === id)
let made = 0
/** A case of its own with one unit sent. */
async function sent(unit: Unit): Promise<Assignment> {
  made++
  const { body } = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
    token: operator,
    body: {
      incident_type: 'kebakaran',
      location: { type: 'Point', coordinates: [109.662 + (made % 7) * 0.004, -6.8915 + (made % 5) * 0.003] },
      accuracy_m: 5,
    },
  })
  const answer = await server.call<Assignment[]>('POST', `/api/incidents/${body.incident.id}/assignments`, {
    token: operator,
    body: { unit_ids: [unit.id], override_reason: 'uji' },
  })
  expect(answer.status).toBe(201)
  return answer.body[0]
}
const step = (id: string, body: object, token = officer) =>
  server.call<Omit<Assignment & Omit<Problem, 'status'>, 'status'> & { status: unknown }>(
    'POST',
    `/api/assignments/${id}/status`,
    { token, body },
  )
const lines = async (kind: string) => {
  const client = await server.running.services.db.client()
  const { rows } = await client.query('select line::jsonb as line from event where kind = $1 order by seq', [kind])
  await client.end()
  return rows.map(({ line }) => line as { occurred_at: string; recorded_at: string; actor: string; body: object })
}

describe('steps that come later', () => {
  it('keep the time of the press, and are written once however often they are told', async () => {
    const { id, notified_at } = await sent(own)
    await new Promise((done) => setTimeout(done, 30))
    const at = (ms: number) => new Date(Date.parse(notified_at) + ms).toISOString()
    for (const [status, ms] of [
      ['acknowledged', 5],
      ['en_route', 10],
      ['on_scene', 15],
    ] as const) {
      const first = await step(id, { status, at: at(ms) })
      expect(first.status, JSON.stringify(first.body)).toBe(200)
    }
    // The answers were lost: all is told again, what came first too.
    for (const [status, ms] of [
      ['acknowledged', 5],
      ['en_route', 10],
      ['on_scene', 15],
    ] as const)
      expect((await step(id, { status, at: at(ms) })).status).toBe(200)
    expect((await step(id, { status: 'done', at: at(20) })).status).toBe(200)
    const again = await step(id, { status: 'en_route', at: at(10) })
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ status: 'done' })
    expect(Date.parse(again.body.en_route_at ?? '')).toBe(Date.parse(at(10)))
    const logged = await lines('assignment.en_route')
    expect(logged).toHaveLength(1)
    expect(Date.parse(logged[0].occurred_at)).toBe(Date.parse(at(10)))
    expect(Date.parse(logged[0].recorded_at)).toBeGreaterThan(Date.parse(at(10)))
    // Another time is another word, and there is no way back.
    expect(
      (await step(id, { status: 'en_route', at: new Date(Date.parse(at(10)) - 120_000).toISOString() })).status,
    ).toBe(409)
    expect((await step(id, { status: 'en_route' })).status).toBe(409)
  })

  it('are refused from the future, from before the step they follow, and once the job was called back', async () => {
    const { id, notified_at } = await sent(own)
    const future = await step(id, { status: 'acknowledged', at: new Date(Date.now() + 90_000).toISOString() })
    expect([future.status, future.body.errors?.[0].field]).toEqual([422, 'at'])
    const before = new Date(Date.parse(notified_at) - 90_000).toISOString()
    expect((await step(id, { status: 'acknowledged', at: before })).status).toBe(422)
    expect((await step(id, { status: 'cancelled' }, await server.token('supervisor'))).status).toBe(200)
    const late = await step(id, { status: 'en_route', at: new Date().toISOString() })
    expect(late.status).toBe(409)
    expect(late.body.errors?.[0].reason).toContain('cancelled')
  })

  it("touch only the officer's own unit", async () => {
    const { id } = await sent(own)
    expect((await step(id, { status: 'acknowledged' }, other)).status).toBe(403)
    expect((await server.call('GET', `/api/assignments/${id}/way`, { token: other })).status).toBe(403)
    await step(id, { status: 'cancelled' })
  })
})

it('the way leads from where the phone is, over the roads open now', async () => {
  const { id, incident_id } = await sent(own)
  const ask = async (query = '') =>
    (await server.call<Way>('GET', `/api/assignments/${id}/way${query}`, { token: officer })).body
  const incident = (await server.call<Incident>('GET', `/api/incidents/${incident_id}`, { token: operator })).body
  const far = await ask('?lon=109.69&lat=-6.87')
  const near = await ask(`?lon=${incident.location.coordinates[0]}&lat=${incident.location.coordinates[1]}`)
  expect(far.coordinates.length).toBe(far.elapsed_seconds.length)
  expect(far.seconds).toBeGreaterThan(60)
  expect(near.seconds).toBeLessThan(far.seconds / 4)
  // Without a word from the phone: from the unit's last fix, else its post.
  expect((await ask()).seconds).toBeGreaterThan(0)
  const lopsided = await server.call('GET', `/api/assignments/${id}/way?lon=109.69`, { token: officer })
  expect(lopsided.status).toBe(422)
  await step(id, { status: 'cancelled' })
})

it("a crew says of its own unit that it is off duty, and of no other's", async () => {
  const set = (unit: Unit, duty: string, token = officer) =>
    server.call<Unit>('PATCH', `/api/units/${unit.id}`, { token, body: { duty } })
  expect((await set(stranger, 'off')).status).toBe(403)
  const off = await set(own, 'off')
  expect([off.status, off.body.duty]).toEqual([200, 'off'])
  expect(off.body.duty_set_by).toMatch(/^responder:/)
  // Nobody is followed home, by this page or by an app; a unit that is on a job is.
  const report = () =>
    server.call<{ accepted: number; rejected: { reason: string }[] }>('POST', '/api/positions', {
      token: officer,
      body: [{ location: { type: 'Point', coordinates: [109.67, -6.89] } }],
    })
  expect((await report()).body).toMatchObject({ accepted: 0, rejected: [{ reason: 'off_duty' }] })
  await set(own, 'on')
  const { id } = await sent(own)
  await set(own, 'off')
  expect((await report()).body.accepted).toBe(1)
  await step(id, { status: 'cancelled' })
  await set(own, 'on')
})

describe('a paired phone', () => {
  const pair = (unit: Unit, app: string, token = officer) =>
    server.call<PairedDevice & Problem>('POST', `/api/units/${unit.id}/devices`, {
      token,
      body: { app, label: 'HP Budi' },
    })
  const list = async (token = officer) =>
    (await server.call<Device[]>('GET', `/api/units/${own.id}/devices`, { token })).body
  const base = ({ secret }: PairedDevice): Pairing => ({ server_url: server.url, secret, callsign: own.callsign })
  const fixOf = async () => (await unitNow(own.id))?.position

  it('is for the own unit, of the OPD or of the room, and its secret rests as a hash', async () => {
    const dispatcher = await server.token('dispatcher', { agency_id: own.agency_id })
    expect((await pair(stranger, 'traccar')).status).toBe(403)
    expect((await pair(stranger, 'traccar', dispatcher)).status).toBe(403)
    expect((await pair(own, 'traccar', other)).status).toBe(403)
    expect((await pair(own, 'traccar', operator)).status).toBe(403)
    expect((await pair(own, 'sms')).status).toBe(422)
    const { status, body } = await pair(own, 'traccar', dispatcher)
    expect(status).toBe(201)
    expect(body.server_url).toBe(PUBLIC_URL)
    expect(await list()).toMatchObject([{ id: body.device.id, app: 'traccar', label: 'HP Budi', last_seen_at: null }])
    expect(JSON.stringify(await list())).not.toContain(body.secret)
    const client = await server.running.services.db.client()
    const { rows } = await client.query('select to_jsonb(c)::text as row from credential c')
    await client.end()
    expect(rows.map(({ row }) => row as string).join()).not.toContain(body.secret)
    const logged = await lines('device.paired')
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged)).not.toContain('Budi')
    const gone = await server.call('DELETE', `/api/units/${own.id}/devices/${body.device.id}`, { token: dispatcher })
    expect(gone.status).toBe(204)
    expect(await list()).toEqual([])
  })

  it('can do nothing but report where its unit is', async () => {
    const { secret, device } = (await pair(own, 'other')).body
    const routes = apiRoutes(server.running.services, { routes: [] } as never)
    for (const { method, path, permission } of routes.filter((route) => route.permission !== 'public')) {
      const filled = path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000')
      const body = method === 'get' ? undefined : {}
      const { status } = await server.call(method.toUpperCase(), filled, { token: secret, body })
      if (permission === 'position.create') expect(status, path).not.toBe(403)
      else expect(status, `${method} ${path}`).toBe(403)
    }
    await expect(readLive(server.url, { token: secret })).rejects.toThrow()
    expect((await fetch(`${server.url}/field?token=${secret}`, { redirect: 'manual' })).status).toBe(401)
    // Whatever unit it names, it speaks of its own.
    await server.call('POST', '/api/positions', {
      token: secret,
      body: [{ callsign: stranger.callsign, location: { type: 'Point', coordinates: [109.6701, -6.8901] } }],
    })
    expect((await fixOf())?.location.coordinates).toEqual([109.6701, -6.8901])
    expect((await unitNow(stranger.id))?.position).toBeNull()
    expect(Date.parse((await list())[0].last_seen_at ?? '')).toBeGreaterThan(Date.now() - 60_000)
    await server.call('DELETE', `/api/units/${own.id}/devices/${device.id}`, { token: officer })
  })

  it('Traccar Client: what its scanner and its link give it is what it sends by, in its old form and its new', async () => {
    const { body } = await pair(own, 'traccar')
    const pairing = base(body)
    // The app keeps origin and path of the code as its address, and the settings it knows from the query.
    const code = new URL(traccarCode(pairing))
    const link = new URL(traccarLink(pairing))
    expect(link.protocol).toBe('org.traccar.client:')
    expect(link.searchParams.get('url')).toBe(traccarUrl(pairing))
    expect(link.searchParams.get('id')).toBe(code.searchParams.get('id'))
    const address = code.origin + code.pathname
    const device_id = code.searchParams.get('id')
    // 9.0 and later: JSON, the identifier in the body.
    const told = {
      location: {
        timestamp: new Date().toISOString(),
        coords: { latitude: -6.8911, longitude: 109.6711, accuracy: 7.5, speed: 10, heading: 90, altitude: 4 },
        is_moving: true,
        odometer: 12,
        event: 'motionchange',
        battery: { level: 0.8, is_charging: false },
        activity: { type: 'in_vehicle' },
        extras: {},
        _: `&id=${device_id}&lat=-6.8911&lon=109.6711&`,
      },
      device_id,
    }
    const post = (sent: unknown) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      })
    expect((await post(told)).status).toBe(200)
    expect(await fixOf()).toMatchObject({ speed_kmh: 36, heading: 90, coordinates: [109.6711, -6.8911] })
    // Before: the same by the query, speed in knots.
    const query = new URLSearchParams({
      id: String(device_id),
      lat: '-6.8922',
      lon: '109.6722',
      timestamp: String(Math.round(Date.now() / 1000) + 1),
      speed: '10',
    })
    expect((await fetch(`${address}?${query}`, { method: 'POST' })).status).toBe(200)
    expect(await fixOf()).toMatchObject({ coordinates: [109.6722, -6.8922], speed_kmh: 18.52 })
    expect((await post({ ...told, location: { timestamp: 'x' } })).status).toBe(422)
    await server.call('DELETE', `/api/units/${own.id}/devices/${body.device.id}`, { token: officer })
    await expect.poll(async () => (await post(told)).status, { timeout: 1_500 }).toBe(401)
  })

  it('OwnTracks: the configuration in its link is what it sends by', async () => {
    const { body } = await pair(own, 'owntracks')
    const link = new URL(ownTracksLink(base(body)))
    expect([link.protocol, link.pathname]).toEqual(['owntracks:', '/config'])
    const configuration = JSON.parse(atob(link.searchParams.get('inline') ?? '')) as Record<string, string | number>
    expect(configuration).toMatchObject({ _type: 'configuration', mode: 3, url: ownTracksUrl(base(body)), auth: true })
    const answer = await fetch(String(configuration.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${btoa(`${configuration.username}:${configuration.password}`)}`,
        'x-limit-u': String(configuration.username),
        'x-limit-d': String(configuration.deviceId),
      },
      body: JSON.stringify({
        _type: 'location',
        lat: -6.8933,
        lon: 109.6733,
        tst: Math.round(Date.now() / 1000) + 2,
        acc: 12,
        vel: 40,
        cog: 180,
        batt: 80,
        tid: configuration.tid,
      }),
    })
    expect([answer.status, await answer.json()]).toEqual([200, []])
    expect(await fixOf()).toMatchObject({ coordinates: [109.6733, -6.8933], speed_kmh: 40 })
  })

  it('is one of five at most', async () => {
    while ((await list()).length < 5) expect((await pair(own, 'other')).status).toBe(201)
    expect((await pair(own, 'other')).status).toBe(409)
  })
})

it('start-up warns of a network without HTTPS', () => {
  const said = (host: string, public_url: string | null) => httpsWarning({ host, public_url })
  expect(said('127.0.0.1', null)).toBeNull()
  expect(said('0.0.0.0', 'https://siaga.example')).toBeNull()
  expect(said('0.0.0.0', null)).toContain('HTTPS')
  expect(said('127.0.0.1', 'http://siaga.example')).toContain('HTTPS')
})
