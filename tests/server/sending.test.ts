import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REASON_CODES } from '../../geo/dispatch/reasons.ts'
import type { Recommendation } from '../../geo/dispatch/types.ts'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { LiveEvent } from '../../geo/wire/live.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { problem, type Problem } from '../../geo/wire/problem.ts'
import type { ServerMessage } from '../../geo/wire/live.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let operator: string
let supervisor: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  supervisor = await server.token('supervisor')
})
afterAll(() => server?.stop())

type Case = Incident & { recommendations: Recommendation[] }
/** A case of its own; places lie a little apart, so that no two are one event. */
let made = 0
async function report(incident_type = 'kebakaran'): Promise<Case> {
  made++
  const { status, body } = await server.call<{ incident: Incident; recommendations: Recommendation[] }>(
    'POST',
    '/api/incidents',
    {
      token: operator,
      body: {
        incident_type,
        location: { type: 'Point', coordinates: [109.662 + (made % 7) * 0.004, -6.8915 + (made % 5) * 0.003] },
        accuracy_m: 5,
      },
    },
  )
  expect(status).toBe(201)
  return { ...body.incident, recommendations: body.recommendations }
}
const send = <T = Assignment[]>(to: Incident, body: object) =>
  server.call<T>('POST', `/api/incidents/${to.id}/assignments`, { token: operator, body })
const look = async ({ id }: Incident) =>
  (await server.call<Incident>('GET', `/api/incidents/${id}`, { token: operator })).body
const patch = (of: Incident, body: object) =>
  server.call<Incident>('PATCH', `/api/incidents/${of.id}`, { token: supervisor, body })
const progress = (id: string, status: string, note?: string) =>
  server.call<Assignment>('POST', `/api/assignments/${id}/status`, { token: supervisor, body: { status, note } })
const unitNow = async (id: string) => {
  const { body } = await server.call<Unit[]>('GET', '/api/units', { token: operator })
  const unit = body.find((each) => each.id === id)
  if (!unit) throw new Error('no such unit')
  return unit
}
const firstOf = (of: Case, kind = 'psc119') => {
  const group = of.recommendations.find(({ agency_kind }) => agency_kind === kind)
  if (!group) throw new Error(`nobody of ${kind}`)
  return group.units[0]
}
const refused = (answer: { status: number; body: unknown }, status: number): Problem => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  return problem.parse(answer.body)
}

/** A unit on its first job, and another case that wants it. */
async function busy(): Promise<{ first: Case; second: Case; unit_id: string; assignment: Assignment }> {
  const first = await report('sakit_mendadak')
  const { unit_id } = firstOf(first)
  const [assignment] = (await send(first, { unit_ids: [unit_id] })).body
  return { first, second: await report('sakit_mendadak'), unit_id, assignment }
}
const word = (unit_id: string, job: Incident, first_job: 'free' | 'keep', queued_incident_id?: string) => ({
  unit_ids: [unit_id],
  override_reason: 'unit_lebih_sesuai',
  busy: [{ unit_id, incident_id: job.id, first_job, ...(queued_incident_id ? { queued_incident_id } : {}) }],
})
const end = async (...cases: Incident[]) => {
  for (const each of cases) await patch(each, { status: 'cancelled' })
}

