import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call, CallDetail, NumberBlock } from '../../geo/wire/calls.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent, Snapshot } from '../../geo/wire/live.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import type { CallFigures, District } from '../../geo/wire/stats.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const PASSWORD = 'gajah biru menari 7'

let server: TestServer
let now = Date.parse('2026-11-23T05:00:00Z')
const wait = (seconds: number) => void (now += seconds * 1000)
const tokens = new Map<Role, string>()
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(now) })
  for (const role of ['operator', 'supervisor', 'admin', 'integration', 'screen', 'dispatcher'] as const)
    tokens.set(role, await server.token(role))
})
afterAll(() => server?.stop())

const ask = async <T>(role: Role, method: string, path: string, body?: object) =>
  server.call<T & Pick<Problem, 'errors' | 'detail'>>(method, path, { token: tokens.get(role), body })
const ring = async (body: object = {}) => (await ask<Call>('integration', 'POST', '/api/calls', body)).body
const hear = (id: string, body: object) => ask<Call>('integration', 'PATCH', `/api/calls/${id}`, body)
const answer = (id: string, body: object = {}, role: Role = 'operator') =>
  ask<Call>(role, 'POST', `/api/calls/${id}/answer`, body)
const kind = (id: string, kind: string | null) => ask<Call>('operator', 'PATCH', `/api/calls/${id}`, { kind })
const rows = async (sql: string) => {
  const client = await server.running.services.db.client()
  const answer = await client.query(sql)
  await client.end()
  return answer.rows as Record<string, unknown>[]
}
const snapshotOf = async (role: Role) => {
  const reader = await readLive(server.url, { token: tokens.get(role) })
  const found = await reader.until((message): message is Snapshot => message.type === 'snapshot')
  reader.close()
  return found
}
const waiting = async (role: Role = 'operator') => (await snapshotOf(role)).calls.map(({ id }) => id)
/** A desk of an account, by its cookie. */
async function desk(login: string) {
  const { id } = (await ask<{ id: string }>('admin', 'POST', '/api/accounts', { login, role: 'operator' })).body
  const { path } = (await ask<{ path: string }>('admin', 'POST', `/api/accounts/${id}/link`)).body
  const used = await server.call('POST', '/api/links/use', {
    body: { link: path.split('tautan=')[1], password: PASSWORD },
    headers: { origin: server.url },
  })
  const cookie = (used.headers.get('set-cookie') ?? '').split(';')[0]
  expect(cookie, JSON.stringify(used.body)).not.toBe('')
  return <T>(method: string, path: string, body?: object) =>
    server.call<T & Pick<Problem, 'errors'>>(method, path, { body, headers: { cookie, origin: server.url } })
}

