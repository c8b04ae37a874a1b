import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Call } from '../../geo/wire/calls.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const AHEAD_MS = 2 * 3_600_000
const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const KEPT_MS = 2_100

let ahead_ms = 0
const now = () => new Date(Date.now() + ahead_ms)
let server: TestServer
let token: string
beforeAll(async () => {
  server = await startTestServer({}, { now })
  token = await server.token('admin')
})
afterAll(() => server.stop())

async function ask<T>(method: string, path: string, body?: object, status = 201): Promise<T> {
  const answer = await server.call<T>(method, path, { token, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  return answer.body
}
const record = async (more: object = {}) =>
  (
    await ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: POINT,
      ...more,
    })
  ).incident
const step = (id: string, status: string, more: object = {}) =>
  ask<Assignment>('POST', `/api/assignments/${id}/status`, { status, ...more }, 200)
async function send(incident: Incident, nth: number): Promise<Assignment> {
  const units = (await ask<Unit[]>('GET', '/api/units', undefined, 200)).filter(({ duty }) => duty === 'on')
  const body = { unit_ids: [units[nth].id], override_reason: 'uji jam' }
  return (await ask<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, body))[0]
}
/** Runs with the clock so far ahead, and sets it right again. */
async function aheadBy<T>(ms: number, work: () => Promise<T>): Promise<T> {
  ahead_ms = ms
  try {
    return await work()
  } finally {
    ahead_ms = 0
  }
}
const inOrder = (times: (string | null)[]) => {
  const known = times.flatMap((time) => (time === null ? [] : Date.parse(time)))
  expect(known).toEqual([...known].sort((a, b) => a - b))
}

it('lets a case go on when the clock was two hours ahead for a while, and its own clock never backwards', async () => {
  const { incident, sent } = await aheadBy(AHEAD_MS, async () => {
    const made = await record()
    const assignment = await send(made, 0)
    await step(assignment.id, 'acknowledged')
    return { incident: made, sent: assignment }
  })
  expect(Date.parse(incident.received_at) - Date.now()).toBeGreaterThan(AHEAD_MS - 60_000)
  await step(sent.id, 'en_route')
  // As a phone says it that was out of reach for some minutes: by its own clock, which was right all the time.
  await step(sent.id, 'on_scene', { at: new Date(Date.now() - 5 * 60_000).toISOString() })
  const done = await step(sent.id, 'done')
  inOrder([done.notified_at, done.acknowledged_at, done.en_route_at, done.on_scene_at, done.done_at])
  const after = await ask<Incident>('GET', `/api/incidents/${incident.id}`, undefined, 200)
  expect(after.status).toBe('resolved')
  inOrder([after.received_at, after.dispatched_at, after.resolved_at])
})

it('sends to a case that was recorded while the clock was ahead, and records one whose call rang then', async () => {
  const [recorded, rung] = await aheadBy(AHEAD_MS, async () => [
    await record(),
    await ask<Call>('POST', '/api/calls', { desk: true }),
  ])
  await ask('PATCH', `/api/incidents/${recorded.id}`, { status: 'verified' }, 200)
  await send(recorded, 1)
  const dispatched = await ask<Incident>('GET', `/api/incidents/${recorded.id}`, undefined, 200)
  inOrder([dispatched.received_at, dispatched.verified_at, dispatched.dispatched_at])
  const from_call = await record({ call_id: rung.id })
  expect(Math.abs(Date.parse(from_call.received_at) - Date.now())).toBeLessThan(60_000)
})

it('still refuses what somebody says of a future, and a step told for before the one it follows', async () => {
  const late = new Date(Date.now() + 61_000 + 5_000).toISOString()
  await ask('POST', '/api/incidents', { incident_type: 'kebakaran', location: POINT, received_at: late }, 422)
  const sent = await send(await record(), 2)
  const before = new Date(Date.now() - 5 * 60_000).toISOString()
  await ask('POST', `/api/assignments/${sent.id}/status`, { status: 'en_route', at: before }, 422)
  await ask('POST', `/api/assignments/${sent.id}/status`, { status: 'en_route', at: late }, 422)
})

it('shuts out a revoked token two seconds later, though the clock was set back meanwhile', async () => {
  const gone = await server.token('operator')
  const open = () => server.call('GET', '/api/incidents', { token: gone })
  await aheadBy(AHEAD_MS, async () => expect((await open()).status).toBe(200))
  const { db } = server.running.services
  const listed = await db.rows<{ id: string; role: string }>('credential_list', { now: now() })
  const { id } = listed.find(({ role }) => role === 'operator') ?? { id: '' }
  expect(await db.maybe('credential_revoke', { id, now: now() })).toEqual({ id })
  await new Promise((done) => setTimeout(done, KEPT_MS))
  expect((await open()).status).toBe(401)
})
