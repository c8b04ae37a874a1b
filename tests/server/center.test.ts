import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FinalReport } from '../../geo/wire/final_report.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Agency, Unit } from '../../geo/wire/masterdata.ts'
import type { OutboxMessage, OutboxState } from '../../geo/wire/outbox.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { startServer, type Running } from '../../server/main.ts'
import { seededRandom } from '../helpers/random.ts'
import { startReceiver, type Receiver } from '../helpers/receiver.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const SECRET = Buffer.alloc(32, 112)
/** What must never be read but by those who handle the case, or in a body that is sent. */
const WORDS = ['ringkasan-rahasia', 'sebab-rahasia', 'hasil-rahasia', 'kepada-penelepon', 'catatan-rahasia']
const REPORT = {
  dead: 0,
  injured: 2,
  evacuated: 11,
  summary: WORDS[0],
  cause: WORDS[1],
  outcome: WORDS[2],
  told: WORDS[3],
  notes: WORDS[4],
  revision: 0,
}

let receiver: Receiver
let server: TestServer
let operator: string
let supervisor: string
let admin: string
let agencies: Agency[]
beforeAll(async () => {
  receiver = await startReceiver(SECRET)
  server = await startTestServer(
    {
      KOMINFO_URL: receiver.url,
      KOMINFO_SECRET: `whsec_${SECRET.toString('base64')}`,
      KOMINFO_TRIES: '3',
      KOMINFO_TIMEOUT: '2',
    },
    {
      pace: { message: { first_ms: 40, most_ms: 200 }, endpoint: { first_ms: 100, most_ms: 300 }, poll_ms: 50 },
    },
  )
  operator = await server.token('operator')
  supervisor = await server.token('supervisor')
  admin = await server.token('admin')
  agencies = (await server.call<Agency[]>('GET', '/api/agencies', { token: operator })).body
})
afterAll(async () => {
  await server?.stop()
  await receiver?.stop()
})
beforeEach(() => void (receiver.manner = { status: 204 }))

let made = 0
/** A case of its own; places lie apart, so that no two are one event. */
async function report(): Promise<Incident> {
  made++
  const { status, body } = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
    token: operator,
    body: {
      incident_type: 'kebakaran',
      location: { type: 'Point', coordinates: [109.662 + (made % 7) * 0.004, -6.8915 + (made % 5) * 0.003] },
      accuracy_m: 5,
      caller_name: 'Bu Penelepon',
      caller_number: '0811223344',
    },
  })
  expect(status).toBe(201)
  return body.incident
}
const idOf = (code: string) => agencies.find((each) => each.code === code)?.id ?? ''
/** With word to an OPD that has no tracked units: no unit is bound. */
async function dispatched(): Promise<Incident> {
  const incident = await report()
  const { status } = await server.call('POST', `/api/incidents/${incident.id}/assignments`, {
    token: supervisor,
    body: { agency_ids: [idOf('psc119')] },
  })
  expect(status).toBe(201)
  return incident
}
const patch = (to: Incident, body: object) =>
  server.call<Incident>('PATCH', `/api/incidents/${to.id}`, { token: operator, body })
const write = <T = FinalReport>(to: Incident, body: object = REPORT, token = operator) =>
  server.call<T>('PUT', `/api/incidents/${to.id}/final-report`, { token, body })
const look = async (to: Incident) =>
  (await server.call<Incident>('GET', `/api/incidents/${to.id}`, { token: operator })).body
const messages = async (of: Incident) =>
  (await server.call<OutboxMessage[]>('GET', '/api/outbox?limit=1000', { token: admin })).body.filter(
    ({ incident_id }) => incident_id === of.id,
  )
const state = async () => (await server.call<OutboxState>('GET', '/api/outbox/state', { token: admin })).body
const about =
  (incident: Incident, reason?: string) =>
  ({ message }: Receiver['accepted'][number]) =>
    message.case.id === incident.id && (reason === undefined || message.message.reason === reason)
async function until(wanted: () => Promise<boolean>, what: string, within_ms = 10_000): Promise<void> {
  for (const end = Date.now() + within_ms; Date.now() < end;) {
    if (await wanted()) return
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error(what)
}
async function sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = await server.running.services.db.client()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows as T[]
}

