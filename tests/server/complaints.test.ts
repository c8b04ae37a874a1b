import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintClock } from '../../geo/sla/complaint_clock.ts'
import { endOfWorkingDays, holidaysOf } from '../../geo/sla/working_days.ts'
import {
  complaintDetail,
  complaintFigures,
  complaintRow,
  complaintRules,
  type ComplaintDetail,
  type ComplaintRow,
  type ComplaintRules,
} from '../../geo/wire/complaints.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { passComplaintTerms } from '../../server/jobs/complaint_terms.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const NAME = 'Siti Rahayu'
const CONTACT = '0812-3456-7890'
const WORDS = 'petugas-datang-sangat-lambat'
/** A Thursday. */
let clock = Date.parse('2026-11-26T10:00:00+07:00')
const go = (wib: string) => void (clock = Date.parse(`${wib}+07:00`))

let server: TestServer
let officer: string
let other: string
let official: string
let admin: string
let operator: string
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(clock) })
  ;[officer, other, official, admin, operator] = await Promise.all([
    server.token('complaints_officer'),
    server.token('complaints_officer'),
    server.token('kominfo_official'),
    server.token('admin'),
    server.token('operator'),
  ])
})
afterAll(() => server?.stop())

const input = (more: object = {}) => ({
  id: crypto.randomUUID(),
  channel: 'phone',
  category: 'slow_arrival',
  words: WORDS,
  name: NAME,
  contact: CONTACT,
  ...more,
})
const register = async (more: object = {}, token = operator) => {
  const { status, body } = await server.call<ComplaintRow>('POST', '/api/complaints', { token, body: input(more) })
  expect(status, JSON.stringify(body)).toBe(201)
  return complaintRow.parse(body)
}
const look = async ({ id }: { id: string }, token = officer) =>
  complaintDetail.parse((await server.call<ComplaintDetail>('GET', `/api/complaints/${id}`, { token })).body)
const step = async (to: { id: string }, what: string, token = officer, words?: string, revision?: number) =>
  server.call<ComplaintRow & Pick<Problem, 'errors'>>('POST', `/api/complaints/${to.id}/steps`, {
    token,
    body: { step: what, words, revision: revision ?? (await look(to)).revision },
  })
const done = async (...args: Parameters<typeof step>) => {
  const { status, body } = await step(...args)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
async function sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = await server.running.services.db.client()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows as T[]
}
const lines = async (kind: string) =>
  (await sql<{ line: string }>('select line from event where kind like $1', [kind])).map(({ line }) => line)
const wib = (text: string | null) =>
  text === null ? null : new Date(Date.parse(text) + 7 * 3_600_000).toISOString().slice(0, 16)

