import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const RSUD_BENDAN = { type: 'Point', coordinates: [109.662, -6.89154] }
interface Unit {
  unit_id: string
  callsign: string
  eta_seconds: number
  turnout_seconds: number
  distance_m: number
}
interface Created {
  incident: Incident & { clocks: { agent: { state: string } }; description?: string | null }
  possible_duplicates: { incident_id: string; probability: number }[]
  recommendations: { agency_kind: string; units: Unit[]; excluded: { reason: string }[]; shortfall: unknown }[]
}

let server: TestServer
let operator: string
let supervisor: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  supervisor = await server.token('supervisor')
})
afterAll(() => server?.stop())

const create = (body: object, headers: Record<string, string> = {}) =>
  server.call<Created>('POST', '/api/incidents', { token: operator, body, headers })
const fire = async () =>
  (await create({ incident_type: 'kebakaran', location: RSUD_BENDAN, description: 'asap dari dapur' })).body
const problemOf = (body: unknown) => body as Problem
const status = (id: string, to: string, more: object = {}) =>
  server.call<Assignment>('POST', `/api/assignments/${id}/status`, { token: supervisor, body: { status: to, ...more } })
const look = async (id: string) =>
  (await server.call<Incident>('GET', `/api/incidents/${id}`, { token: operator })).body

describe('recording an incident', () => {
  it('places RSUD Bendan in Bendan Kergon and ranks units by the road', async () => {
    const { status, body } = await create({ incident_type: 'kebakaran', location: RSUD_BENDAN })
    expect(status).toBe(201)
    expect(body.incident).toMatchObject({
      kelurahan: 'Bendan Kergon',
      inside_city: true,
      status: 'received',
      simulated: false,
    })
    expect(body.incident.number).toMatch(/^112-\d{8}-\d{4}$/)
    expect(body.incident.clocks.agent.state).toBe('running')
    const damkar = body.recommendations.find((group) => group.agency_kind === 'damkar')
    expect(damkar?.units.length).toBeGreaterThan(0)
    const totals = damkar?.units.map((unit) => unit.eta_seconds + unit.turnout_seconds) ?? []
    expect(totals).toEqual([...totals].sort((a, b) => a - b))
    // By the road is longer than the crow flies, and driven at a believable speed.
    for (const unit of damkar?.units ?? []) expect(unit.distance_m / Math.max(1, unit.eta_seconds)).toBeLessThan(25)
  })

  it('locates what is only said', async () => {
    const { status, body } = await create({ incident_type: 'kecelakaan', address_text: 'depan RSUD Bendan' })
    expect(status).toBe(201)
    expect(body.incident.kelurahan).toBe('Bendan Kergon')
    expect(body.incident.place_label).toBeTruthy()
  })

  it('takes a place outside the city as outside', async () => {
    const { body } = await create({
      incident_type: 'kecelakaan',
      location: { type: 'Point', coordinates: [109.6, -6.98] },
    })
    expect(body.incident).toMatchObject({ inside_city: false, kelurahan_code: null })
  })

  it('answers the same key and body alike, and refuses the key for another body', async () => {
    const body = { incident_type: 'ular', location: RSUD_BENDAN }
    const first = await create(body, { 'Idempotency-Key': 'kunci-1' })
    const again = await create(body, { 'Idempotency-Key': 'kunci-1' })
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    const other = await create({ ...body, incident_type: 'kebakaran' }, { 'Idempotency-Key': 'kunci-1' })
    expect(other.status).toBe(422)
    expect(problemOf(other.body).errors?.[0].field).toBe('Idempotency-Key')
  })

  it('writes once when the same key arrives ten times at once', async () => {
    const body = { incident_type: 'ular', location: RSUD_BENDAN, description: 'serentak' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => create(body, { 'Idempotency-Key': 'kunci-serentak' })),
    )
    expect(new Set(answers.map((answer) => answer.body.incident.id)).size).toBe(1)
  })

  it('numbers the day without gaps, also past a refused one', async () => {
    const before = (await fire()).incident.number
    await create({ incident_type: 'tidak_ada', location: RSUD_BENDAN })
    const after = (await fire()).incident.number
    expect(Number(after.slice(-4))).toBe(Number(before.slice(-4)) + 1)
  })

  it('sees a likely duplicate', async () => {
    const first = await fire()
    const second = (
      await create({ incident_type: 'kebakaran', location: { type: 'Point', coordinates: [109.6622, -6.8915] } })
    ).body
    expect(second.possible_duplicates.map((other) => other.incident_id)).toContain(first.incident.id)
  })

  it.each([
    ['an unknown type', { incident_type: 'meteor', location: RSUD_BENDAN }, 'incident_type'],
    ['no place at all', { incident_type: 'kebakaran' }, 'location'],
    [
      'a longitude beyond the earth',
      { incident_type: 'kebakaran', location: { type: 'Point', coordinates: [999, -6.9] } },
      'location.coordinates.0',
    ],
    ['a text for a point', { incident_type: 'kebakaran', location: 'Medono' }, 'location'],
    ['an unknown field', { incident_type: 'kebakaran', location: RSUD_BENDAN, lokasi: 1 }, 'lokasi'],
    [
      'a future time',
      { incident_type: 'kebakaran', location: RSUD_BENDAN, received_at: '2999-01-01T00:00:00+07:00' },
      'received_at',
    ],
    [
      'yesterday by an operator',
      {
        incident_type: 'kebakaran',
        location: RSUD_BENDAN,
        received_at: new Date(Date.now() - 86_400_000).toISOString(),
      },
      'received_at',
    ],
    [
      'a call that never was',
      { incident_type: 'kebakaran', location: RSUD_BENDAN, call_id: '00000000-0000-4000-8000-000000000000' },
      'call_id',
    ],
    ['a null character', { incident_type: 'kebakaran', location: RSUD_BENDAN, description: 'a\0b' }, 'description'],
  ])('refuses %s and names the field', async (_what, body, field) => {
    const count = async () => (await server.call<Incident[]>('GET', '/api/incidents', { token: operator })).body.length
    const before = await count()
    const answer = await create(body)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(problemOf(answer.body).errors?.map((e) => e.field)).toContain(field)
    expect(await count()).toBe(before)
  })

  it('answers broken JSON with 400', async () => {
    const response = await fetch(`${server.url}/api/incidents`, {
      method: 'POST',
      body: '{"incident_type":',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
    })
    expect(response.status).toBe(400)
    expect(((await response.json()) as Problem).code).toBe('bad_json')
  })
})

