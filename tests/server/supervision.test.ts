import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Handover } from '../../geo/wire/handover.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Agency } from '../../geo/wire/masterdata.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import type { Finding, ReviewMonth } from '../../geo/wire/review.ts'
import type { ShiftPlan, Staff } from '../../geo/wire/shift_plan.ts'
import type { Cancellation, CaseSupervision, HandlerTold, Supervision } from '../../geo/wire/supervision.ts'
import { issueCredential } from '../../server/auth/credentials.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

/** 15.40 WIB, in the last half hour of the morning shift; tests move it on. */
let clock = Date.parse('2026-10-14T15:40:00+07:00')
let server: TestServer
let agency_ids: string[]
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(clock) })
  const { body } = await server.call<Agency[]>('GET', '/api/agencies', { token: await server.token('operator') })
  agency_ids = body.filter(({ code }) => code === 'damkar').map(({ id }) => id)
  // The shift before worked here, too.
  const after = clock
  clock = Date.parse('2026-10-14T07:30:00+07:00')
  await server.call('POST', '/api/calls', { token: await server.token('operator'), body: {} })
  clock = after
})
afterAll(() => server?.stop())

/** Somebody with a session that was just used: at work, as `actor` of the log. */
async function person(role: 'operator' | 'supervisor' | 'kabid' | 'admin') {
  const secret = await issueCredential(
    server.running.services.db,
    { kind: 'session', role, label: 'uji' },
    new Date(clock),
  )
  const call = <T>(method: string, path: string, body?: unknown) =>
    server.call<T>(method, path, {
      body,
      headers: { cookie: `siaga_session=${secret}`, origin: server.url },
    })
  await call('GET', '/api/session')
  const id = await server.running.services.db.one<{ id: string }>('credential_find', {
    secret_hash: createHash('sha256').update(secret).digest('hex'),
    now: new Date(clock),
  })
  return { secret, call, actor: `${role}:${id.id.slice(0, 8)}`, credential_id: id.id }
}
type Person = Awaited<ReturnType<typeof person>>
const leaves = ({ credential_id }: Person) =>
  server.running.services.db.rows('credential_revoke', { id: credential_id, now: new Date(clock) })

let made = 0
async function report(by: Person): Promise<Incident> {
  made++
  const location = { type: 'Point', coordinates: [109.662 + (made % 7) * 0.004, -6.8915 + (made % 5) * 0.003] }
  const { status, body } = await by.call<{ incident: Incident }>('POST', '/api/incidents', {
    incident_type: 'kebakaran',
    location,
    accuracy_m: 5,
  })
  expect(status).toBe(201)
  return body.incident
}
async function sent(by: Person): Promise<Incident> {
  const incident = await report(by)
  const { status } = await by.call<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
    agency_ids,
    override_reason: 'uji',
  })
  expect(status).toBe(201)
  return incident
}
const patch = <T = Incident>(by: Person, { id }: Incident, body: object) =>
  by.call<T>('PATCH', `/api/incidents/${id}`, body)
const look = async (by: Person, { id }: Incident) => (await by.call<Incident>('GET', `/api/incidents/${id}`)).body
const ask = <T = Cancellation>(by: Person, { id }: Incident, words = 'kata-alasan') =>
  by.call<T>('POST', `/api/incidents/${id}/cancellation`, { words })
const answer = <T = Cancellation>(by: Person, id: string, body: object) =>
  by.call<T>('POST', `/api/cancellations/${id}/answer`, body)
const logged = async (pattern: string) => {
  const client = await server.running.services.db.client()
  const { rows } = await client.query('select line from event where kind like $1 order by seq', [pattern])
  await client.end()
  return rows.map(({ line }) => line as string)
}