describe('a complaint', () => {
  it('is registered with a number of its WIB day, once for one id, and owed by the end of the fifth working day', async () => {
    go('2026-11-26T23:59:00')
    const body = input({ incident_number: null })
    const posts = await Promise.all(
      [1, 2, 3].map(() => server.call<ComplaintRow>('POST', '/api/complaints', { token: operator, body })),
    )
    expect(posts.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(posts.map((each) => each.body.number)).size).toBe(1)
    expect(posts[0].body).toMatchObject({
      number: 'PGD-20261126-0001',
      status: 'received',
      created_by: expect.stringMatching(/^operator:/) as string,
    })
    expect(wib(posts[0].body.officer_due_at)).toBe('2026-12-04T00:00')
    go('2026-11-27T00:00:00')
    const many = await Promise.all(Array.from({ length: 5 }, () => register()))
    expect(many.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5].map((n) => `PGD-20261127-000${n}`))
    expect(wib(many[0].officer_due_at)).toBe('2026-12-05T00:00')
    expect((await lines('complaint.registered')).length).toBe(6)
  })

  it('is taken, answered, reopened within its term, answered again and closed', async () => {
    go('2026-12-01T09:00:00')
    const made = await register()
    expect((await done(made, 'take')).status).toBe('being_handled')
    expect((await step(made, 'take')).status).toBe(409)
    expect((await step(made, 'answer')).body.errors).toEqual([{ field: 'words', reason: 'wajib diisi' }])
    await done(made, 'note', officer, 'sudah dihubungi, belum diangkat')
    go('2026-12-02T09:00:00')
    const answered = await done(made, 'answer', officer, 'kami mohon maaf')
    expect(answered).toMatchObject({ status: 'answered', open: false, first_answer_late: false })
    // ten working days after Wednesday 2 December
    expect(wib(answered.reopen_until)).toBe('2026-12-17T00:00')
    go('2026-12-17T00:00:00')
    const reopened = await done(made, 'reopen', officer, 'belum puas')
    expect(reopened).toMatchObject({ status: 'received', reopened: 1, answered_at: null, first_answer_late: false })
    expect(wib(reopened.officer_due_at)).toBe('2026-12-25T00:00')
    await done(made, 'answer', officer, 'sudah ditinjau ulang')
    expect(await done(made, 'close')).toMatchObject({ status: 'closed' })
    const { notes } = await look(made)
    expect(notes.map(({ kind }) => kind)).toEqual(['register', 'take', 'note', 'answer', 'reopen', 'answer', 'close'])
  })

  it('cannot be reopened after its term, and closes by itself then', async () => {
    go('2027-01-04T09:00:00')
    const made = await register()
    const { reopen_until } = await done(made, 'answer', officer, 'jawaban')
    clock = Date.parse(reopen_until ?? '')
    await passComplaintTerms(server.running.services)
    expect((await look(made)).status).toBe('answered')
    clock += 1
    expect((await step(made, 'reopen', officer, 'lagi')).status).toBe(409)
    await passComplaintTerms(server.running.services)
    expect(await look(made)).toMatchObject({ status: 'closed', closed_at: expect.any(String) as string })
  })

  it('goes up with a reason; then only the Kominfo official answers, and takes over what he says why', async () => {
    go('2027-02-01T09:00:00')
    const made = await register()
    expect((await step(made, 'answer', official, 'jawab')).status).toBe(403)
    expect((await step(made, 'take', official)).status).toBe(403)
    expect((await step(made, 'escalate')).status).toBe(422)
    const up = await done(made, 'escalate', officer, 'menyangkut OPD lain')
    expect(up).toMatchObject({ status: 'escalated', escalation: 'words' })
    expect(wib(up.official_due_at)).toBe('2027-02-20T00:00')
    expect((await step(made, 'answer', officer, 'jawab')).status).toBe(403)
    expect(await done(made, 'answer', official, 'sudah diselesaikan')).toMatchObject({
      status: 'answered',
      first_answer_late: false,
    })
    const again = await done(made, 'reopen', officer, 'pelapor belum terima')
    expect(again).toMatchObject({ status: 'escalated', escalation: 'reopened' })
    const taken = await register()
    expect(await done(taken, 'escalate', official, 'saya ambil alih')).toMatchObject({ status: 'escalated' })
  })

  it('holds up no other when its term cannot be passed', async () => {
    go('2027-02-22T09:00:00')
    const [bad, good] = [await register(), await register()]
    clock = Date.parse(good.officer_due_at) + 1
    const { services } = server.running
    const value = <T>(name: string, params: Record<string, unknown> = {}): Promise<T> =>
      params.id === bad.id ? Promise.reject(new Error('broken')) : services.db.value<T>(name, params)
    await expect(passComplaintTerms({ ...services, db: { ...services.db, value } })).rejects.toThrow('1 complaints')
    expect((await look(good)).status).toBe('escalated')
    await passComplaintTerms(services)
    expect((await look(bad)).status).toBe('escalated')
  })

  it('goes up by itself once the officer’s deadline is over, not at it, and once', async () => {
    go('2027-03-01T09:00:00')
    const made = await register()
    clock = Date.parse(made.officer_due_at)
    await passComplaintTerms(server.running.services)
    expect((await look(made)).status).toBe('received')
    clock += 1
    const { length } = await lines('complaint.escalated')
    await Promise.all([passComplaintTerms(server.running.services), passComplaintTerms(server.running.services)])
    const mine = (await lines('complaint.escalated')).slice(length).filter((line) => line.includes(made.number))
    expect(mine.length).toBe(1)
    expect(await look(made)).toMatchObject({ status: 'escalated', escalation: 'deadline' })
    expect(await done(made, 'answer', official, 'jawaban')).toMatchObject({ first_answer_late: true })
  })

  it('is answered by one of two who answer at once; the other is told', async () => {
    go('2027-04-01T09:00:00')
    const made = await register()
    const answers = await Promise.all(
      [officer, other, officer, other].map((token, i) => step(made, 'answer', token, `jawaban ${i}`, made.revision)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body.errors?.[0].field).toBe('revision')
    expect((await look(made)).notes.filter(({ kind }) => kind === 'answer').length).toBe(1)
  })

  it('races with its deadline: it is answered, or it went up, never both halves', async () => {
    go('2027-04-05T09:00:00')
    const made = await Promise.all(Array.from({ length: 6 }, () => register()))
    clock = Date.parse(made[0].officer_due_at) + 1
    const [answers] = await Promise.all([
      Promise.all(made.map((each) => step(each, 'answer', officer, 'jawaban', each.revision))),
      passComplaintTerms(server.running.services),
    ])
    for (const [i, each] of made.entries()) {
      const now = await look(each)
      expect(now.status).toBe(answers[i].status === 200 ? 'answered' : 'escalated')
      expect(now.escalated_at === null).toBe(answers[i].status === 200)
    }
  })
})