describe('following an incident', () => {
  it('goes from received to closed, its states derived from its assignments', async () => {
    const { incident, recommendations } = await fire()
    const [unit] = recommendations.find((group) => group.agency_kind === 'damkar')?.units ?? []
    const sent = await server.call<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit.unit_id] },
    })
    expect(sent.status).toBe(201)
    expect(sent.body[0]).toMatchObject({ unit_id: unit.unit_id, status: 'notified' })
    expect(sent.body[0].eta_seconds).toBeCloseTo(unit.eta_seconds, 0)
    const dispatched = await look(incident.id)
    expect(dispatched.status).toBe('dispatched')
    expect(dispatched.verified_at).toBe(dispatched.dispatched_at)

    const [{ id }] = sent.body
    expect((await status(id, 'acknowledged')).status).toBe(200)
    expect((await look(incident.id)).status).toBe('dispatched')
    await status(id, 'en_route')
    expect((await look(incident.id)).status).toBe('handling')
    await status(id, 'on_scene')
    expect((await status(id, 'en_route')).status).toBe(409)
    await status(id, 'done')
    const resolved = await look(incident.id)
    expect(resolved.status).toBe('resolved')
    expect(resolved.resolved_at).toBe(resolved.assignments[0].done_at)
    const closed = await server.call<Incident>('PATCH', `/api/incidents/${incident.id}`, {
      token: operator,
      body: { status: 'closed' },
    })
    expect(closed.body).toMatchObject({ status: 'closed' })
  })

  it('refuses a unit that is busy, by name, and writes nothing of the rest', async () => {
    const [first, second] = [await fire(), await fire()]
    const units = first.recommendations.find((group) => group.agency_kind === 'damkar')?.units ?? []
    const [busy, idle] = units
    await server.call('POST', `/api/incidents/${first.incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [busy.unit_id] },
    })
    const refused = await server.call('POST', `/api/incidents/${second.incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [idle.unit_id, busy.unit_id] },
    })
    expect(refused.status).toBe(409)
    expect(problemOf(refused.body).detail).toContain(busy.callsign)
    expect((await look(second.incident.id)).assignments).toEqual([])
    await server.call('PATCH', `/api/incidents/${first.incident.id}`, { token: operator, body: { status: 'closed' } })
  })

  it('lets one of two operators win a unit', async () => {
    const [first, second] = [await fire(), await fire()]
    const [unit] = first.recommendations.find((group) => group.agency_kind === 'damkar')?.units ?? []
    const answers = await Promise.all(
      [first, second].map(({ incident }) =>
        server.call('POST', `/api/incidents/${incident.id}/assignments`, {
          token: operator,
          body: { unit_ids: [unit.unit_id] },
        }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
    for (const { incident } of [first, second])
      await server.call('PATCH', `/api/incidents/${incident.id}`, { token: supervisor, body: { status: 'cancelled' } })
  })

  it('goes back to verified when all decline, and keeps dispatched_at', async () => {
    const { incident, recommendations } = await fire()
    const [unit] = recommendations.find((group) => group.agency_kind === 'damkar')?.units ?? []
    const sent = await server.call<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit.unit_id] },
    })
    const [{ id }] = sent.body
    expect(problemOf((await status(id, 'declined')).body).errors?.[0].field).toBe('note')
    await status(id, 'declined', { note: 'pompa rusak' })
    const after = await look(incident.id)
    expect(after).toMatchObject({ status: 'verified', resolved_at: null })
    expect(after.dispatched_at).not.toBeNull()
  })

  it('frees its units when it is cancelled', async () => {
    const { incident, recommendations } = await fire()
    const [unit] = recommendations.find((group) => group.agency_kind === 'damkar')?.units ?? []
    await server.call('POST', `/api/incidents/${incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit.unit_id] },
    })
    await server.call('PATCH', `/api/incidents/${incident.id}`, { token: supervisor, body: { status: 'cancelled' } })
    const units = (
      await server.call<{ id: string; incident_id: string | null }[]>('GET', '/api/units', { token: operator })
    ).body
    expect(units.find((row) => row.id === unit.unit_id)?.incident_id).toBeNull()
  })

  it('undoes a duplicate', async () => {
    const [first, second] = [await fire(), await fire()]
    const path = `/api/incidents/${second.incident.id}`
    await server.call('PATCH', path, {
      token: operator,
      body: { status: 'duplicate', duplicate_of: first.incident.id },
    })
    expect(await look(second.incident.id)).toMatchObject({ status: 'duplicate', duplicate_of: first.incident.id })
    await server.call('PATCH', path, { token: operator, body: { duplicate_of: null } })
    expect(await look(second.incident.id)).toMatchObject({ status: 'received', duplicate_of: null })
  })

  it('an undone duplicate is what its assignments say', async () => {
    const [first, second] = [await fire(), await fire()]
    const path = `/api/incidents/${second.incident.id}`
    const units = second.recommendations.flatMap((group) => group.units.slice(0, 1).map((unit) => unit.unit_id))
    const sent = await server.call<Assignment[]>('POST', `${path}/assignments`, {
      token: operator,
      body: { unit_ids: units.slice(0, 2) },
    })
    await status(sent.body[0].id, 'done')
    const patch = (body: object) => server.call<Incident>('PATCH', path, { token: operator, body })
    await patch({ status: 'duplicate', duplicate_of: first.incident.id })
    expect((await patch({ duplicate_of: null })).body).toMatchObject({ status: 'resolved', duplicate_of: null })
    expect((await look(second.incident.id)).resolved_at).not.toBeNull()
    expect((await patch({ status: 'closed' })).status).toBe(200)
    await server.call('PATCH', `/api/incidents/${first.incident.id}`, {
      token: supervisor,
      body: { status: 'cancelled' },
    })
  })

  it('a unit called back on its way does not make the case handled', async () => {
    const { incident, recommendations } = await fire()
    const units = recommendations.flatMap((group) => group.units.slice(0, 1).map((unit) => unit.unit_id))
    const sent = await server.call<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: units.slice(0, 2) },
    })
    const [first, second] = sent.body
    await status(first.id, 'en_route')
    await status(second.id, 'acknowledged')
    expect((await look(incident.id)).status).toBe('handling')
    await status(first.id, 'cancelled')
    expect((await look(incident.id)).status).toBe('dispatched')
    await server.call('PATCH', `/api/incidents/${incident.id}`, { token: supervisor, body: { status: 'cancelled' } })
  })

  it('closing invents no end that nobody reported', async () => {
    const { incident, recommendations } = await fire()
    const [unit] = recommendations[0].units
    await server.call('POST', `/api/incidents/${incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit.unit_id] },
    })
    const closed = await server.call<Incident & { clocks: { opd: { state: string } } }>(
      'PATCH',
      `/api/incidents/${incident.id}`,
      { token: operator, body: { status: 'closed' } },
    )
    expect(closed.body).toMatchObject({ status: 'closed', resolved_at: null })
    expect(closed.body.clocks.opd.state).toBe('unknown')
  })

  it('closes a late entry that was never sent to by us, its lacking stages unknown', async () => {
    const late = await server.call<Created>('POST', '/api/incidents', {
      token: supervisor,
      body: {
        incident_type: 'kebakaran',
        location: RSUD_BENDAN,
        received_at: new Date(Date.now() - 30 * 3_600_000).toISOString(),
      },
    })
    expect(late.status).toBe(201)
    const closed = await server.call<Incident>('PATCH', `/api/incidents/${late.body.incident.id}`, {
      token: supervisor,
      body: { status: 'closed' },
    })
    expect(closed.body).toMatchObject({ status: 'closed', dispatched_at: null, resolved_at: null })
    const early = await fire()
    const refused = await server.call<Problem>('PATCH', `/api/incidents/${early.incident.id}`, {
      token: supervisor,
      body: { status: 'closed' },
    })
    expect(refused.status).toBe(409)
    await server.call('PATCH', `/api/incidents/${early.incident.id}`, {
      token: supervisor,
      body: { status: 'cancelled' },
    })
  })

  it.each([
    ['duplicate_of without its status', { duplicate_of: '11111111-1111-4111-8111-111111111111' }, 'duplicate_of'],
    ['handed_over_to without its status', { handed_over_to: 'Kab. Batang' }, 'handed_over_to'],
    ['an undo with another status', { duplicate_of: null, status: 'cancelled' }, 'status'],
  ])('refuses %s rather than passing it over', async (_what, body, field) => {
    const { incident } = await fire()
    const answer = await server.call<Problem>('PATCH', `/api/incidents/${incident.id}`, { token: operator, body })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((error) => error.field)).toEqual([field])
    await server.call('PATCH', `/api/incidents/${incident.id}`, { token: supervisor, body: { status: 'cancelled' } })
  })

  it('marks a hidden number that was seen later', async () => {
    const { incident } = await fire()
    const marked = await server.call<Incident>('PATCH', `/api/incidents/${incident.id}`, {
      token: operator,
      body: { number_hidden: true },
    })
    expect(marked.body.number_hidden).toBe(true)
    await server.call('PATCH', `/api/incidents/${incident.id}`, { token: supervisor, body: { status: 'cancelled' } })
  })

  it('takes no instants of the future in a late entry', async () => {
    const future = new Date(Date.now() + 3_600_000).toISOString()
    for (const field of ['dispatched_at', 'resolved_at']) {
      const { status, body } = await server.call<Problem>('POST', '/api/incidents', {
        token: supervisor,
        body: {
          incident_type: 'kebakaran',
          location: RSUD_BENDAN,
          dispatched_at: new Date().toISOString(),
          [field]: future,
        },
      })
      expect(status).toBe(422)
      expect(body.errors?.[0].field).toBe(field)
    }
  })

  it('asks for a stated verification where the number was hidden', async () => {
    const call = await server.call<{ id: string }>('POST', '/api/calls', {
      token: operator,
      body: { number_hidden: true },
    })
    const { incident, recommendations } = (
      await create({ incident_type: 'kebakaran', location: RSUD_BENDAN, call_id: call.body.id })
    ).body
    const [unit] = recommendations[0].units
    const send = (more: object) =>
      server.call('POST', `/api/incidents/${incident.id}/assignments`, {
        token: operator,
        body: { unit_ids: [unit.unit_id], ...more },
      })
    const refused = await send({})
    expect(refused.status).toBe(422)
    expect(problemOf(refused.body).errors?.[0].field).toBe('verified')
    expect((await send({ verified: true })).status).toBe(201)
    await server.call('PATCH', `/api/incidents/${incident.id}`, { token: supervisor, body: { status: 'cancelled' } })
  })

  it('keeps personal words from a screen, and out of the log', async () => {
    const secret = 'kata-rahasia-penelepon'
    const { incident } = (
      await create({
        incident_type: 'kebakaran',
        location: RSUD_BENDAN,
        description: secret,
        caller_name: secret,
        address_text: secret,
      })
    ).body
    const screen = await server.token('screen')
    const seen = await server.call('GET', `/api/incidents/${incident.id}`, { token: screen })
    expect(JSON.stringify(seen.body)).not.toContain(secret)
    expect(((await look(incident.id)) as unknown as { description: string }).description).toBe(secret)
    const client = await server.running.services.db.client()
    const { rows } = await client.query('select line from event order by seq')
    await client.end()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
})
