import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callDetail, incidentCalls, type Call, type CallDetail, type IncidentCalls } from '../../geo/wire/calls.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent, ServerMessage } from '../../geo/wire/live.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const SECRET = 'kata-rahasia-penelepon-kedua'

let server: TestServer
let operator: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
})
afterAll(() => server?.stop())

const ask = <T>(method: string, path: string, body?: object, token = operator) =>
  server.call<T>(method, path, { token, body })
const ring = async (body: object = {}) => (await ask<Call>('POST', '/api/calls', body)).body
const report = async (body: object = {}) =>
  (
    await ask<{ incident: Incident }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: POINT,
      ...body,
    })
  ).body.incident
const look = async (id: string) => (await ask<Incident & IncidentCalls>('GET', `/api/incidents/${id}`)).body
const attach = (call: string, incident_id: string | null, more: object = {}) =>
  ask<Call & Pick<Problem, 'errors'>>('PATCH', `/api/calls/${call}`, { incident_id, ...more })
const merge = (id: string, duplicate_of: string) =>
  ask<Pick<Problem, 'errors' | 'detail'>>('PATCH', `/api/incidents/${id}`, { status: 'duplicate', duplicate_of })
const unmerge = (id: string) =>
  ask<Pick<Problem, 'errors' | 'detail'>>('PATCH', `/api/incidents/${id}`, { duplicate_of: null })
const countOf = async (id: string) => {
  const alone = (await look(id)).call_count
  const listed = (await ask<Incident[]>('GET', '/api/incidents')).body.find((row) => row.id === id)?.call_count
  // Both ways of counting, always.
  expect(listed).toBe(alone)
  return alone
}
const rows = async (sql: string) => {
  const client = await server.running.services.db.client()
  const answer = await client.query(sql)
  await client.end()
  return answer.rows as Record<string, unknown>[]
}

describe('registering a call', () => {
  it('with an id of the client’s own is the same call each time, and nothing of the first is changed', async () => {
    const id = randomUUID()
    const first = await ask<Call>('POST', '/api/calls', { id, line: 'A', caller_number: '0812000111' })
    expect(first.status).toBe(201)
    expect(first.body.id).toBe(id)
    const again = await ask<Call>('POST', '/api/calls', { id, line: 'A', caller_number: '0812000111' })
    expect(again).toMatchObject({ status: 200, body: first.body })
    const other = await ask<Call>('POST', '/api/calls', { id, line: 'B', number_hidden: true, caller_number: '0899' })
    expect(other).toMatchObject({ status: 200, body: first.body })
    expect((await ask<CallDetail>('GET', `/api/calls/${id}`)).body.caller_number).toBe('0812000111')
    expect(await rows(`select 1 from event where kind = 'call.created' and line like '%${id}%'`)).toHaveLength(1)
  })

  it('ten times at once makes one', async () => {
    const id = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask<Call>('POST', '/api/calls', { id })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(9).fill(200), 201])
    expect(new Set(answers.map((answer) => answer.body.id))).toEqual(new Set([id]))
  })
})