describe('deadlines', () => {
  const rules = async () =>
    complaintRules.parse((await server.call<ComplaintRules>('GET', '/api/complaints/rules', { token: officer })).body)
  it('are those of geo/sla for any moment, over weekends, midnights and holidays', async () => {
    const holidays = holidaysOf((await rules()).holidays)
    const random = seededRandom(16)
    const asked = Array.from({ length: 300 }, () => ({
      at: Date.parse('2026-01-01T00:00:00+07:00') + Math.floor(random() * 700 * 86_400) * 1000,
      days: 1 + Math.floor(random() * 60),
    }))
    const told = await sql<{ due: Date }>(
      'select working_day_end(to_timestamp(a / 1000.0), d::integer) as due from unnest($1::bigint[], $2::bigint[]) with ordinality u(a, d, n) order by n',
      [asked.map(({ at }) => at), asked.map(({ days }) => days)],
    )
    expect(told.map(({ due }) => due.getTime())).toEqual(
      asked.map(({ at, days }) => endOfWorkingDays(at, days, holidays)),
    )
  })

  it('move with the rules while they run; a second admin who saves meanwhile is told', async () => {
    go('2027-05-03T09:00:00')
    const made = await register()
    const before = await rules()
    expect(wib(made.officer_due_at)).toBe('2027-05-11T00:00')
    const put = (more: object) =>
      server.call<ComplaintRules & Pick<Problem, 'errors'>>('PUT', '/api/complaints/rules', {
        token: admin,
        body: { ...before, ...more },
      })
    const holidays = [...before.holidays, { day: '2027-05-06', name: 'Kenaikan Isa Almasih' }]
    expect((await put({ holidays: [...holidays, holidays[0]] })).body.errors?.[0].field).toBe('holidays')
    expect((await put({ officer_days: 0 })).body.errors?.[0].field).toBe('officer_days')
    expect((await put({ holidays })).status).toBe(200)
    expect((await put({ officer_days: 3 })).body.errors?.[0].field).toBe('revision')
    expect(wib((await look(made)).officer_due_at)).toBe('2027-05-12T00:00')
    const now = await look(made)
    expect(complaintClock(now, clock, holidaysOf((await rules()).holidays))).toMatchObject({
      stage: 'officer',
      state: 'running',
    })
  })
})

