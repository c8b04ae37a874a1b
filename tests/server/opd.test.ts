import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Recommendation } from '../../geo/dispatch/types.ts'
import type { HelpRequest, HelpWords } from '../../geo/wire/help.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Agency, Unit } from '../../geo/wire/masterdata.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let operator: string
let supervisor: string
let dispatcher: string
let stranger: string
let agencies: Map<string, Agency>
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  supervisor = await server.token('supervisor')
  const { body } = await server.call<Agency[]>('GET', '/api/agencies', { token: operator })
  agencies = new Map(body.map((agency) => [agency.code, agency]))
  dispatcher = await server.token('dispatcher', { agency_id: idOf('psc119') })
  stranger = await server.token('dispatcher', { agency_id: idOf('polres') })
})
afterAll(() => server?.stop())

function idOf(code: string): string {
  const found = agencies.get(code)
  if (!found) throw new Error(`no agency ${code}`)
  return found.id
}
const unitsOf = async (code: string) =>
  (await server.call<Unit[]>('GET', '/api/units', { token: operator })).body.filter(
    (unit) => unit.agency_code === code && unit.incident_id === null && unit.duty === 'on',
  )
/** A case of its own; places lie a little apart, so that no two are one event. */
let made = 0
async function report(): Promise<Incident & { recommendations: Recommendation[] }> {
  made++
  const { status, body } = await server.call<{ incident: Incident; recommendations: Recommendation[] }>(
    'POST',
    '/api/incidents',
    {
      token: operator,
      body: {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.662 + (made % 7) * 0.004, -6.8915 + (made % 5) * 0.003] },
        accuracy_m: 5,
      },
    },
  )
  expect(status).toBe(201)
  return { ...body.incident, recommendations: body.recommendations }
}
const send = async (to: Incident, body: object) => {
  const answer = await server.call<Assignment[]>('POST', `/api/incidents/${to.id}/assignments`, {
    token: supervisor,
    body,
  })
  expect(answer.status).toBe(201)
  return answer.body
}
const choose = <T = Assignment[]>(to: Incident, body: object, token = dispatcher) =>
  server.call<T>('POST', `/api/incidents/${to.id}/own-units`, { token, body })
const look = async ({ id }: Incident) =>
  (await server.call<Incident>('GET', `/api/incidents/${id}`, { token: operator })).body
const progress = (id: string, status: string, token = dispatcher, note?: string) =>
  server.call<Problem>('POST', `/api/assignments/${id}/status`, { token, body: { status, note } })
const done = async (...incidents: Incident[]) => {
  for (const incident of incidents)
    for (const a of (await look(incident)).assignments) await progress(a.id, 'cancelled', supervisor)
}
const logged = async (kind: string) => {
  const client = await server.running.services.db.client()
  const { rows } = await client.query('select line from event where kind = $1 order by seq', [kind])
  await client.end()
  return rows.map(({ line }) => line as string)
}

describe('a dispatcher', () => {
  it('is told whom it speaks for', async () => {
    const { body } = await server.call<{ agency_id: string }>('GET', '/api/session', { token: dispatcher })
    expect(body.agency_id).toBe(idOf('psc119'))
  })

  it('moves and declines what its OPD was asked for, nobody else’s', async () => {
    const incident = await report()
    const [unit] = await unitsOf('psc119')
    const [a] = await send(incident, { unit_ids: [unit.id], override_reason: 'permintaan_opd' })
    expect((await progress(a.id, 'acknowledged', stranger)).status).toBe(403)
    expect((await progress(a.id, 'acknowledged')).status).toBe(200)
    expect((await progress(a.id, 'declined')).body.errors?.[0].field).toBe('note')
    expect((await progress(a.id, 'declined', dispatcher, 'ban-bocor')).status).toBe(200)
    expect((await look(incident)).status).toBe('verified')
    for (const line of await logged('assignment.declined')) expect(line).not.toContain('ban-bocor')
  })
})

