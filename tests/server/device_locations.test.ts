import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call, CallDetail, IncidentCalls } from '../../geo/wire/calls.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent, ServerMessage } from '../../geo/wire/live.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const PIN = { type: 'Point', coordinates: [109.662, -6.89154] }
const PHONE = { type: 'Point', coordinates: [109.6641, -6.8933] }
const ELSEWHERE = { type: 'Point', coordinates: [109.7, -6.88] }

let server: TestServer
let operator: string
/** The server's clock stands this far ahead. */
let ahead_ms = 0
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(Date.now() + ahead_ms) })
  operator = await server.token('operator')
})
afterAll(() => server?.stop())

const ask = <T>(method: string, path: string, body?: object, token = operator) =>
  server.call<T>(method, path, { token, body })
const ring = async (body: object = {}) => (await ask<Call>('POST', '/api/calls', body)).body
const fix = (body: object) =>
  ask<{ matched: boolean; call_id: string | null }>('POST', '/api/device-locations', {
    location: PHONE,
    accuracy_m: 20,
    source: 'aml',
    ...body,
  })
const look = async (id: string) => (await ask<CallDetail>('GET', `/api/calls/${id}`)).body
const ago = (seconds: number) => new Date(Date.now() + ahead_ms - seconds * 1_000).toISOString()
const rows = async (sql: string) => {
  const client = await server.running.services.db.client()
  const answer = await client.query(sql)
  await client.end()
  return answer.rows as Record<string, unknown>[]
}