describe('attaching a call', () => {
  it('keeps what the second caller said beside the first, out of the log, and answers it to handlers', async () => {
    const [first, second] = [await ring({ caller_number: '0812000222' }), await ring()]
    const incident = await report({ call_id: first.id, description: 'asap' })
    const said = {
      caller_name: SECRET,
      caller_number: '0812999000',
      address_text: SECRET,
      description: SECRET,
      location: { type: 'Point', coordinates: [109.6625, -6.8912] },
      accuracy_m: 80,
    }
    const done = await attach(second.id, incident.id, said)
    expect(done).toMatchObject({ status: 200, body: { incident_id: incident.id, kind: 'real' } })
    expect(JSON.stringify(done.body)).not.toContain(SECRET)
    const { calls, merged } = incidentCalls.parse(await look(incident.id))
    expect(merged).toEqual([])
    expect(calls.map((call) => call.id)).toEqual([first.id, second.id])
    expect(calls[1]).toMatchObject({ ...said, device_location: null, device_accuracy_m: null, device_located_at: null })
    expect(calls[0]).toMatchObject({ caller_number: '0812000222', address_text: null, location: null })
    const alone = (await ask<CallDetail>('GET', `/api/calls/${second.id}`)).body
    expect(callDetail.parse(alone)).toMatchObject({ ...said, incident_id: incident.id })
    // The first caller's words stay the incident's own.
    expect(await look(incident.id)).toMatchObject({ description: 'asap', location: incident.location })
    for (const table of ['event', 'call', 'incident', 'incident_private'])
      expect(JSON.stringify(await rows(`select * from ${table}`)), table).not.toContain(SECRET)
    expect(JSON.stringify(await rows(`select line from event`))).not.toContain('0812999000')
    expect(await rows(`select 1 from private_view where call_id = '${second.id}'`)).toHaveLength(1)
  })

  it('shows others neither the calls nor who they were from', async () => {
    const incident = await report({ call_id: (await ring({ caller_number: '0812000333' })).id })
    for (const role of ['screen', 'kabid', 'dispatcher'] as const) {
      const seen = (await ask<object>('GET', `/api/incidents/${incident.id}`, undefined, await server.token(role))).body
      expect(seen).not.toHaveProperty('calls')
      expect(seen).not.toHaveProperty('merged')
    }
  })

  it('may be undone, and asked for twice', async () => {
    const [incident, call] = [await report(), await ring()]
    expect((await attach(call.id, incident.id)).status).toBe(200)
    const seq = async () => Number((await rows('select seq from log_head'))[0].seq)
    const before = await seq()
    expect((await attach(call.id, incident.id)).status).toBe(200)
    expect(await seq()).toBe(before)
    expect((await look(incident.id)).calls.map((each) => each.id)).toEqual([call.id])
    expect((await attach(call.id, null)).body.incident_id).toBeNull()
    expect((await look(incident.id)).calls).toEqual([])
    expect((await attach(call.id, (await report()).id)).status).toBe(200)
  })

  it('elsewhere needs detaching first', async () => {
    const [one, other, call] = [await report(), await report(), await ring()]
    await attach(call.id, one.id)
    const refused = await attach(call.id, other.id)
    expect(refused.status).toBe(409)
    expect(refused.body.errors).toEqual([{ field: 'incident_id', reason: expect.stringContaining(one.number) }])
    expect((await look(other.id)).calls).toEqual([])
  })

  it('a case that is over takes none, and says why; a duplicate names its head; a resolved one takes it', async () => {
    const call = await ring()
    const [head, middle, cancelled, closed, resolved] = await Promise.all(Array.from({ length: 5 }, () => report()))
    await ask('PATCH', `/api/incidents/${cancelled.id}`, { status: 'cancelled' })
    await ask('POST', `/api/incidents/${closed.id}/assignments`, { agency_ids: [await anAgency()] })
    await ask('PATCH', `/api/incidents/${closed.id}`, { status: 'closed' })
    await merge(middle.id, head.id)
    for (const [incident, reason] of [
      [cancelled, /dibatalkan/],
      [closed, /ditutup/],
      [middle, new RegExp(head.number)],
    ] as const) {
      const { status, body } = await attach(call.id, incident.id)
      expect(status).toBe(409)
      expect(body.errors?.[0]).toEqual({ field: 'incident_id', reason: expect.stringMatching(reason) })
    }
    const sent = await ask<{ id: string }[]>('POST', `/api/incidents/${resolved.id}/assignments`, {
      agency_ids: [await anAgency()],
    })
    const supervisor = await server.token('supervisor')
    await ask('POST', `/api/assignments/${sent.body[0].id}/status`, { status: 'done' }, supervisor)
    expect((await look(resolved.id)).status).toBe('resolved')
    expect((await attach(call.id, resolved.id)).status).toBe(200)
  })

  it('keeps the kind it was given', async () => {
    const [incident, call] = [await report(), await ring()]
    await ask('PATCH', `/api/calls/${call.id}`, { kind: 'information' })
    expect((await attach(call.id, incident.id)).body.kind).toBe('information')
  })

  it.each([
    [{ incident_id: randomUUID() }, 'incident_id'],
    [{ incident_id: 'x' }, 'incident_id'],
    [{ location: { type: 'Point', coordinates: [999, 0] } }, 'location.coordinates.0'],
    [{ accuracy_m: -1 }, 'accuracy_m'],
    [{ caller_name: 'a\0b' }, 'caller_name'],
    [{ nama: 'x' }, 'nama'],
  ])('refuses %j by its field', async (body, field) => {
    const call = await ring()
    const answer = await ask<Problem>('PATCH', `/api/calls/${call.id}`, body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((error) => error.field)).toEqual([field])
  })
})