describe('who answers for a case', () => {
  it('is who recorded it, until another takes it over; the former one hears it, screens hear nothing', async () => {
    const [a, b] = [await person('operator'), await person('operator')]
    const incident = await report(a)
    const about = async () =>
      (await a.call<CaseSupervision>('GET', `/api/incidents/${incident.id}/supervision`)).body.handler?.handler
    expect(await about()).toBe(a.actor)
    const room = await readLive(server.url, { token: a.secret })
    const screen = await readLive(server.url, { token: await server.token('screen') })
    await screen.until((message) => message.type === 'snapshot')
    await room.until((message) => message.type === 'snapshot')
    const take = (by: Person, former: string) =>
      by.call<HandlerTold>('POST', `/api/incidents/${incident.id}/take-over`, { former })
    expect((await take(b, b.actor)).status).toBe(409)
    expect((await take(b, a.actor)).body).toMatchObject({ handler: b.actor, former: a.actor, by: b.actor })
    const told = await room.until((message) => message.type === 'event' && message.kind === 'handler.taken')
    expect(told).toMatchObject({ handler: { incident_id: incident.id, former: a.actor, handler: b.actor } })
    expect(await about()).toBe(b.actor)
    const { seq } = told as { seq: number }
    expect(await screen.until((message) => message.type === 'event' && message.seq === seq)).toEqual({
      type: 'event',
      seq,
    })
    expect(JSON.stringify(screen.messages)).not.toContain(b.actor)
    expect(JSON.stringify(await look(a, incident))).not.toContain(b.actor)
    room.close()
    screen.close()
    await patch(a, incident, { status: 'cancelled' })
    expect((await take(a, b.actor)).status).toBe(409)
  })

  it('is one of two who take over at once', async () => {
    const [a, b, c] = [await person('operator'), await person('operator'), await person('operator')]
    const incident = await report(a)
    const path = `/api/incidents/${incident.id}/take-over`
    const both = await Promise.all([b, c].map((by) => by.call<Problem>('POST', path, { former: a.actor })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.errors?.[0].field).toBe('former')
    await patch(a, incident, { status: 'cancelled' })
  })

  it('is given by a supervisor to somebody who is at work', async () => {
    const [a, b, s] = [await person('operator'), await person('operator'), await person('supervisor')]
    const incident = await report(a)
    const give = <T = HandlerTold>(by: Person, to: string) =>
      by.call<T>('POST', `/api/incidents/${incident.id}/reassign`, { former: a.actor, to })
    expect((await give(b, b.actor)).status).toBe(403)
    expect((await give<Problem>(s, 'operator:nobody')).body.errors?.[0].field).toBe('to')
    const work = (await s.call<Supervision>('GET', '/api/supervision')).body
    expect(work.people.find(({ actor }) => actor === a.actor)).toMatchObject({
      role: 'operator',
      cases: [incident.id],
      last_kind: 'incident.created',
    })
    await leaves(b)
    expect((await give<Problem>(s, b.actor)).status).toBe(422)
    const c = await person('operator')
    expect((await give(s, c.actor)).body).toMatchObject({ handler: c.actor, former: a.actor, by: s.actor })
    expect(await logged('handler.given')).toHaveLength(1)
    await patch(s, incident, { status: 'cancelled' })
    await leaves(s)
  })
})

describe('cancelling a case', () => {
  it('to which nobody was sent is the operator’s own; after that it needs a second word', async () => {
    const [a, s] = [await person('operator'), await person('supervisor')]
    expect((await patch(a, await report(a), { status: 'cancelled' })).status).toBe(200)
    const incident = await sent(a)
    const refused = await patch<Problem>(a, incident, { status: 'cancelled' })
    expect(refused.status).toBe(409)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.body.errors?.[0]).toMatchObject({ field: 'status', reason: expect.stringContaining('persetujuan') })
    expect((await look(a, incident)).status).toBe('dispatched')
    expect((await patch(s, incident, { status: 'cancelled' })).status).toBe(200)
    expect((await ask<Problem>(a, incident)).status).toBe(409)
    expect((await ask<Problem>(a, await report(a))).body.errors?.[0].field).toBe('status')
    await leaves(s)
  })

  it('is approved or refused by a supervisor, once, and the asker hears it; the words stay with who handles the case', async () => {
    const [a, s, other] = [await person('operator'), await person('supervisor'), await person('admin')]
    const incident = await sent(a)
    expect((await ask<Problem>(a, incident, ' ')).body.errors?.[0].field).toBe('words')
    const asked = await ask(a, incident)
    expect(asked.status).toBe(201)
    expect((await ask(a, incident)).status).toBe(409)
    const room = await readLive(server.url, { token: a.secret })
    await room.until((message) => message.type === 'snapshot')
    expect((await answer<Problem>(a, asked.body.id, { status: 'approved' })).status).toBe(403)
    expect((await answer<Problem>(s, asked.body.id, { status: 'refused' })).body.errors?.[0].field).toBe('words')
    const both = await Promise.all([
      answer<Problem>(s, asked.body.id, { status: 'approved', words: 'kata-jawaban' }),
      answer<Problem>(other, asked.body.id, { status: 'refused', words: 'kata-jawaban' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const approved = both[0].status === 200
    const told = await room.until((message) => message.type === 'event' && !!message.cancellation?.answered_by)
    expect(told).toMatchObject({ cancellation: { status: approved ? 'approved' : 'refused', peer: false } })
    room.close()
    const now = await look(a, incident)
    expect(now.status).toBe(approved ? 'cancelled' : 'dispatched')
    expect(now.assignments[0].status).toBe(approved ? 'cancelled' : 'notified')
    const { cancellations } = (await a.call<CaseSupervision>('GET', `/api/incidents/${incident.id}/supervision`)).body
    expect(cancellations).toMatchObject([{ asked: 'kata-alasan', answered: 'kata-jawaban' }])
    const lines = [...(await logged('cancellation.%')), ...(await logged('incident.cancelled'))]
    expect(lines.join()).not.toMatch(/kata-/)
    if (!approved) await patch(s, incident, { status: 'cancelled' })
    await Promise.all([leaves(s), leaves(other)])
  })

  it('is answered by another operator only while no supervisor or admin is at work, and is known as such', async () => {
    const [a, b, s] = [await person('operator'), await person('operator'), await person('supervisor')]
    const incident = await sent(a)
    const { id } = (await ask(a, incident)).body
    expect((await answer(b, id, { status: 'approved' })).status).toBe(403)
    await leaves(s)
    expect((await answer(a, id, { status: 'approved' })).status).toBe(403)
    const about = async (by: Person) =>
      (await by.call<CaseSupervision>('GET', `/api/incidents/${incident.id}/supervision`)).body.may_answer
    expect([await about(a), await about(b)]).toEqual([false, true])
    const done = await answer(b, id, { status: 'approved' })
    expect(done.body).toMatchObject({ status: 'approved', peer: true, answered_by: b.actor })
    expect((await look(a, incident)).status).toBe('cancelled')
  })
})

describe('the shift plan', () => {
  it('is made of people by code; names and records are erasable and never in the log', async () => {
    const [admin, s, a] = [await person('admin'), await person('supervisor'), await person('operator')]
    const records = [{ kind: 'bhd', title: 'kursus-rahasia', obtained_on: '2025-01-10', expires_on: '2027-01-10' }]
    const put = <T = Staff>(by: Person, code: string, body: object) => by.call<T>('PUT', `/api/staff/${code}`, body)
    expect((await put(s, 'agen1', { name: 'Nama Rahasia' })).status).toBe(403)
    expect((await put(admin, 'agen1', { name: 'Nama Rahasia', records })).body).toMatchObject({
      code: 'agen1',
      name: 'Nama Rahasia',
      records,
    })
    await put(admin, 'agen2', {})
    const wrong = await put<Problem>(admin, 'agen2', { records: [{ ...records[0], expires_on: '2024-01-01' }] })
    expect(wrong.body.errors?.[0].field).toContain('expires_on')
    const change = (code: string, on: boolean, day = '2026-10-15') => ({ day, shift: 'malam', code, on })
    const plan = <T = { changed: number }>(by: Person, ...changes: object[]) =>
      by.call<T>('POST', '/api/shift-plan', { changes })
    expect((await plan(a, change('agen1', true))).status).toBe(403)
    expect((await plan<Problem>(s, change('agen1', true), change('agen9', true))).body.errors?.[0].field).toBe('code')
    const read = async () => (await s.call<ShiftPlan>('GET', '/api/shift-plan?month=2026-10')).body
    expect((await read()).duties).toEqual([])
    expect((await plan(s, change('agen1', true), change('agen2', true), change('agen1', true))).body.changed).toBe(2)
    expect((await plan(s, change('agen1', true))).body.changed).toBe(0)
    expect((await read()).duties).toEqual([
      { day: '2026-10-15', shift: 'malam', code: 'agen1' },
      { day: '2026-10-15', shift: 'malam', code: 'agen2' },
    ])
    const csv = await s.call<string>('GET', '/api/shift-plan.csv?month=2026-10')
    expect(csv.body).toContain('2026-10-15,malam,2026-10-15 23:00:00,2026-10-16 08:00:00,agen1,Nama Rahasia')
    const rules = { required: { pagi: 2, sore: 2, malam: 1 }, week_hours: 40, rest_hours: 9 }
    expect((await s.call('PUT', '/api/shift-rules', rules)).status).toBe(200)
    expect((await read()).rules).toEqual(rules)
    const erased = await admin.call<Staff>('DELETE', '/api/staff/agen1')
    expect(erased.body).toMatchObject({ code: 'agen1', name: null, records: [], erased: true, active: false })
    expect((await plan(s, change('agen1', true, '2026-10-20'))).status).toBe(422)
    expect((await plan(s, change('agen1', false))).body.changed).toBe(1)
    expect([...(await logged('staff.%')), ...(await logged('shift.%'))].join()).not.toMatch(/Rahasia|rahasia/)
    await Promise.all([leaves(s), leaves(admin)])
  })
})

describe('the hand-over note', () => {
  it('takes the open cases by itself, is changed until another takes it over, and keeps its words from the log', async () => {
    const [a, b] = [await person('operator'), await person('operator')]
    const incident = await sent(a)
    const due = async () => (await b.call<Supervision>('GET', '/api/supervision')).body.handover
    expect(await due()).toMatchObject({ what: 'write', shift: 'malam', day: '2026-10-13' })
    const write = <T = Handover>(by: Person, revision: number, day = '2026-10-14', words = 'kata-serah') =>
      by.call<T>('PUT', '/api/handovers', { day, shift: 'pagi', words, equipment: 'kata-alat', revision })
    expect((await write<Problem>(a, 0, '2026-10-15')).body.errors?.[0].field).toBe('shift')
    const first = await write(a, 0)
    expect(first.body.cases).toContainEqual(
      expect.objectContaining({ number: incident.number, handler: a.actor, opd: expect.anything() }),
    )
    expect((await write(b, 0)).status).toBe(409)
    expect((await write(a, 1)).body.revision).toBe(2)
    const take = (by: Person, revision: number) =>
      by.call('POST', `/api/handovers/${first.body.id}/acknowledge`, { revision })
    clock += 30 * 60_000
    const [later, late] = [await person('operator'), await person('operator')]
    expect(await due()).toMatchObject({ what: 'acknowledge', shift: 'pagi', written_by: a.actor })
    expect((await take(a, 2)).status).toBe(409)
    expect((await take(later, 1)).status).toBe(409)
    const both = await Promise.all([take(later, 2), take(late, 2)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await due()).toBeNull()
    expect((await write(a, 2)).status).toBe(409)
    const found = (await b.call<Handover[]>('GET', '/api/handovers?from=2026-10-14&to=2026-10-14')).body
    expect(found).toMatchObject([{ words: 'kata-serah', equipment: 'kata-alat', written_by: a.actor }])
    expect((await b.call<Handover[]>('GET', '/api/handovers?from=2026-10-15&to=2026-10-20')).body).toEqual([])
    expect((await logged('handover.%')).join()).not.toMatch(/kata-/)
    expect(await logged('handover.%')).toHaveLength(3)
  })
})

describe('internal supervision', () => {
  it('draws by rule at once, by lot when the month is over, so that anybody can draw it again', async () => {
    const [k, s, a] = [await person('kabid'), await person('supervisor'), await person('operator')]
    const draw = <T = ReviewMonth>(by: Person) => by.call<T>('POST', '/api/reviews/draw', { month: '2026-10' })
    expect((await draw(s)).status).toBe(403)
    expect((await k.call('PUT', '/api/review-share', { share: 0.4 })).status).toBe(200)
    const early = (await draw(k)).body
    expect(early.lot).toBeNull()
    const reasons = new Set(early.reviews.flatMap((each) => each.reasons))
    expect(reasons).toContain('cancelled_sent')
    expect(reasons).toContain('peer_cancelled')
    expect(reasons).not.toContain('lot')
    const lines = (await logged('review.drawn')).length
    await draw(k)
    expect(await logged('review.drawn')).toHaveLength(lines)

    clock = Date.parse('2026-11-02T09:00:00+07:00')
    const [kabid, watcher] = [await person('kabid'), await person('supervisor')]
    const { lot, reviews, figures } = (await draw(kabid)).body
    const client = await server.running.services.db.client()
    const all = await client.query<{ number: string }>(
      `select number from incident where status in ('closed', 'cancelled', 'handed_over')`,
    )
    const seed = await client.query<{ hash: string }>(
      `select hash from event where recorded_at < '2026-11-01T00:00:00+07:00' order by seq desc limit 1`,
    )
    await client.end()
    expect(lot).toMatchObject({ seed: seed.rows[0].hash, share: 0.4, pool: all.rows.length })
    const order = (number: string) =>
      createHash('sha256')
        .update(seed.rows[0].hash + number)
        .digest('hex')
    const expected = all.rows
      .map(({ number }) => number)
      .sort((x, y) => (order(x) < order(y) ? -1 : 1))
      .slice(0, Math.ceil(0.4 * all.rows.length))
    const drawn = reviews.filter((each) => each.reasons.includes('lot')).map(({ incident }) => incident.number)
    expect(drawn.sort()).toEqual(expected.sort())
    expect(figures).toMatchObject({ cases: reviews.length, over: all.rows.length, done: 0 })
    // A lot that was drawn stays drawn, whatever the share is afterwards.
    await kabid.call('PUT', '/api/review-share', { share: 1 })
    expect((await draw(kabid)).body.reviews).toHaveLength(reviews.length)

    const path = `/api/reviews/${reviews[0].id}/findings`
    const said = { category: 'time', severity: 'minor', words: 'kata-temuan', follow_up: 'kata-lanjut' }
    expect((await watcher.call('POST', path, said)).status).toBe(403)
    const made = await kabid.call<Finding>('POST', path, { ...said, due_on: '2026-11-01' })
    expect(made.status).toBe(201)
    const read = async (by: Person) => (await by.call<ReviewMonth>('GET', '/api/reviews?month=2026-10')).body
    expect((await read(watcher)).figures).toMatchObject({
      findings: 1,
      waiting: 1,
      overdue: 1,
      by_category: { time: 1 },
    })
    const change = (revision: number) =>
      kabid.call<Finding>('PATCH', `/api/findings/${made.body.id}`, { done: true, revision })
    const both = await Promise.all([change(1), change(1)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await kabid.call('PATCH', `/api/reviews/${reviews[0].id}`, { status: 'done' })).status).toBe(200)
    const after = await read(kabid)
    expect(after.figures).toMatchObject({ waiting: 0, done: 1 })
    expect(after.reviews.find(({ id }) => id === reviews[0].id)?.findings).toMatchObject([{ words: 'kata-temuan' }])
    expect((await logged('review.%')).join()).not.toMatch(/kata-/)
    // Nothing of callers comes to the Kabid, by no way.
    const { body } = await kabid.call<Record<string, unknown>>('GET', `/api/incidents/${reviews[0].incident.id}`)
    expect(Object.keys(body)).not.toContain('caller_name')
    expect((await kabid.call('GET', `/api/incidents/${reviews[0].incident.id}/supervision`)).status).toBe(403)
    void a
  })
})
