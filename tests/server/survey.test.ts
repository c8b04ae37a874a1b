import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../geo/wire/problem.ts'
import { skm, surveyLink, type Skm, type SurveyComment } from '../../geo/wire/survey.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let clock = Date.parse('2026-11-26T10:00:00+07:00')
const DAY = 86_400_000

let server: TestServer
let operator: string
let officer: string
let admin: string
beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(clock) })
  ;[operator, officer, admin] = await Promise.all([
    server.token('operator'),
    server.token('complaints_officer'),
    server.token('admin'),
  ])
})
afterAll(() => server?.stop())

async function sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = await server.running.services.db.client()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows as T[]
}
/** A case that is over, in one day's work. */
async function over(): Promise<string> {
  const { body } = await server.call<{ incident: { id: string; number: string } }>('POST', '/api/incidents', {
    token: operator,
    body: {
      incident_type: 'kebakaran',
      location: { type: 'Point', coordinates: [109.662, -6.89154] },
      caller_number: '081234567890',
    },
  })
  await server.call('PATCH', `/api/incidents/${body.incident.id}`, {
    token: operator,
    body: { status: 'handed_over', handed_over_to: '112 Kab. Batang' },
  })
  return body.incident.number
}
const invite = (body: object, token = operator) =>
  server.call<{ path: string; expires_at: string } & Problem>('POST', '/api/surveys', { token, body })
const linkOf = async (number?: string) => {
  const { status, body } = await invite({ incident_number: number ?? (await over()) })
  expect(status, JSON.stringify(body)).toBe(201)
  return surveyLink.parse(body).path.split('#')[1]
}
const answer = (token: string, scores: number[] = Array<number>(9).fill(4), words?: string) =>
  server.call<Problem>('POST', '/api/survey', { body: { token, scores, words } })
const look = (token: string) => server.call('POST', '/api/survey/look', { body: { token } })
const index = async (query = '') =>
  skm.parse((await server.call<Skm>('GET', `/api/skm${query}`, { token: officer })).body)

describe('a link to the survey', () => {
  it('is for a case or call that is over, in the fragment, hashed at rest and good for 30 days', async () => {
    const { body } = await server.call<{ incident: { number: string } }>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: { type: 'Point', coordinates: [109.67, -6.89] } },
    })
    expect((await invite({ incident_number: body.incident.number })).status).toBe(409)
    expect((await invite({ incident_number: '112-20200101-0001' })).body.errors?.[0].field).toBe('incident_number')
    expect((await invite({})).status).toBe(422)
    const { id } = (
      await server.call<{ id: string }>('POST', '/api/calls', { token: operator, body: { kind: 'information' } })
    ).body
    expect((await invite({ call_id: id })).status).toBe(409)
    await server.call('PATCH', `/api/calls/${id}`, {
      token: operator,
      body: { ended_at: new Date(clock).toISOString() },
    })
    const made = await invite({ call_id: id })
    expect(made.status).toBe(201)
    expect(made.body.path).toMatch(/^\/survey#[\w-]{22}$/)
    expect(made.body.expires_at).toBe('2026-12-26T17:00:00.000Z')
    const token = made.body.path.split('#')[1]
    expect(JSON.stringify(await sql('select * from survey_link'))).not.toContain(token)
    expect(JSON.stringify(await sql('select line from event'))).not.toContain(token)
    expect((await look(token)).status).toBe(200)
    clock += 31 * DAY
    expect((await look(token)).status).toBe(404)
    expect((await answer(token)).status).toBe(404)
    clock -= 31 * DAY
  })

  it('is used once, however many use it at once, and not by looking', async () => {
    const token = await linkOf()
    expect((await look(token)).status).toBe(200)
    expect((await answer(token, [1, 2, 3])).body.errors?.[0].field).toBe('scores')
    expect((await answer(token, Array<number>(9).fill(5))).status).toBe(422)
    const before = (await sql<{ n: number }>('select count(*)::integer as n from survey_answer'))[0].n
    const answers = await Promise.all(Array.from({ length: 5 }, () => answer(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404])
    expect((await sql<{ n: number }>('select count(*)::integer as n from survey_answer'))[0].n).toBe(before + 1)
  })

  it('takes the place of the unused one before it; of a case that was answered there is no other', async () => {
    const number = await over()
    const [first, second] = [await linkOf(number), await linkOf(number)]
    expect((await look(first)).status).toBe(404)
    expect((await answer(second)).status).toBe(204)
    const again = await invite({ incident_number: number })
    expect(again.status).toBe(409)
    expect(again.body.errors?.[0].field).toBe('incident_number')
  })

  it('leaves nothing that leads from the case to the answer', async () => {
    const number = await over()
    const token = await linkOf(number)
    expect((await answer(token, [1, 1, 2, 2, 3, 3, 4, 4, 1], 'terima kasih dari Pak Budi')).status).toBe(204)
    const [incident] = await sql<{ id: string }>('select id from incident where number = $1', [number])
    const rows = await sql<Record<string, unknown>>('select * from survey_answer')
    expect(Object.keys(rows[0]).sort()).toEqual(['id', 'month', 'scores', 'simulated'])
    const [invitation] = await sql<{ id: string }>('select id from survey_invitation where incident_id = $1', [
      incident.id,
    ])
    expect(await sql('select 1 from survey_link where invitation_id = $1', [invitation.id])).toEqual([])
    const log = (await sql<{ line: string }>("select line from event where kind = 'survey.answered'"))
      .map(({ line }) => line)
      .join('\n')
    for (const secret of [incident.id, invitation.id, 'Budi', number]) expect(log).not.toContain(secret)
  })

  it('that is guessed at slows the guesser down', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 8; i++) statuses.push((await look(`salah-${i}`)).status)
    expect(statuses.slice(0, 2)).toEqual([404, 404])
    expect(statuses.at(-1)).toBe(429)
    clock += 3_600_000
  })
})