describe('the operator’s final report', () => {
  it('closes the case, frees its units, and is read by those who handle it; the log has counts and a digest', async () => {
    const incident = await report()
    const [unit] = (await server.call<Unit[]>('GET', '/api/units', { token: operator })).body.filter(
      (each) => each.agency_code === 'damkar' && each.incident_id === null && each.duty === 'on',
    )
    const [a] = (
      await server.call<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
        token: supervisor,
        body: { unit_ids: [unit.id], override_reason: 'permintaan_opd' },
      })
    ).body
    await server.call('POST', `/api/assignments/${a.id}/status`, { token: supervisor, body: { status: 'on_scene' } })
    const reader = await readLive(server.url, { token: operator })
    await reader.until((message) => message.type === 'snapshot')
    const answer = await write(incident)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ revision: 1, injured: 2, written_by: expect.stringMatching(/^operator:/) })
    expect(answer.body).not.toHaveProperty('salt')
    const closed = await reader.until(
      (message) =>
        message.type === 'event' && message.kind === 'incident.closed' && message.incident?.id === incident.id,
    )
    expect(closed).toMatchObject({ units: [{ id: unit.id, incident_id: null }], incident: { status: 'closed' } })
    await reader.until((message) => message.type === 'event' && message.kind === 'incident.final_report')
    reader.close()
    expect(await look(incident)).toMatchObject({ status: 'closed', assignments: [{ status: 'done' }] })
    const [line] = await sql<{ line: string }>(
      `select line from event where incident_id = $1 and kind = 'incident.final_report'`,
      [incident.id],
    )
    expect(line.line).toMatch(/"injured": 2/)
    expect(line.line).toMatch(/"report": "[0-9a-f]{64}"/)
    for (const word of WORDS) expect(line.line).not.toContain(word)
    const looks = () => sql('select 1 from private_view where incident_id = $1', [incident.id])
    const before = (await looks()).length
    const read = (token: string) =>
      server.call<FinalReport | null>('GET', `/api/incidents/${incident.id}/final-report`, { token })
    expect((await read(operator)).body?.summary).toBe(WORDS[0])
    expect((await read(await server.token('dispatcher', { agency_id: idOf('polres') }))).body).toBeNull()
    // Kominfo's acknowledgement is a look too.
    await receiver.until(about(incident))
    expect((await looks()).length).toBeGreaterThan(before)
    expect(
      (await server.call('GET', `/api/incidents/${incident.id}/final-report`, { token: await server.token('kabid') }))
        .status,
    ).toBe(403)
  })

  it('is revised by who read it last, refused to who did not, and each revision goes out', async () => {
    const incident = await dispatched()
    await write(incident)
    await receiver.until(about(incident, 'closed'))
    const stale = await write<Problem>(incident)
    expect([stale.status, stale.body.errors?.[0].field]).toEqual([409, 'revision'])
    expect((await write(incident, { ...REPORT, dead: 1, revision: 1 })).body).toMatchObject({ revision: 2, dead: 1 })
    const { message } = await receiver.until(about(incident, 'final_report'))
    expect(message.final_report).toMatchObject({ revision: 2, dead: 1, told: WORDS[3] })
    expect(message.case).toMatchObject({ status: 'closed', reported: true })
    const lines = await sql(`select 1 from event where incident_id = $1 and kind = 'incident.final_report'`, [
      incident.id,
    ])
    expect(lines).toHaveLength(2)
  })

  it('may come after a closing without it; until then the case is listed as owing one', async () => {
    const incident = await dispatched()
    expect((await patch(incident, { status: 'closed' })).status).toBe(200)
    expect((await receiver.until(about(incident, 'closed'))).message.case.reported).toBe(false)
    const owing = async () =>
      (
        await server.call<Incident[]>('GET', '/api/incidents?status=closed&unreported=true', { token: operator })
      ).body.some(({ id }) => id === incident.id)
    expect(await owing()).toBe(true)
    expect((await write(incident)).body.revision).toBe(1)
    expect(await owing()).toBe(false)
    expect((await receiver.until(about(incident, 'final_report'))).message.case.reported).toBe(true)
  })

  it('is refused of what nobody was sent to and of a duplicate, with nothing half written, and to an OPD', async () => {
    const [bare, other] = [await report(), await report()]
    expect((await write(bare)).status).toBe(409)
    await patch(other, { status: 'duplicate', duplicate_of: bare.id })
    expect((await write(other)).status).toBe(409)
    expect((await write(bare, REPORT, await server.token('dispatcher', { agency_id: idOf('psc119') }))).status).toBe(
      403,
    )
    const wrong = await write<Problem>(bare, { ...REPORT, cause: '', dead: -1 })
    expect(wrong.body.errors?.map(({ field }) => field).sort()).toEqual(['cause', 'dead'])
    expect(await sql('select 1 from final_report where incident_id = any($1)', [[bare.id, other.id]])).toEqual([])
    await patch(bare, { status: 'cancelled' })
  })
})