describe('the kind of a call', () => {
  it('is told and taken back, each with a line of the log and neither with an incident', async () => {
    const { id } = await ring({ caller_number: '0285 555 777' })
    const before = (await ask<Incident[]>('GET', '/api/incidents')).body.length
    expect((await ask<Call>('PATCH', `/api/calls/${id}`, { kind: 'prank' })).body.kind).toBe('prank')
    expect((await ask<Call>('PATCH', `/api/calls/${id}`, { kind: null })).body).toMatchObject({
      kind: null,
      incident_id: null,
    })
    expect((await ask<Incident[]>('GET', '/api/incidents')).body).toHaveLength(before)
    const lines = await rows(`select kind from event where line::jsonb #>> '{body,after,id}' = '${id}' order by seq`)
    expect(lines.map(({ kind }) => kind)).toEqual(['call.created', 'call.updated', 'call.updated'])
  })
})

describe('the key for what desks keep', () => {
  it('is one for all who take calls, however many ask first, and nobody else’s', async () => {
    const keyOf = async (token: string) => ask<{ key: string }>('GET', '/api/desk-key', undefined, token)
    const supervisor = await server.token('supervisor')
    const said = await Promise.all([operator, supervisor, operator, supervisor, operator].map(keyOf))
    expect(new Set(said.map(({ body }) => body.key)).size).toBe(1)
    expect(Buffer.from(said[0].body.key, 'base64')).toHaveLength(32)
    for (const role of ['integration', 'screen', 'dispatcher', 'kabid'] as const)
      expect((await keyOf(await server.token(role))).status, role).toBe(403)
  })
})

const anAgency = async () =>
  (await ask<{ id: string; tracked: boolean }[]>('GET', '/api/agencies')).body.find((each) => !each.tracked)?.id