describe('the index', () => {
  it('tells nothing of few, no grade of some, and the grade from thirty on, by the month of the case', async () => {
    clock = Date.parse('2027-03-10T10:00:00+07:00')
    const month = '?from=2027-03-01&to=2027-04-01'
    const give = async (n: number, score: number) => {
      for (let i = 0; i < n; i++) expect((await answer(await linkOf(), Array<number>(9).fill(score))).status).toBe(204)
    }
    expect(await index(month)).toMatchObject({ n: 0, state: 'none', from: '2027-03', to: '2027-04' })
    await give(4, 4)
    expect(await index(month)).toMatchObject({ n: 4, state: 'hidden', index: null, cases: 4, sample_needed: 4 })
    await give(2, 1)
    expect(await index(month)).toMatchObject({ n: 6, state: 'no_grade', index: 75, grade: null })
    await give(24, 3)
    expect(await index(month)).toMatchObject({ n: 30, state: 'graded', index: 75, grade: 'C' })
    expect((await index(month)).elements[0].counts).toEqual([2, 0, 24, 4])
    expect((await index('?from=2027-04-01&to=2027-05-01')).n).toBe(0)
    const csv = (await server.call<string>('GET', `/api/skm.csv${month}`, { token: officer })).body
    expect(csv).toContain('2027-03,2027-04,SKM,30,3.00,75.00,C')
    for (const bad of ['?from=2027-03-02', '?from=2027-04-01&to=2027-03-01'])
      expect((await server.call('GET', `/api/skm${bad}`, { token: officer })).status).toBe(422)
  })

  it('has words apart from scores; each look is recorded, and they can be erased', async () => {
    const words = 'petugas ramah, terima kasih Bu Ani'
    expect((await answer(await linkOf(), undefined, words)).status).toBe(204)
    const read = async () => (await server.call<SurveyComment[]>('GET', '/api/skm/comments', { token: officer })).body
    const found = (await read()).find(({ body }) => body === words)
    expect(found).toBeDefined()
    expect((await sql('select 1 from private_view where survey_comment_id = $1', [found?.id])).length).toBe(1)
    expect((await server.call('DELETE', `/api/skm/comments/${found?.id}`, { token: admin })).status).toBe(204)
    expect((await read()).some(({ body }) => body === words)).toBe(false)
    expect((await server.call('DELETE', `/api/skm/comments/${found?.id}`, { token: admin })).status).toBe(404)
    expect(JSON.stringify(await sql('select * from survey_comment'))).not.toContain('Bu Ani')
  })
})