describe('each end of a case', () => {
  it('goes to the data centre whole, without who called, with the head of the log', async () => {
    const incident = await dispatched()
    const opd = await server.token('dispatcher', { agency_id: idOf('psc119') })
    await server.call('PUT', `/api/incidents/${incident.id}/report`, {
      token: opd,
      body: { dead: 0, injured: 2, evacuated: 0, cause: 'korsleting', measures: 'pertolongan', revision: 0 },
    })
    await write(incident)
    const { message, text, headers } = await receiver.until(about(incident))
    expect(message).toMatchObject({
      schema: 'siaga112.case/1',
      simulated: false,
      case: { number: incident.number, status: 'closed', incident_type_name: expect.any(String), call_count: 1 },
      clocks: { agent: { state: 'met', limit_seconds: 300 }, opd: { limit_seconds: 2100 } },
      assignments: [{ agency_code: 'psc119', status: 'cancelled' }],
      opd_reports: [{ agency_code: 'psc119', injured: 2, cause: 'korsleting' }],
      final_report: { summary: WORDS[0], evacuated: 11 },
    })
    expect(headers['content-type']).toBe('application/json')
    for (const hidden of ['Bu Penelepon', '0811223344', 'salt']) expect(text).not.toContain(hidden)
    const [anchor] = await sql<{ hash: string }>('select hash from event where seq = $1', [message.log.seq])
    expect(anchor.hash).toBe(message.log.hash)
  })

  it('cancelled, handed over, merged and unmerged too, and what is corrected or reported afterwards', async () => {
    const [gone, away, head, twin] = [await report(), await report(), await report(), await dispatched()]
    await patch(gone, { status: 'cancelled' })
    await patch(away, { status: 'handed_over', handed_over_to: 'Kab. Batang' })
    expect((await receiver.until(about(gone, 'cancelled'))).message.stages.ended_at).not.toBeNull()
    expect((await receiver.until(about(away, 'handed_over'))).message.case.handed_over_to).toBe('Kab. Batang')
    await patch(twin, { status: 'duplicate', duplicate_of: head.id })
    expect((await receiver.until(about(twin, 'duplicate'))).message.case.duplicate_number).toBe(head.number)
    await patch(twin, { duplicate_of: null })
    expect((await receiver.until(about(twin, 'duplicate_undone'))).message.case.status).toBe('verified')
    await patch(gone, { incident_type: 'kecelakaan' })
    await receiver.until(about(gone, 'corrected'))
    await patch(gone, { note: 'hanya catatan' })
    expect((await messages(gone)).map(({ reason }) => reason)).toEqual(['corrected', 'cancelled'])
    for (const each of [head, twin]) await patch(each, { status: 'cancelled' })
    // What is still under way would be told by the next test's endpoint that it is refused.
    await until(async () => (await state()).pending === 0, 'nothing owed')
  })

  it('leaves nothing of the case in the outbox: what is erased before it is sent never leaves', async () => {
    receiver.manner = { status: 500 }
    const incident = await dispatched()
    await write(incident)
    await until(async () => (await messages(incident))[0]?.status === 'dead', 'three refusals')
    const [row] = await sql<{ row: string }>(
      'select to_jsonb(m)::text as row from outbox_message m where incident_id = $1',
      [incident.id],
    )
    for (const word of WORDS) expect(row.row).not.toContain(word)
    await sql(
      `update final_report set summary = null, cause = null, outcome = null, told = null, notes = null where incident_id = $1`,
      [incident.id],
    )
    receiver.manner = { status: 204 }
    const [{ id }] = await messages(incident)
    await server.call('POST', `/api/outbox/${id}/replay`, { token: admin })
    const { text, message } = await receiver.until(about(incident))
    expect(message.final_report).toMatchObject({ summary: null, injured: 2 })
    for (const word of WORDS) expect(text).not.toContain(word)
  })
})