describe('a unit that is on a job', () => {
  it('is never sent without a word: 409 says what it does, where, since when and by whom', async () => {
    const { first, second, unit_id } = await busy()
    const said = refused(await send(second, { unit_ids: [unit_id], override_reason: 'permintaan_opd' }), 409)
    expect(said).toMatchObject({ code: 'unit_busy', errors: [{ field: 'unit_ids' }] })
    expect(said.busy_units).toEqual([
      expect.objectContaining({
        unit_id,
        incident_id: first.id,
        number: first.number,
        incident_status: 'dispatched',
        assignment_status: 'notified',
        place_label: first.place_label,
        others: 0,
        queued: null,
        assigned_by: expect.stringMatching(/^operator:/),
      }),
    ])
    expect((await look(second)).assignments).toEqual([])
    await end(first, second)
  })

  it('is freed by a word: the first case goes back to verified in the same moment, and everybody is told', async () => {
    const { first, second, unit_id, assignment } = await busy()
    const before = (await look(first)).dispatched_at
    const live = await readLive(server.url, { token: operator })
    await live.until((message) => message.type === 'snapshot')
    const sent = await send(second, word(unit_id, first, 'free'))
    expect(sent.status, JSON.stringify(sent.body)).toBe(201)
    expect(await look(first)).toMatchObject({
      status: 'verified',
      dispatched_at: before,
      assignments: [{ id: assignment.id, status: 'cancelled' }],
    })
    expect(await unitNow(unit_id)).toMatchObject({ incident_id: second.id, assignment_id: sent.body[0].id })
    const told =
      (id: string) =>
      (m: ServerMessage): m is LiveEvent =>
        m.type === 'event' && m.incident?.id === id
    expect(await live.until(told(first.id))).toMatchObject({
      kind: 'assignment.cancelled',
      incident: { status: 'verified' },
      units: [{ incident_id: second.id }],
    })
    expect(await live.until(told(second.id))).toMatchObject({ kind: 'assignment.created' })
    live.close()
    const client = await server.running.services.db.client()
    const { rows } = await client.query<{ line: string }>(
      `select line from event where incident_id = $1 order by seq desc limit 1`,
      [first.id],
    )
    await client.end()
    expect(JSON.parse(rows[0].line)).toMatchObject({
      body: { reason: `dibebaskan untuk ${second.number}`, because_of: second.id },
    })
    await end(first, second)
  })

  it('keeps its first job by a word, stands in line, and goes on when the first ends', async () => {
    const { first, second, unit_id, assignment } = await busy()
    const sent = await send(second, word(unit_id, first, 'keep'))
    expect(sent.status, JSON.stringify(sent.body)).toBe(201)
    expect(sent.body[0]).toMatchObject({
      status: 'notified',
      queued_behind: { incident_id: first.id, number: first.number },
      promoted_at: null,
    })
    expect(await unitNow(unit_id)).toMatchObject({ incident_id: first.id, queued_incident_id: second.id })
    expect(await look(second)).toMatchObject({ status: 'dispatched' })
    // It is nobody's to send: named with its job, and no part of what the case has.
    const third = await report('sakit_mendadak')
    const listed = third.recommendations[0].excluded.find((unit) => unit.unit_id === unit_id)
    expect(listed).toMatchObject({ code: 'busy', reason: expect.stringContaining(first.number) })
    expect(listed?.reason).toContain(second.number)
    const { body: here } = await server.call<Recommendation[]>('GET', `/api/incidents/${second.id}/recommendations`, {
      token: operator,
    })
    expect(here[0].assigned).toBe(0)
    expect(here[0].excluded.find((unit) => unit.unit_id === unit_id)).toMatchObject({
      code: 'already_assigned',
      reason: expect.stringContaining(`sesudah ${first.number}`),
    })
    // The crew may say that it knows, not that it drives.
    expect((await progress(sent.body[0].id, 'acknowledged')).status).toBe(200)
    expect(refused(await progress(sent.body[0].id, 'en_route'), 409).detail).toContain(first.number)

    const live = await readLive(server.url, { token: operator })
    await live.until((message) => message.type === 'snapshot')
    await progress(assignment.id, 'done')
    const moved = await live.until(
      (m): m is LiveEvent => m.type === 'event' && m.kind === 'assignment.promoted' && m.incident?.id === second.id,
    )
    expect(moved.units).toContainEqual(expect.objectContaining({ id: unit_id, incident_id: second.id }))
    live.close()
    const [promoted] = (await look(second)).assignments
    expect(promoted).toMatchObject({ status: 'acknowledged', queued_behind: null })
    expect(promoted.promoted_at).not.toBeNull()
    expect((await progress(promoted.id, 'en_route')).status).toBe(200)
    await end(first, second, third)
  })

  it.each([
    ['closed', {}],
    ['cancelled', {}],
    ['handed_over', { handed_over_to: '112 Kab. Batang' }],
    ['duplicate', {}],
  ] as const)('goes on to what it stands in line for when its first case is %s', async (status, more) => {
    const { first, second, unit_id } = await busy()
    const other = status === 'duplicate' ? { duplicate_of: (await report('sakit_mendadak')).id } : {}
    await send(second, word(unit_id, first, 'keep'))
    expect((await patch(first, { status, ...more, ...other })).status).toBe(200)
    expect(await unitNow(unit_id)).toMatchObject({ incident_id: second.id, queued_incident_id: null })
    expect((await look(second)).assignments).toMatchObject([{ status: 'notified', queued_behind: null }])
    // Its second case ends too: nothing stays bound.
    await patch(second, { status: 'closed' })
    expect(await unitNow(unit_id)).toMatchObject({ incident_id: null, assignment_id: null })
  })

  it.each(['closed', 'cancelled', 'handed_over', 'duplicate'] as const)(
    'leaves the line when the case it waits for is %s, and stays on its first',
    async (status) => {
      const { first, second, unit_id } = await busy()
      const more =
        status === 'handed_over'
          ? { handed_over_to: '112 Kab. Batang' }
          : status === 'duplicate'
            ? { duplicate_of: first.id }
            : {}
      await send(second, word(unit_id, first, 'keep'))
      expect((await patch(second, { status, ...more })).status).toBe(200)
      expect(await unitNow(unit_id)).toMatchObject({ incident_id: first.id, queued_incident_id: null })
      expect((await look(second)).assignments).toMatchObject([{ status: 'cancelled' }])
      await end(first)
    },
  )

  it('declines out of the line, or is sent on when it declines its first job', async () => {
    const one = await busy()
    const [inLine] = (await send(one.second, word(one.unit_id, one.first, 'keep'))).body
    await progress(inLine.id, 'declined', 'awak lelah')
    expect(await look(one.second)).toMatchObject({ status: 'verified' })
    expect(await unitNow(one.unit_id)).toMatchObject({ incident_id: one.first.id, queued_incident_id: null })
    await end(one.first, one.second)
    const two = await busy()
    await send(two.second, word(two.unit_id, two.first, 'keep'))
    await progress(two.assignment.id, 'declined', 'ban bocor')
    expect(await unitNow(two.unit_id)).toMatchObject({ incident_id: two.second.id })
    await end(two.first, two.second)
  })

  it('has one in line at most; who frees it says so knowing of that one, which then waits behind the new job', async () => {
    const { first, second, unit_id } = await busy()
    await send(second, word(unit_id, first, 'keep'))
    const third = await report('sakit_mendadak')
    for (const body of [
      word(unit_id, first, 'keep'),
      word(unit_id, first, 'keep', second.id),
      word(unit_id, first, 'free'),
      word(unit_id, second, 'free'),
    ]) {
      const said = refused(await send(third, body), 409)
      expect(said).toMatchObject({ code: 'unit_busy', busy_units: [{ queued: { number: second.number } }] })
    }
    expect((await send(third, word(unit_id, first, 'free', second.id))).status).toBe(201)
    expect(await unitNow(unit_id)).toMatchObject({ incident_id: third.id, queued_incident_id: second.id })
    expect((await look(second)).assignments[0].queued_behind?.number).toBe(third.number)
    expect((await look(first)).status).toBe('verified')
    await end(third)
    expect(await unitNow(unit_id)).toMatchObject({ incident_id: second.id })
    await end(first, second)
  })

  it.each([
    ['a word about a unit that is not sent', { unit_id: '00000000-0000-4000-8000-000000000000' }, 'busy.0.unit_id'],
    ['a word that is none', { first_job: 'forget' }, 'busy.0.first_job'],
    ['a word about no job', { incident_id: 'x' }, 'busy.0.incident_id'],
    ['something more', { silently: true }, 'busy.0.silently'],
  ])('refuses %s by name', async (_what, over, field) => {
    const { first, second, unit_id } = await busy()
    const [known] = word(unit_id, first, 'free').busy
    const said = refused(await send(second, { unit_ids: [unit_id], busy: [{ ...known, ...over }] }), 422)
    expect(said.errors?.[0].field).toBe(field)
    await end(first, second)
  })
})