describe('where a phone says it is', () => {
  it('stands beside its call and its incident, and moves neither', async () => {
    const call = await ring({ caller_number: '0812-1000-001' })
    const made = await ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: PIN,
      call_id: call.id,
    })
    const fix_at = ago(30)
    expect(await fix({ call_id: call.id, fix_at })).toMatchObject({
      status: 201,
      body: { matched: true, call_id: call.id },
    })
    const seen = await look(call.id)
    expect(seen).toMatchObject({ device_location: PHONE, device_accuracy_m: 20, location: null })
    expect(Date.parse(seen.device_located_at ?? '')).toBe(Date.parse(fix_at))
    const incident = (await ask<Incident & IncidentCalls>('GET', `/api/incidents/${made.body.incident.id}`)).body
    expect(incident.location).toEqual(PIN)
    expect(incident.calls[0]).toMatchObject({ id: call.id, device_location: PHONE, device_accuracy_m: 20 })
  })

  it.each([
    ['0812-1000 011', '+62 812 1000 011'],
    ['+628121000012', '08121000012'],
    ['628121000013', '0812.1000.013'],
    ['sip:08121000014@pbx.example', '0062 8121000014'],
  ])('finds the newest call of its number: %s rang, %s is told', async (rang, told) => {
    await ring({ caller_number: rang })
    const newest = await ring({ caller_number: rang })
    await ring({ caller_number: '08999' + rang.replace(/\D/g, '').slice(-6) })
    expect((await fix({ caller_number: told })).body).toEqual({ matched: true, call_id: newest.id })
  })

  it('finds no call of more than 30 minutes ago', async () => {
    await ring({ caller_number: '08121000021', rang_at: ago(31 * 60) })
    expect((await fix({ caller_number: '08121000021' })).body).toEqual({ matched: false, call_id: null })
    const late = await ring({ caller_number: '08121000022', rang_at: ago(29 * 60) })
    expect((await fix({ caller_number: '08121000022' })).body.call_id).toBe(late.id)
  })

  it('waits for a call that comes, gets its number, or gets it with its incident', async () => {
    for (const number of ['08121000031', '08121000032', '08121000033'])
      expect((await fix({ caller_number: number })).body).toEqual({ matched: false, call_id: null })
    const comes = await ring({ caller_number: '+62812 1000 031' })
    expect((await look(comes.id)).device_location).toEqual(PHONE)
    const gets = await ring()
    expect((await look(gets.id)).device_location).toBeNull()
    await ask('PATCH', `/api/calls/${gets.id}`, { caller_number: '08121000032' })
    expect((await look(gets.id)).device_location).toEqual(PHONE)
    const recorded = await ring()
    await ask('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: PIN,
      call_id: recorded.id,
      caller_number: '08121000033',
    })
    expect(await look(recorded.id)).toMatchObject({ device_location: PHONE, caller_number: '08121000033' })
    expect(
      await rows('select 1 from device_location where call_id is null and number_key like $$8121000%3_$$'),
    ).toEqual([])
    // Taken once: the next call of the number has none.
    expect((await look((await ring({ caller_number: '08121000031' })).id)).device_location).toBeNull()
  })

  it('a newer fix replaces an older one, never the reverse, waiting or not', async () => {
    const call = await ring()
    await fix({ call_id: call.id, fix_at: ago(60) })
    await fix({ call_id: call.id, fix_at: ago(120), location: ELSEWHERE })
    expect((await look(call.id)).device_location).toEqual(PHONE)
    await fix({ call_id: call.id, fix_at: ago(10), location: ELSEWHERE, accuracy_m: 5 })
    expect(await look(call.id)).toMatchObject({ device_location: ELSEWHERE, device_accuracy_m: 5 })
    await fix({ caller_number: '08121000041', fix_at: ago(60) })
    await fix({ caller_number: '08121000041', fix_at: ago(120), location: ELSEWHERE })
    const comes = await ring({ caller_number: '08121000041' })
    expect((await look(comes.id)).device_location).toEqual(PHONE)
    // A call that has a newer one keeps it when its number brings an older one.
    await fix({ caller_number: '08121000042', fix_at: ago(300), location: ELSEWHERE })
    await ask('PATCH', `/api/calls/${comes.id}`, { caller_number: '08121000042' })
    expect((await look(comes.id)).device_location).toEqual(PHONE)
  })

  it('a phone a few seconds ahead does not shut out its next fix', async () => {
    const call = await ring()
    expect((await fix({ call_id: call.id, fix_at: ago(-50), location: ELSEWHERE })).status).toBe(201)
    expect((await fix({ call_id: call.id })).status).toBe(201)
    expect((await look(call.id)).device_location).toEqual(PHONE)
  })

  it.each([
    ['of nothing', {}, 'call_id'],
    ['of an empty number', { caller_number: ' ' }, 'call_id'],
    ['of what is no number', { caller_number: 'anonymous' }, 'caller_number'],
    ['of a call that never was', { call_id: '00000000-0000-4000-8000-000000000000' }, 'call_id'],
    ['of the future', { caller_number: '0812', fix_at: '2999-01-01T00:00:00Z' }, 'fix_at'],
    ['older than 30 minutes', { caller_number: '08121000051', fix_at: ago(31 * 60) }, 'fix_at'],
    [
      'beyond the earth',
      { caller_number: '08121000051', location: { type: 'Point', coordinates: [0, 91] } },
      'location.coordinates.1',
    ],
    ['of no accuracy', { caller_number: '08121000051', accuracy_m: null }, 'accuracy_m'],
    ['of an unknown source', { caller_number: '08121000051', source: 'sms' }, 'source'],
    ['with an unknown field', { caller_number: '08121000051', imei: '1' }, 'imei'],
  ])('refuses one %s by its field', async (_what, body, field) => {
    const { status, body: problem } = (await fix(body)) as unknown as { status: number; body: Problem }
    expect(status).toBe(422)
    expect(problem.errors?.map((error) => error.field)).toEqual([field])
  })

  it('is told live to those who handle calls, by the call alone; to others there was a line', async () => {
    const call = await ring()
    const readers = await Promise.all(
      (['operator', 'integration', 'screen', 'dispatcher', 'kominfo_official'] as const).map(async (role) => ({
        role,
        reader: await readLive(server.url, { token: await server.token(role) }),
      })),
    )
    for (const { reader } of readers) await reader.until((m) => m.type === 'snapshot')
    await fix({ call_id: call.id })
    const isIt = (m: ServerMessage): m is LiveEvent => m.type === 'event' && m.call_id === call.id
    const heard = await readers[0].reader.until(isIt)
    expect(heard).toEqual({ type: 'event', seq: heard.seq, kind: 'call.device_located', call_id: call.id })
    for (const { role, reader } of readers) {
      const line = await reader.until((m): m is LiveEvent => m.type === 'event' && m.seq === heard.seq)
      expect(line, role).toEqual(
        role === 'operator' || role === 'integration' ? heard : { type: 'event', seq: heard.seq },
      )
      reader.close()
    }
    const [line] = await rows(`select line from event where seq = ${heard.seq}`)
    expect(String(line.line)).toContain(call.id)
    expect(String(line.line)).not.toMatch(/109\.66|6\.893/)
  })

  it('keeps numbers and places out of the log', async () => {
    await fix({ caller_number: '08121000071' })
    const call = await ring({ caller_number: '08121000071' })
    expect((await look(call.id)).device_location).toEqual(PHONE)
    const lines = JSON.stringify(await rows('select line from event'))
    expect(lines).not.toContain('1210000')
    expect(lines).not.toContain('109.6641')
  })

  it('a simulated call has none of a real number', async () => {
    await fix({ caller_number: '08121000081' })
    const { db, now } = server.running.services
    const { call } = await db.value<{ call: Call }>('call_create', {
      input: { caller_number: '08121000081' },
      actor: 'demo',
      now: now(),
      simulated: true,
    })
    expect(await rows(`select 1 from device_location where call_id = '${call.id}'`)).toEqual([])
    expect((await ask('GET', `/api/calls/${call.id}`)).status).toBe(404)
    expect((await fix({ call_id: call.id })).status).toBe(422)
    expect((await look((await ring({ caller_number: '08121000081' })).id)).device_location).toEqual(PHONE)
  })

  it('is forgotten after 30 minutes when no call came', async () => {
    await fix({ caller_number: '08121000061' })
    const waiting = () => rows(`select 1 from device_location where number_key = '8121000061'`)
    expect(await waiting()).toHaveLength(1)
    const { db, now } = server.running.services
    ahead_ms = 31 * 60_000
    try {
      // Not purged yet, and of no use any more.
      const late = await ring({ caller_number: '08121000061' })
      expect((await look(late.id)).device_location).toBeNull()
      const { keepHouse } = await import('../../server/jobs/housekeeping.ts')
      const end = await keepHouse({ db, now, log: server.running.services.log })
      end()
      expect(await waiting()).toEqual([])
    } finally {
      ahead_ms = 0
    }
  })
})