describe('how many reports an incident stands for', () => {
  it('its calls, and one that no call tells of when it was recorded without', async () => {
    const [bare, called] = [await report(), await report({ call_id: (await ring()).id })]
    expect(await countOf(bare.id)).toBe(1)
    expect(await countOf(called.id)).toBe(1)
    const call = await ring()
    await attach(call.id, bare.id)
    expect(await countOf(bare.id)).toBe(2)
    await attach(call.id, null)
    expect(await countOf(bare.id)).toBe(1)
  })

  it('goes over with a merge, however deep, and comes back with its undo', async () => {
    const [a, b, c] = await Promise.all(Array.from({ length: 3 }, () => report()))
    await attach((await ring()).id, a.id)
    await merge(a.id, b.id)
    expect(await countOf(b.id)).toBe(3)
    await merge(b.id, c.id)
    expect(await countOf(c.id)).toBe(4)
    expect((await look(c.id)).merged).toEqual([{ incident_id: b.id, number: b.number }])
    expect((await look(b.id)).merged).toEqual([{ incident_id: a.id, number: a.number }])
    await unmerge(a.id)
    expect([await countOf(a.id), await countOf(b.id), await countOf(c.id)]).toEqual([2, 1, 2])
    await unmerge(b.id)
    expect([await countOf(b.id), await countOf(c.id)]).toEqual([1, 1])
    expect((await look(c.id)).merged).toEqual([])
  })

  it('makes no ring, no chain from its middle, and no second head', async () => {
    const [a, b, c] = await Promise.all(Array.from({ length: 3 }, () => report()))
    await merge(a.id, b.id)
    const refused = [await merge(c.id, a.id), await merge(b.id, a.id), await merge(a.id, a.id), await merge(a.id, c.id)]
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 409, 409])
    for (const { body } of refused) expect(body.errors?.[0].field).toBe('duplicate_of')
    expect(refused[0].body.detail).toContain(b.number)
    // Each into the other at once: one of them wins.
    const [d, e] = [await report(), await report()]
    const both = await Promise.all([merge(d.id, e.id), merge(e.id, d.id)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it('figures of calls count each call once, wherever its incident went', async () => {
    const day = { from: '2000-01-01', to: '2100-01-01' }
    const calls = async () =>
      (
        await ask<{ calls: number }[]>('GET', `/api/stats/districts?${new URLSearchParams(day).toString()}`)
      ).body.reduce((sum, district) => sum + district.calls, 0)
    const before = await calls()
    const [a, b] = [await report({ call_id: (await ring()).id }), await report({ call_id: (await ring()).id })]
    await attach((await ring()).id, b.id)
    expect(await calls()).toBe(before + 3)
    await merge(a.id, b.id)
    expect(await calls()).toBe(before + 3)
    expect(await countOf(b.id)).toBe(3)
    await report()
    expect(await calls()).toBe(before + 3)
  })
})

describe('the live picture', () => {
  const about =
    (kind: string, id: string) =>
    (m: ServerMessage): m is LiveEvent =>
      m.type === 'event' && m.kind === kind && m.incident?.id === id

  it('has the new count at once: attached, detached, merged, undone, up to the head', async () => {
    const [head, other, call] = [await report(), await report(), await ring()]
    const reader = await readLive(server.url, { token: await server.token('screen') })
    await reader.until((m) => m.type === 'snapshot')
    await merge(other.id, head.id)
    expect((await reader.until(about('incident.merged', head.id))).incident?.call_count).toBe(2)
    await attach(call.id, head.id, { caller_name: SECRET })
    expect((await reader.until(about('incident.call_attached', head.id))).incident?.call_count).toBe(3)
    await attach(call.id, null)
    expect((await reader.until(about('incident.call_detached', head.id))).incident?.call_count).toBe(2)
    await unmerge(other.id)
    expect((await reader.until(about('incident.merge_undone', head.id))).incident?.call_count).toBe(1)
    expect((await reader.until(about('incident.duplicate_undone', other.id))).incident?.status).toBe('received')
    // Detaching from one that was merged changes what its head stands for.
    await attach(call.id, other.id)
    await merge(other.id, head.id)
    reader.messages.length = 0
    await attach(call.id, null)
    expect((await reader.until(about('incident.call_detached', head.id))).incident?.call_count).toBe(2)
    expect(JSON.stringify(reader.messages)).not.toContain(SECRET)
    reader.close()
  })
})

describe('an incident that is none of the others', () => {
  const proposals = async (body: object) =>
    (
      await ask<{ incident: Incident; possible_duplicates: { incident_id: string }[] }>('POST', '/api/incidents', {
        incident_type: 'ular',
        location: { type: 'Point', coordinates: [109.69, -6.87] },
        ...body,
      })
    ).body
  it('said on saving or later, is recorded and never proposed again', async () => {
    const first = (await proposals({})).incident
    const second = await proposals({})
    expect(second.possible_duplicates.map((each) => each.incident_id)).toEqual([first.id])
    const third = await proposals({ not_duplicate_of: [first.id] })
    expect(third.possible_duplicates.map((each) => each.incident_id)).toEqual([second.incident.id])
    const [line] = await rows(
      `select line::jsonb -> 'body' as body from event where incident_id = '${third.incident.id}'`,
    )
    expect(line.body).toMatchObject({ not_duplicate_of: [first.id] })
    const said = await ask('PATCH', `/api/incidents/${third.incident.id}`, { not_duplicate_of: [second.incident.id] })
    expect(said.status).toBe(200)
    const kinds = await rows(`select kind from event where incident_id = '${third.incident.id}' order by seq`)
    expect(kinds.map(({ kind }) => kind)).toEqual(['incident.created', 'incident.not_duplicate'])
    expect(await rows(`select 1 from not_duplicate where '${third.incident.id}' in (a, b)`)).toHaveLength(2)
  })

  it.each([
    [[randomUUID()], 'not_duplicate_of'],
    [['x'], 'not_duplicate_of.0'],
    [Array.from({ length: 11 }, () => randomUUID()), 'not_duplicate_of'],
  ])('refuses %j by its field', async (not_duplicate_of, field) => {
    const answer = await ask<Problem>('POST', '/api/incidents', {
      incident_type: 'ular',
      location: POINT,
      not_duplicate_of,
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((error) => error.field)).toEqual([field])
  })

  it('is not said of itself, nor of what it is merged with; a merge takes the word back', async () => {
    const [a, b] = [await report(), await report()]
    const say = (id: string, other: string) =>
      ask<Problem>('PATCH', `/api/incidents/${id}`, { not_duplicate_of: [other] })
    expect((await say(a.id, a.id)).status).toBe(422)
    expect((await say(a.id, b.id)).status).toBe(200)
    await merge(a.id, b.id)
    expect(await rows(`select 1 from not_duplicate where '${a.id}' in (a, b)`)).toEqual([])
    for (const answer of [await say(a.id, b.id), await say(b.id, a.id)]) expect(answer.status).toBe(409)
  })
})