describe('a call that a PBX tells of', () => {
  it('is heard at once by those who handle calls, without a number; one typed at a desk by nobody', async () => {
    const readers = await Promise.all(
      (['operator', 'screen', 'dispatcher'] as const).map(async (role) => ({
        role,
        reader: await readLive(server.url, { token: tokens.get(role) }),
      })),
    )
    await Promise.all(readers.map(({ reader }) => reader.until((message) => message.type === 'snapshot')))
    const typed = [
      (await ask<Call>('operator', 'POST', '/api/calls', {})).body,
      (await ask<Call>('admin', 'POST', '/api/calls', { desk: true })).body,
    ]
    const call = await ring({ caller_number: '081234000001', line: '112-1' })
    expect(call).toMatchObject({ rings: true, answered_by: null, blocked_until: null, pranks_30d: 0 })
    const seq = await server.running.services.db.value<number>('live_head')
    for (const { role, reader } of readers) {
      await reader.until((message) => message.type === 'event' && message.seq >= seq)
      const told = reader.messages.filter((message): message is LiveEvent => message.type === 'event')
      expect(
        told.flatMap((event) => event.call ?? []),
        role,
      ).toEqual(role === 'operator' ? [call] : [])
      expect(JSON.stringify(reader.messages), role).not.toContain('81234000001')
      reader.close()
    }
    expect(await waiting()).toEqual([call.id])
    expect(await waiting('screen')).toEqual([])
    for (const { id, rings } of typed) {
      expect(rings).toBe(false)
      expect((await answer(id)).status).toBe(409)
    }
    await answer(call.id)
    await kind(call.id, 'information')
    expect(await waiting()).toEqual([])
  })

  it('is taken by one desk of several at once; the others are told whose', async () => {
    const [one, two] = [await desk('agen3'), await desk('agen4')]
    const call = await ring({ caller_number: '081234000002' })
    wait(7)
    const both = await Promise.all([one, two].map((at) => at<Call>('POST', `/api/calls/${call.id}/answer`, {})))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const winner = both[0].status === 200 ? 'agen3' : 'agen4'
    const [won, lost] = both[0].status === 200 ? both : both.toReversed()
    expect(won.body).toMatchObject({ answered_by: winner, answered_at: won.body.answered_at })
    expect(Date.parse(won.body.answered_at ?? '')).toBe(now)
    expect(lost.body.errors).toEqual([{ field: 'answered_by', reason: `sudah dijawab ${winner}` }])
    // The same desk again: the same answer and no further line.
    const head = await server.running.services.db.value<number>('live_head')
    expect((await (winner === 'agen3' ? one : two)('POST', `/api/calls/${call.id}/answer`, {})).status).toBe(200)
    expect(await server.running.services.db.value<number>('live_head')).toBe(head)
    // Taken over only by who has seen whose it is.
    const other = winner === 'agen3' ? two : one
    expect((await other('POST', `/api/calls/${call.id}/answer`, { instead_of: 'agen9' })).status).toBe(409)
    expect((await other('POST', `/api/calls/${call.id}/answer`, { instead_of: winner })).status).toBe(200)
    const looks = async () => (await rows(`select 1 from private_view where call_id = '${call.id}'`)).length
    expect(await looks()).toBe(0)
    expect((await other<CallDetail>('GET', `/api/calls/${call.id}`)).body.caller_number).toBe('081234000002')
    expect(await looks()).toBe(1)

    // One call, one row: what becomes of it is told to every desk.
    const reader = await readLive(server.url, { token: tokens.get('supervisor') })
    await reader.until((message) => message.type === 'snapshot')
    const { incident } = (
      await ask<{ incident: Incident }>('operator', 'POST', '/api/incidents', {
        incident_type: 'kebakaran',
        location: POINT,
        call_id: call.id,
      })
    ).body
    expect(incident).toMatchObject({ call_count: 1, received_at: call.rang_at })
    const told = await reader.until(
      (message): message is LiveEvent => message.type === 'event' && message.call?.id === call.id,
    )
    expect(told.call).toMatchObject({ kind: 'real', incident_id: incident.id })
    reader.close()
    expect(await waiting()).toEqual([])
    expect((await answer(call.id)).status).toBe(409)
  })

  it('goes to the desk the PBX put it through to; an unknown name is no reason to refuse it', async () => {
    const at = new Date(now).toISOString()
    expect(await ring({ answered_at: at, answered_by: 'Agen3' })).toMatchObject({ answered_by: 'agen3' })
    expect(await ring({ answered_at: at, answered_by: 'ext-77' })).toMatchObject({ answered_by: null, rings: true })
    const call = await ring()
    wait(4)
    const soon = new Date(now + 60_000).toISOString()
    const heard = (await hear(call.id, { answered_at: soon, answered_by: 'agen4' })).body
    // A PBX whose clock is ahead answers nothing in the future.
    expect(heard.answered_by).toBe('agen4')
    expect(Date.parse(heard.answered_at ?? '')).toBe(now)
    wait(5)
    // The first answer stays, whoever repeats it.
    expect(
      (await hear(call.id, { answered_at: new Date(now).toISOString(), answered_by: 'agen3' })).body,
    ).toMatchObject({
      answered_by: 'agen4',
      answered_at: heard.answered_at,
    })
    const claimed = await ask('operator', 'PATCH', `/api/calls/${call.id}`, { answered_by: 'agen3' })
    expect(claimed).toMatchObject({ status: 422, body: { errors: [{ field: 'answered_by' }] } })
  })

  it('that ended before anybody answered waits for a call back and stays unanswered', async () => {
    const call = await ring({ caller_number: '081234000003' })
    wait(9)
    await hear(call.id, { ended_at: new Date(now).toISOString() })
    expect(await waiting()).toContain(call.id)
    expect((await answer(call.id)).body).toMatchObject({ answered_at: null, answered_by: expect.any(String) as string })
    // Taken, and still nothing said of it: it is not lost.
    expect(await waiting()).toContain(call.id)
    await kind(call.id, 'ghost')
    expect(await waiting()).not.toContain(call.id)
  })

  it('answered while the server was away has the time of the press', async () => {
    const call = await ring()
    const pressed = now + 3000
    wait(40)
    expect((await answer(call.id, { at: new Date(pressed).toISOString() })).body.answered_at).toContain(
      new Date(pressed).toISOString().slice(0, 19),
    )
  })
})