describe('its own units', () => {
  it('take the place of the word to the OPD, and keep its clock', async () => {
    const incident = await report()
    const [word] = await send(incident, { agency_ids: [idOf('psc119')] })
    const { units } = incident.recommendations.find(({ agency_kind }) => agency_kind === 'psc119') ?? { units: [] }
    const answer = await choose(incident, { unit_ids: [units[0].unit_id], replaces: [word.id] })
    expect(answer.status).toBe(201)
    expect(answer.body[0]).toMatchObject({ unit_id: units[0].unit_id, status: 'notified' })
    expect(answer.body[0].eta_seconds).toBeCloseTo(units[0].eta_seconds, 0)
    const now = await look(incident)
    expect(now.assignments.map(({ status }) => status).sort()).toEqual(['cancelled', 'notified'])
    expect(now.status).toBe('dispatched')
    expect(now.dispatched_at).toBe((await look(incident)).dispatched_at)
    await done(incident)
  })

  it('are refused of another OPD, on a case that is not its own, and in place of another’s', async () => {
    const incident = await report()
    const [own] = await unitsOf('psc119')
    const [foreign] = await unitsOf('polres')
    expect((await choose(incident, { unit_ids: [own.id] })).status).toBe(403)
    const [first, other] = await send(incident, { agency_ids: [idOf('psc119'), idOf('polres')] })
    expect((await choose(incident, { unit_ids: [foreign.id] })).status).toBe(403)
    expect((await choose(incident, { unit_ids: [own.id], replaces: [other.id] })).status).toBe(403)
    expect((await choose(incident, { unit_ids: [own.id] }, stranger)).status).toBe(403)
    expect((await choose(incident, { unit_ids: [own.id], replaces: [first.id] }, operator)).status).toBe(403)
    expect((await choose(incident, { unit_ids: [own.id] }, await server.token('dispatcher'))).status).toBe(403)
    expect((await look(incident)).assignments).toHaveLength(2)
    await done(incident)
  })

  it('other than the first owe a reason, which rests in the decision; a swap is held against the list without the one replaced', async () => {
    const incident = await report()
    const group = incident.recommendations.find(({ agency_kind }) => agency_kind === 'psc119')
    const units = (group?.units ?? []).filter(
      (unit, i, all) =>
        i === 0 ||
        !group?.ties.some((tie) => tie.unit_ids.includes(unit.unit_id) && tie.unit_ids.includes(all[0].unit_id)),
    )
    expect(units.length).toBeGreaterThan(2)
    const last = units[units.length - 1].unit_id
    const [word] = await send(incident, { agency_ids: [idOf('psc119')] })
    const bare = await choose<Problem>(incident, { unit_ids: [last], replaces: [word.id] })
    expect(bare.status).toBe(422)
    expect(bare.body.errors?.[0].field).toBe('override_reason')
    expect((await look(incident)).assignments).toHaveLength(1)
    const said = { override_reason: 'akses_jalan', override_words: 'gang-sempit' }
    const sent = await choose(incident, { unit_ids: [last], replaces: [word.id], ...said })
    expect(sent.status).toBe(201)
    // Of those that are left the first: nothing owed, and the one replaced is free again.
    const swap = await choose(incident, { unit_ids: [units[0].unit_id], replaces: [sent.body[0].id] })
    expect(swap.status).toBe(201)
    expect((await unitsOf('psc119')).map(({ id }) => id)).toContain(last)
    const client = await server.running.services.db.client()
    const { rows } = await client.query(
      'select outcome, reason_code from dispatch_decision where incident_id = $1 order by made_at, outcome desc',
      [incident.id],
    )
    await client.end()
    expect(rows.slice(-2)).toEqual([
      { outcome: 'other', reason_code: 'akses_jalan' },
      { outcome: 'first', reason_code: null },
    ])
    for (const line of await logged('assignment.created')) expect(line).not.toContain('gang-sempit')
    await done(incident)
  })

  it('go to one of two cases that want the same at once', async () => {
    const [a, b] = [await report(), await report()]
    await send(a, { agency_ids: [idOf('psc119')] })
    await send(b, { agency_ids: [idOf('psc119')] })
    const { units } = a.recommendations.find(({ agency_kind }) => agency_kind === 'psc119') ?? { units: [] }
    const body = { unit_ids: [units[0].unit_id], override_reason: 'informasi_lapangan' }
    const answers = await Promise.all([choose(a, body), choose(b, body)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    await done(a, b)
  })
})

describe('duty and crew', () => {
  const set = <T = Unit>(id: string, body: object, token = dispatcher) =>
    server.call<T>('PATCH', `/api/units/${id}`, { token, body })

  it('are the OPD’s own to say, with who and when, live at once', async () => {
    const [unit] = await unitsOf('psc119')
    const reader = await readLive(server.url, { token: operator })
    await reader.until((message) => message.type === 'snapshot')
    expect((await set(unit.id, { duty: 'out_of_service', crew: 1 }, stranger)).status).toBe(403)
    expect((await set(unit.id, { duty: 'off' }, operator)).status).toBe(403)
    const answer = await set(unit.id, { duty: 'out_of_service', crew: 1 })
    expect(answer.body).toMatchObject({
      duty: 'out_of_service',
      crew: 1,
      duty_set_by: expect.stringMatching(/^dispatcher:/),
    })
    expect(answer.body.duty_set_at).not.toBeNull()
    const told = await reader.until(
      (message) => message.type === 'event' && message.units?.[0]?.duty === 'out_of_service',
    )
    expect(told).toMatchObject({ kind: 'unit.duty', units: [{ id: unit.id, crew: 1 }] })
    reader.close()
    const incident = await report()
    const group = incident.recommendations.find(({ agency_kind }) => agency_kind === 'psc119')
    expect(group?.excluded).toContainEqual(expect.objectContaining({ unit_id: unit.id, code: 'out_of_service' }))
    // The same again is no news.
    const lines = (await logged('unit.duty')).length
    await set(unit.id, { duty: 'out_of_service' })
    expect(await logged('unit.duty')).toHaveLength(lines)
    expect((await set<Problem>(unit.id, { crew: 41 })).body.errors?.[0].field).toBe('crew')
    expect((await set<Problem>(unit.id, {})).status).toBe(422)
    expect((await set(unit.id, { duty: 'on', crew: unit.crew })).status).toBe(200)
  })
})

describe('help from another OPD', () => {
  const ask = <T = HelpRequest>(to: Incident, body: object, token = dispatcher) =>
    server.call<T>('POST', `/api/incidents/${to.id}/help`, { token, body })
  const answer = <T = HelpRequest>(id: string, body: object, token = operator) =>
    server.call<T>('POST', `/api/help/${id}/answer`, { token, body })

  it('is asked for, seen by the room at once, answered once; the words stay with those who handle the case', async () => {
    const incident = await report()
    const body = { agency_kind: 'pmi', quantity: 1, words: 'korban-sesak-napas' }
    expect((await ask(incident, body)).status).toBe(403)
    await send(incident, { agency_ids: [idOf('psc119')] })
    const reader = await readLive(server.url, { token: operator })
    await reader.until((message) => message.type === 'snapshot')
    const asked = await ask(incident, body)
    expect(asked.status).toBe(201)
    expect(asked.body).toMatchObject({ agency_kind: 'pmi', status: 'open', agency_id: idOf('psc119') })
    const told = await reader.until((message) => message.type === 'event' && message.kind === 'incident.help_asked')
    expect(told).toMatchObject({
      incident: { id: incident.id, help_requests: [{ id: asked.body.id, status: 'open' }] },
    })
    expect(JSON.stringify(told)).not.toContain('korban-sesak')
    expect((await ask(incident, body)).status).toBe(409)
    expect((await ask<Problem>(incident, { ...body, agency_kind: 'ufo' })).body.errors?.[0].field).toBe('agency_kind')
    expect((await ask<Problem>(incident, body, supervisor)).body.errors?.[0].field).toBe('agency_id')

    expect((await answer(asked.body.id, { status: 'sent' }, dispatcher)).status).toBe(403)
    expect((await answer<Problem>(asked.body.id, { status: 'refused' })).body.errors?.[0].field).toBe('words')
    const both = await Promise.all([
      answer(asked.body.id, { status: 'refused', words: 'semua-ambulans-jalan' }),
      answer(asked.body.id, { status: 'refused', words: 'semua-ambulans-jalan' }, supervisor),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await reader.until((message) => message.type === 'event' && message.kind === 'incident.help_refused')
    reader.close()

    const words = async (token: string) =>
      (await server.call<HelpWords>('GET', `/api/incidents/${incident.id}/help`, { token })).body
    expect(await words(dispatcher)).toEqual([
      { id: asked.body.id, asked: 'korban-sesak-napas', answered: 'semua-ambulans-jalan' },
    ])
    expect(await words(stranger)).toEqual([])
    for (const kind of ['incident.help_asked', 'incident.help_refused'])
      for (const line of await logged(kind)) expect(line).not.toMatch(/korban-sesak|semua-ambulans/)
  })
})

describe('the final report of an OPD', () => {
  const REPORT = {
    dead: 0,
    injured: 2,
    evacuated: 0,
    cause: 'rem-blong',
    damage: null,
    measures: 'dibawa ke RSUD',
    words: 'kata-penutup',
  }
  it('is written by who worked on the case, read by who handles it, and not over another’s', async () => {
    const incident = await report()
    const put = <T = { revision: number }>(body: object, token = dispatcher) =>
      server.call<T>('PUT', `/api/incidents/${incident.id}/report`, { token, body })
    expect((await put({ ...REPORT, revision: 0 })).status).toBe(403)
    await send(incident, { agency_ids: [idOf('psc119')] })
    expect((await put<Problem>({ ...REPORT, cause: '', revision: 0 })).body.errors?.[0].field).toBe('cause')
    expect((await put({ ...REPORT, revision: 0 }, stranger)).status).toBe(403)
    expect((await put({ ...REPORT, revision: 0 })).body.revision).toBe(1)
    expect((await put({ ...REPORT, revision: 0 })).status).toBe(409)
    expect((await put({ ...REPORT, injured: 3, revision: 1 })).body.revision).toBe(2)
    const read = async (token: string) =>
      (await server.call<unknown[]>('GET', `/api/incidents/${incident.id}/reports`, { token })).body
    expect(await read(dispatcher)).toMatchObject([{ ...REPORT, injured: 3, agency_id: idOf('psc119') }])
    expect(await read(operator)).toHaveLength(1)
    expect(await read(stranger)).toEqual([])
    for (const line of await logged('incident.reported')) expect(line).not.toMatch(/rem-blong|kata-penutup|RSUD/)
  })
})