describe('a message', () => {
  it('refused once lies dead with the reason, fields named and nothing quoted, until it is replayed under the same id', async () => {
    receiver.manner = {
      status: 400,
      body: JSON.stringify({
        detail: `tidak suka ${WORDS[0]}`,
        errors: [{ field: 'final_report.cause', reason: WORDS[1] }],
      }),
    }
    const incident = await dispatched()
    await write(incident)
    await until(async () => (await messages(incident))[0]?.status === 'dead', 'dead at once')
    const [dead] = await messages(incident)
    expect(dead).toMatchObject({
      tries: 1,
      last_status: 400,
      last_error: 'HTTP 400: final_report.cause',
      next_try_at: null,
    })
    expect((await state()).dead).toBe(1)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toMatch(/siaga_outbox_dead 1\n/)
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ status: 'ok', kominfo: 'ok' })
    receiver.manner = { status: 204 }
    expect((await server.call('POST', '/api/outbox/replay', { token: supervisor })).status).toBe(403)
    const again = await server.call<OutboxMessage[]>('POST', '/api/outbox/replay', { token: admin })
    expect(again.body.map(({ id }) => id)).toEqual([dead.id])
    expect((await receiver.until(about(incident))).id).toBe(dead.id)
    expect(await sql(`select 1 from event where kind = 'outbox.replayed' and incident_id is null`)).toHaveLength(1)
    await until(async () => (await state()).dead === 0, 'none dead')
  })

  it('is not sent after a redirect, and waits as long as Retry-After says', async () => {
    receiver.manner = { status: 302, headers: { location: `${server.url}/health/live` } }
    const moved = await dispatched()
    await write(moved)
    await until(async () => (await messages(moved))[0]?.status === 'dead', 'a redirect is refused')
    expect((await messages(moved))[0].last_error).toContain('pengalihan')
    let asked = 0
    receiver.manner = () => (asked++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 })
    const busy = await dispatched()
    await write(busy)
    await until(async () => (await state()).destination === 'paused', 'it asked for a pause')
    const later = await dispatched()
    await write(later)
    const [first, second] = [await receiver.until(about(busy)), await receiver.until(about(later))]
    const asked_at = receiver.received.find(about(busy))?.at ?? 0
    for (const each of [first, second]) expect(each.at - asked_at).toBeGreaterThanOrEqual(950)
    expect((await messages(busy))[0].tries).toBe(1)
    // What was dead of a case goes with its newer message.
    await patch(moved, { incident_type: 'kecelakaan' })
    await receiver.until(about(moved, 'corrected'))
    expect((await messages(moved)).map(({ status }) => status)).toContain('superseded')
  })

  it('that the endpoint stumbles over is tried again with pauses, and does not hold up the others', async () => {
    const [poor, well] = [await dispatched(), await dispatched()]
    let stumbles = 0
    receiver.manner = ({ case: { id } }) => ({ status: id === poor.id && stumbles++ < 2 ? 500 : 204 })
    await Promise.all([write(poor), write(well)])
    await receiver.until(about(well))
    await receiver.until(about(poor))
    const tried = receiver.received.filter(about(poor))
    expect(tried).toHaveLength(3)
    expect(new Set(tried.map(({ id }) => id)).size).toBe(1)
    expect(tried[2].at - tried[1].at).toBeGreaterThanOrEqual(38)
    await until(async () => (await messages(poor))[0].tries === 3, 'three tries')
  })
})