describe('a number', () => {
  const NUMBER = '+62 857-1234-0009'
  const prank = async (number = NUMBER) => {
    const call = await ring({ caller_number: number })
    await answer(call.id)
    await kind(call.id, 'prank')
    return call
  }

  it('is kept as HMAC-SHA-256 of what its spellings have in common, and never in the log', async () => {
    const call = await prank()
    const [{ value }] = await rows(`select value from setting where key = 'number_key'`)
    const hash = createHmac('sha256', Buffer.from(String(value), 'base64'))
      .update('85712340009')
      .digest('hex')
    expect(await rows(`select number_hash from call_private where call_id = '${call.id}'`)).toEqual([
      { number_hash: hash },
    ])
    expect((await ask('operator', 'POST', `/api/calls/${call.id}/block`, { hours: 8 })).status).toBe(201)
    const log = JSON.stringify(await rows('select line from event'))
    for (const secret of [hash, '85712340009', '857-1234-0009']) expect(log).not.toContain(secret)
    const [again] = [await ring({ caller_number: '085712340009' })]
    expect(again).toMatchObject({ pranks_today: 1, pranks_30d: 1 })
    await kind(again.id, 'ghost')
    await ask('operator', 'DELETE', `/api/calls/${call.id}/block`)
  })

  it('is blocked by one press after a prank, stands at the desks all the same, and is taken back by one', async () => {
    const call = await prank()
    const waits = await ring({ caller_number: NUMBER })
    const until = now + 8 * 3_600_000
    const blocked = await ask<{ blocked_until: string }>('operator', 'POST', `/api/calls/${call.id}/block`, {
      hours: 8,
    })
    expect(Date.parse(blocked.body.blocked_until)).toBe(until)
    // What waits already falls silent, what comes is told to the PBX.
    const [quiet] = (await snapshotOf('operator')).calls.filter(({ id }) => id === waits.id)
    expect(Date.parse(quiet.blocked_until ?? '')).toBe(until)
    const next = await ring({ caller_number: NUMBER })
    expect(Date.parse(next.blocked_until ?? '')).toBe(until)
    expect(next.pranks_today).toBeGreaterThanOrEqual(2)
    expect(await waiting()).toEqual(expect.arrayContaining([waits.id, next.id]))
    const [listed] = (await ask<NumberBlock[]>('supervisor', 'GET', '/api/number-blocks')).body
    expect(listed).toMatchObject({ call_id: call.id, kind: 'prank' })
    expect(JSON.stringify(listed)).not.toMatch(/5712340009|[0-9a-f]{64}/)
    expect((await ask('operator', 'GET', '/api/number-blocks')).status).toBe(403)

    // An emergency from a blocked number is an emergency.
    await answer(next.id)
    const saved = await ask('operator', 'POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: POINT,
      call_id: next.id,
    })
    expect(saved.status).toBe(201)

    expect((await ask('operator', 'DELETE', `/api/calls/${call.id}/block`)).status).toBe(200)
    expect((await snapshotOf('operator')).calls.find(({ id }) => id === waits.id)?.blocked_until).toBe(null)
    expect((await ask('operator', 'DELETE', `/api/calls/${call.id}/block`)).status).toBe(404)
    await kind(waits.id, 'ghost')
  })

  it('is freed when its call was no prank after all, by a supervisor, and by time', async () => {
    const call = await prank()
    const block = () => ask('operator', 'POST', `/api/calls/${call.id}/block`, { hours: 1 })
    const blocks = async () => (await ask<NumberBlock[]>('supervisor', 'GET', '/api/number-blocks')).body
    expect((await block()).status).toBe(201)
    await kind(call.id, null)
    expect(await blocks()).toEqual([])
    expect(await block()).toMatchObject({ status: 409, body: { errors: [{ field: 'kind' }] } })
    await kind(call.id, 'prank')
    await block()
    const [{ id }] = await blocks()
    expect((await ask('supervisor', 'DELETE', `/api/number-blocks/${id}`)).status).toBe(200)
    await block()
    wait(3601)
    expect(await blocks()).toEqual([])
    const later = await ring({ caller_number: NUMBER })
    expect(later.blocked_until).toBe(null)
    await kind(later.id, 'test')
    await server.running.services.db.rows('number_purge', { now: new Date(now) })
    expect(await rows('select 1 from number_block')).toEqual([])
    // A day later only who pranked is remembered, 30 days later nobody.
    const remembered = async (id: string) =>
      (await rows(`select number_hash is not null as yes from call_private where call_id = '${id}'`))[0].yes
    await server.running.services.db.rows('number_purge', { now: new Date(now + 25 * 3_600_000) })
    expect([await remembered(later.id), await remembered(call.id)]).toEqual([false, true])
    await server.running.services.db.rows('number_purge', { now: new Date(now + 31 * 86_400_000) })
    expect(await remembered(call.id)).toBe(false)
  })

  it('that is hidden or no number cannot be blocked, nor for longer than a week', async () => {
    const call = await ring({ number_hidden: true, caller_number: 'anonymous' })
    expect(call).toMatchObject({ number_hidden: true, pranks_30d: null })
    await kind(call.id, 'prank')
    const block = (hours: number) => ask('operator', 'POST', `/api/calls/${call.id}/block`, { hours })
    expect(await block(8)).toMatchObject({ status: 422, body: { errors: [{ field: 'caller_number' }] } })
    for (const hours of [0, 169, 1.5])
      expect(await block(hours)).toMatchObject({ status: 422, body: { errors: [{ field: 'hours' }] } })
  })
})