describe('two operators want one unit in the same moment', () => {
  const ROUNDS = 20
  it(`one wins and the other hears at once who and with what, ${ROUNDS} rounds of every mixture`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const mixture = (['none', 'free', 'keep', 'mixed'] as const)[round % 4]
      const { first, second, unit_id } =
        mixture === 'none'
          ? await report('sakit_mendadak').then(async (one) => ({
              first: one,
              second: await report('sakit_mendadak'),
              unit_id: firstOf(one).unit_id,
            }))
          : await busy()
      const [a, b] = mixture === 'none' ? [first, second] : [second, await report('sakit_mendadak')]
      const body = (i: number) =>
        mixture === 'none'
          ? { unit_ids: [unit_id], override_reason: 'akses_jalan' }
          : word(unit_id, first, mixture === 'mixed' ? (i === 0 ? 'free' : 'keep') : mixture)
      const answers = await Promise.all([a, b].map((to, i) => send<Assignment[] | Problem>(to, body(i))))
      expect(answers.map(({ status }) => status).sort(), mixture).toEqual([201, 409])
      const [winner, loser] = answers[0].status === 201 ? [a, answers[1]] : [b, answers[0]]
      const said = refused(loser, 409)
      expect(said.code).toBe('unit_busy')
      const told = said.busy_units?.[0]
      expect([told?.number, told?.queued?.number]).toContain(winner.number)
      expect(told?.assigned_by).toMatch(/^operator:/)
      await end(a, b, first)
      expect(await unitNow(unit_id)).toMatchObject({ incident_id: null, queued_incident_id: null })
    }
  })

  it('two fleets in opposite order, words and ends across each other: no statement waits for ever', async () => {
    const [a, b] = [await report(), await report()]
    const units = a.recommendations[0].units.map(({ unit_id }) => unit_id)
    const both = await Promise.all([
      send(a, { unit_ids: units, override_reason: 'lainnya', override_words: 'semua' }),
      send(b, { unit_ids: [...units].reverse(), override_reason: 'lainnya', override_words: 'semua' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const [held, wants] = both[0].status === 201 ? [a, b] : [b, a]
    const last = await report()
    const words = (first_job: 'free' | 'keep') => ({
      unit_ids: units,
      override_reason: 'permintaan_opd',
      busy: units.map((unit_id) => ({ unit_id, incident_id: held.id, first_job })),
    })
    const answers = await Promise.all([
      send(wants, words('keep')),
      send(last, words('free')),
      patch(held, { status: 'cancelled' }),
    ])
    for (const { status } of answers) expect([200, 201, 409]).toContain(status)
    await end(a, b, last)
    for (const id of units) expect((await unitNow(id)).incident_id).toBeNull()
    const client = await server.running.services.db.client()
    const { rows } = await client.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    )
    await client.end()
    expect(Number(rows[0]?.deadlocks ?? 0)).toBe(0)
  })
})

describe('a reason', () => {
  const decisions = async ({ id }: Incident) => {
    const client = await server.running.services.db.client()
    const { rows } = await client.query(`select * from dispatch_decision where incident_id = $1 order by made_at`, [id])
    await client.end()
    return rows as Record<string, unknown>[]
  }

  it('is owed when somebody else than the first is sent, by name and with the list; any of these is taken', async () => {
    const cases = [await report('sakit_mendadak')]
    const [first, ...others] = cases[0].recommendations[0].units
    const last = others[others.length - 1]
    expect(last.eta_seconds + last.turnout_seconds).toBeGreaterThan(first.eta_seconds + first.turnout_seconds + 10)
    const said = refused(await send(cases[0], { unit_ids: [last.unit_id] }), 422)
    expect(said).toMatchObject({ code: 'reason_owed', errors: [{ field: 'override_reason' }] })
    expect(said.override_reasons).toEqual(REASON_CODES)
    expect((await look(cases[0])).assignments).toEqual([])
    refused(await send(cases[0], { unit_ids: [last.unit_id], override_reason: 'lainnya' }), 422)
    expect((await send(cases[0], { unit_ids: [last.unit_id], override_reason: 'akses_jalan' })).status).toBe(201)
    await end(...cases)
  })

  it('is not owed for the first, for more than was needed, for word to an agency, or for a kind nobody asked for', async () => {
    const one = await report('sakit_mendadak')
    const [first, , third] = one.recommendations[0].units
    expect((await send(one, { unit_ids: [first.unit_id, third.unit_id] })).status).toBe(201)
    await end(one)
    const two = await report('sakit_mendadak')
    const { body: agencies } = await server.call<{ id: string; code: string }[]>('GET', '/api/agencies', {
      token: operator,
    })
    const psc = agencies.find(({ code }) => code === 'psc119')
    expect((await send(two, { agency_ids: [psc?.id] })).status).toBe(201)
    await end(two)
    const three = await report('sakit_mendadak')
    const { body: units } = await server.call<Unit[]>('GET', '/api/units', { token: operator })
    const unasked = units.filter(({ agency_kind }) => agency_kind === 'dlh').at(-1)
    expect((await send(three, { unit_ids: [unasked?.id] })).status).toBe(201)
    expect((await decisions(three))[0]).toMatchObject({ outcome: 'none' })
    await end(three)
  })

  it('is kept with all that was known: everybody considered, ages, sources, times, rule, routing, closures, who', async () => {
    const one = await report('sakit_mendadak')
    const [first, second] = one.recommendations[0].units
    await send(one, { unit_ids: [second.unit_id], override_reason: 'Awak berpengalaman dengan pasien ini' })
    const [kept] = await decisions(one)
    expect(kept).toMatchObject({
      outcome: 'other',
      reason_code: 'lainnya',
      override_reason: 'Awak berpengalaman dengan pasien ini',
      routing: 'own',
      closures_in_force: 0,
      rule_version: 'eta+turnout/2',
      actor: expect.stringMatching(/^operator:/),
      chosen: [{ unit_id: second.unit_id, callsign: second.callsign, eta_seconds: expect.any(Number) }],
      verdicts: [{ agency_kind: 'psc119', outcome: 'other', firsts: [{ unit_id: first.unit_id }] }],
    })
    const [group] = kept.candidates as Recommendation[]
    const fleet = (await server.call<Unit[]>('GET', '/api/units', { token: operator })).body.filter(
      ({ agency_kind }) => agency_kind === 'psc119',
    )
    expect(group.units.length + group.excluded.length).toBe(fleet.length)
    expect(kept.considered).toBe(fleet.length)
    for (const unit of group.units)
      expect(unit).toMatchObject({
        position_source: 'station',
        position_age_seconds: null,
        eta_seconds: expect.any(Number),
      })
    await end(one)
  })

  it('in words stays out of the log; its code does not', async () => {
    const one = await report('sakit_mendadak')
    const { unit_id } = one.recommendations[0].units[1]
    await send(one, {
      unit_ids: [unit_id],
      override_reason: 'informasi_lapangan',
      override_words: 'kata-pribadi-Bu-Anu',
    })
    const client = await server.running.services.db.client()
    const { rows } = await client.query<{ line: string }>('select line from event where incident_id = $1', [one.id])
    await client.end()
    const log = rows.map(({ line }) => line).join()
    expect(log).not.toContain('kata-pribadi')
    expect(log).toContain('informasi_lapangan')
    await end(one)
  })
})