describe('an endpoint that is down', () => {
  it('costs no message its tries; all arrive when it is back, each case in its order, the newest once', async () => {
    const random = seededRandom(1301)
    receiver.manner = 'cut'
    const cases = [] as Incident[]
    for (let i = 0; i < 6; i++) cases.push(await dispatched())
    const steps = cases.flatMap((incident) => [0, 1, 2].map((revision) => ({ incident, revision })))
    const next = new Map(cases.map(({ id }) => [id, 0]))
    while (steps.length > 0) {
      const at = steps.findIndex(({ incident, revision }) => next.get(incident.id) === revision && random() < 0.4)
      if (at < 0) continue
      const [{ incident, revision }] = steps.splice(at, 1)
      expect((await write(incident, { ...REPORT, injured: revision, revision })).status).toBe(200)
      next.set(incident.id, revision + 1)
    }
    await until(async () => (await state()).destination === 'away', 'away')
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ status: 'ok', kominfo: 'away' })
    const came = receiver.received.length
    await new Promise((done) => setTimeout(done, 700))
    // Asked by one message at a time, now and then.
    expect(receiver.received.length - came).toBeLessThan(10)
    receiver.manner = { status: 204 }
    for (const incident of cases) {
      const last = await receiver.until(
        ({ message }) => message.case.id === incident.id && message.final_report?.revision === 3,
      )
      const all = receiver.accepted.filter(about(incident))
      const order = all.map(({ message }) => message.message.sequence)
      expect(order).toEqual([...order].sort((a, b) => a - b))
      expect(all.at(-1)).toBe(last)
      await until(async () => (await messages(incident))[0].status === 'sent', 'acknowledged')
      for (const { status } of (await messages(incident)).slice(1)) expect(['superseded', 'sent']).toContain(status)
    }
    expect((await state()).dead).toBe(0)
    await until(async () => (await state()).pending === 0, 'nothing owed')
  })

  it('and hangs slows no call and no dispatch', async () => {
    const times = { hang: [] as number[], ok: [] as number[] }
    const came = receiver.received.length
    const sent: Incident[] = []
    for (let i = 0; i < 32; i++) {
      const kind = i % 8 < 4 ? 'hang' : 'ok'
      receiver.manner = kind === 'hang' ? 'hang' : { status: 204 }
      const began = performance.now()
      const incident = await dispatched()
      times[kind].push(performance.now() - began)
      await write(incident)
      sent.push(incident)
    }
    // Four at a time are under way: where all of the above took less than their limit, the fifth comes after it.
    await until(async () => receiver.received.length > came + 4, 'it was asked meanwhile')
    const median = (of: number[]) => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)]
    const [hang, ok] = [median(times.hang), median(times.ok)]
    console.info(
      `created and dispatched: ${hang.toFixed(1)} ms beside an endpoint that hangs, ${ok.toFixed(1)} ms beside one that answers`,
    )
    expect(hang).toBeLessThan(2 * ok + 50)
    receiver.manner = { status: 204 }
    // Each that hung is tried again once its limit of 2 s is over.
    await until(async () => (await state()).pending === 0, 'nothing owed', 30_000)
    for (const incident of sent) expect(receiver.accepted.some(about(incident)), incident.number).toBe(true)
  })
})

describe('a second server on the same database', () => {
  let other: Running | undefined
  afterAll(() => other?.stop())
  it('never sends what the first one is sending', async () => {
    if (server.running.services.db.embedded) return // it has one server
    const { config } = server.installation
    other = await startServer(config, {
      progress: () => undefined,
      clientDir: '',
      version: 'test',
      pace: { poll_ms: 5 },
    })
    receiver.manner = { status: 204 }
    const cases = await Promise.all(Array.from({ length: 12 }, dispatched))
    await Promise.all(cases.map((incident) => write(incident)))
    for (const incident of cases) await receiver.until(about(incident))
    await until(async () => (await state()).pending === 0, 'nothing owed')
    // Once, or on a busy machine again after an answer that came too late: as often as who held its lease tried, never beside it.
    for (const incident of cases)
      expect(receiver.received.filter(about(incident))).toHaveLength((await messages(incident))[0].tries)
  })
})