describe('the figures of calls', () => {
  it('count prank, ghost, blocked, unanswered and hidden ones, which no district and no map shows', async () => {
    wait(86_400)
    const from = new Date(now).toISOString()
    const prank = await ring({ caller_number: '081200001111' })
    wait(12)
    await answer(prank.id)
    await kind(prank.id, 'prank')
    await ask('operator', 'POST', `/api/calls/${prank.id}/block`, { hours: 24 })
    const blocked = await ring({ caller_number: '081200001111' })
    await hear(blocked.id, { ended_at: new Date(now).toISOString() })
    await kind(blocked.id, 'ghost')
    await ring({ number_hidden: true, kind: 'ghost' })
    const missed = await ring({ id: randomUUID() })
    wait(30)
    await hear(missed.id, { ended_at: new Date(now).toISOString() })
    const real = await ring()
    wait(18)
    await answer(real.id)
    const { incident } = (
      await ask<{ incident: Incident }>('operator', 'POST', '/api/incidents', {
        incident_type: 'kebakaran',
        location: POINT,
        call_id: real.id,
      })
    ).body
    wait(1)
    const period = new URLSearchParams({ from, to: new Date(now).toISOString() })
    const figures = (await ask<CallFigures>('planner' as Role, 'GET', `/api/stats/calls?${period}`)).status
    expect(figures).toBe(401)
    const { body } = await ask<CallFigures>('screen', 'GET', `/api/stats/calls?${period}`)
    expect(body).toMatchObject({
      calls: 5,
      real: 1,
      prank: 1,
      ghost: 2,
      unsorted: 1,
      hidden: 1,
      blocked: 1,
      unanswered: 2,
      about_incidents: 1,
      // The blocked one owes nobody an answer; the hidden one has neither answer nor end.
      answer: { n: 3, within_15: { count: 1 }, within_20: { count: 2 } },
    })
    const districts = (await ask<District[]>('screen', 'GET', `/api/stats/districts?${period}`)).body
    expect(districts.reduce((sum, { calls }) => sum + calls, 0)).toBe(1)
    expect(districts.find(({ code }) => code === incident.kelurahan_code)).toMatchObject({ calls: 1, incidents: 1 })
    const shown = JSON.stringify([
      (await snapshotOf('screen')).calls,
      (await ask('screen', 'GET', '/api/incidents')).body,
      (await ask('screen', 'GET', `/api/sla/cells?${period}`)).body,
    ])
    for (const { id } of [prank, blocked, missed]) expect(shown).not.toContain(id)
  })
})

describe('a draft that was kept for more than 12 hours', () => {
  it('is a late entry of a supervisor, whose missing stages raise no alarm; an operator is told who may', async () => {
    const call = await ring({ caller_number: '081234000010' })
    await answer(call.id)
    wait(13 * 3600)
    const body = { incident_type: 'kebakaran', location: POINT, call_id: call.id }
    const refused = await ask('operator', 'POST', '/api/incidents', body)
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'call_id' }] } })
    const taken = await ask<{ incident: Incident }>('supervisor', 'POST', '/api/incidents', body)
    expect(taken).toMatchObject({
      status: 201,
      body: { incident: { late_entry: true, received_at: call.rang_at, dispatched_at: null } },
    })
    const never = {
      incident_type: 'kebakaran',
      location: POINT,
      received_at: new Date(now - 13 * 3_600_000).toISOString(),
    }
    expect((await ask('operator', 'POST', '/api/incidents', never)).body.errors?.[0].field).toBe('received_at')
    expect((await ask('supervisor', 'POST', '/api/incidents', never)).status).toBe(201)
  })
})