describe('what a complainant said', () => {
  it('is masked in lists, seen by opening, and each look is recorded', async () => {
    go('2027-06-01T09:00:00')
    const made = await register()
    const { body } = await server.call<ComplaintRow[]>('GET', '/api/complaints', { token: officer })
    const text = JSON.stringify(body)
    for (const secret of [NAME, CONTACT, WORDS, 'Rahayu', '3456-7890']) expect(text).not.toContain(secret)
    expect(body.find(({ id }) => id === made.id)).toMatchObject({ name_masked: 'S••• R•••', has_contact: true })
    const looks = () => sql<{ actor: string }>('select actor from private_view where complaint_id = $1', [made.id])
    expect(await looks()).toEqual([])
    expect(await look(made)).toMatchObject({ name: NAME, contact: CONTACT, notes: [{ kind: 'register', body: WORDS }] })
    const seen = await looks()
    expect(seen.length).toBe(1)
    expect(seen[0].actor).toMatch(/^complaints_officer:/)
  })

  it('is in no line of the log, no list, no figure and no CSV, and goes with its salt', async () => {
    const made = await register()
    await done(made, 'answer', officer, `${WORDS} kepada ${NAME}`)
    const csv = (await server.call<string>('GET', '/api/complaints.csv?month=2027-06', { token: official })).body
    expect(csv).toContain(made.number)
    const log = (await lines('complaint.%')).join('\n')
    expect(log).toContain(made.number)
    const figures = JSON.stringify(
      (await server.call('GET', '/api/complaints/figures?month=2027-06', { token: official })).body,
    )
    for (const secret of [NAME, CONTACT, WORDS, 'Rahayu', '3456-7890'])
      for (const text of [csv, log, figures]) expect(text).not.toContain(secret)
    const open = await register()
    const erase = (id: string) => server.call<ComplaintRow>('DELETE', `/api/complaints/${id}/private`, { token: admin })
    expect((await erase(open.id)).status).toBe(409)
    expect((await erase(made.id)).body).toMatchObject({ erased: true, name_masked: null, has_contact: false })
    expect(await look(made, admin)).toMatchObject({
      name: null,
      contact: null,
      notes: [{ body: null }, { body: null }],
    })
    const left = await sql<{ row: string }>(
      'select to_jsonb(p)::text as row from complaint_private p where complaint_id = $1 union all select to_jsonb(n)::text from complaint_note n where complaint_id = $1',
      [made.id],
    )
    expect(left.every(({ row }) => /"salt": null/.test(row) && !row.includes(WORDS))).toBe(true)
  })

  it('may name a case; of it only type, state and times are told', async () => {
    const { body } = await server.call<{ incident: { number: string } }>('POST', '/api/incidents', {
      token: operator,
      body: {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.662, -6.89154] },
        caller_name: 'Rahasia',
      },
    })
    const made = await register({ incident_number: body.incident.number })
    const seen = await look(made)
    expect(Object.keys(seen.incident ?? {}).sort()).toEqual([
      'dispatched_at',
      'incident_type',
      'number',
      'on_scene_at',
      'received_at',
      'resolved_at',
      'status',
      'type_name',
    ])
    expect(JSON.stringify(seen)).not.toContain('Rahasia')
    const refused = await server.call<Problem>('POST', '/api/complaints', {
      token: operator,
      body: input({ incident_number: '112-20200101-0001' }),
    })
    expect(refused.body.errors).toEqual([{ field: 'incident_number', reason: 'nomor kejadian tidak ditemukan' }])
  })
})

describe('the figures of a month', () => {
  it('count what was received in it, with the share answered in time and its interval', async () => {
    go('2027-07-01T08:00:00')
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) => register({ channel: i < 3 ? 'instagram' : '112' })),
    )
    go('2027-07-02T08:00:00')
    for (const each of made.slice(0, 6)) await done(each, 'answer', officer, 'jawaban')
    go('2027-07-31T23:59:59')
    await passComplaintTerms(server.running.services)
    const { body } = await server.call('GET', '/api/complaints/figures?month=2027-07', { token: official })
    const figures = complaintFigures.parse(body)
    expect(figures).toMatchObject({
      n: 8,
      in_time: { k: 6, n: 8, running: 0, few: false },
      escalated: { deadline: 2 },
      median_days: 1,
    })
    expect(figures.in_time.low).toBeCloseTo(0.4093, 3)
    expect(figures.by_channel).toEqual([
      { code: '112', n: 5 },
      { code: 'instagram', n: 3 },
      { code: 'phone', n: 0 },
      { code: 'in_person', n: 0 },
    ])
    expect((await server.call('GET', '/api/complaints/figures?month=2027-13', { token: official })).status).toBe(422)
  })
})
