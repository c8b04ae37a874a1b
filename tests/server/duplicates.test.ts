import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { possibleDuplicate, type PossibleDuplicate } from '../../geo/wire/duplicates.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const [LON, LAT] = [109.662, -6.89154]
const at = (east_m = 0, north_m = 0) => ({
  type: 'Point',
  coordinates: [LON + east_m / 110_500, LAT + north_m / 111_195],
})
const SECRET = 'kata-rahasia-penelepon'

let server: TestServer
let operator: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
})
afterAll(() => server?.stop())

interface Created {
  incident: Incident
  possible_duplicates: PossibleDuplicate[]
}
const report = async (body: object = {}) =>
  (
    await server.call<Created>('POST', '/api/incidents', {
      token: operator,
      body: { incident_type: 'kebakaran', location: at(), ...body },
    })
  ).body
const cancel = (id: string) =>
  server.call('PATCH', `/api/incidents/${id}`, { token: operator, body: { status: 'cancelled' } })
const ask = async (query: Record<string, string | number> = {}) => {
  const text = new URLSearchParams({ lon: String(LON), lat: String(LAT), accuracy_m: '25', ...query } as Record<
    string,
    string
  >)
  return server.call<PossibleDuplicate[]>('GET', `/api/duplicates?${text.toString()}`, { token: operator })
}

describe('GET /api/duplicates', () => {
  it('names the open incident near, with what an operator needs to judge and nothing personal', async () => {
    const { incident } = await report({ caller_name: SECRET, description: SECRET, caller_number: '08120000112' })
    const { status, body } = await ask({ incident_type: 'kebakaran' })
    expect(status).toBe(200)
    const [found, ...others] = z.array(possibleDuplicate.strict()).parse(body)
    expect(others).toEqual([])
    expect(found).toMatchObject({
      incident_id: incident.id,
      number: incident.number,
      incident_type: 'kebakaran',
      status: 'received',
      place_label: incident.place_label,
      call_count: 1,
      distance_m: 0,
    })
    expect(Date.parse(found.received_at)).toBe(Date.parse(incident.received_at))
    expect(found.age_seconds).toBeLessThan(60)
    expect(found.probability).toBeGreaterThan(0.9)
    expect(found.probability).toBeLessThan(1)
    expect(JSON.stringify(body)).not.toMatch(/rahasia|08120000112/)
    await cancel(incident.id)
    expect((await ask()).body).toEqual([])
  })

  it('falls with distance, time and another kind; a wide circle reaches farther', async () => {
    const { incident } = await report()
    const p = async (query: Record<string, string | number>) => (await ask(query)).body[0]?.probability ?? 0
    const lonAt = (east_m: number) => at(east_m).coordinates[0]
    const [here, near, far] = [await p({}), await p({ lon: lonAt(250) }), await p({ lon: lonAt(900) })]
    expect(here).toBeGreaterThan(near)
    expect(near).toBeGreaterThan(far)
    expect(far).toBe(0)
    expect(await p({ lon: lonAt(900), accuracy_m: 1_500, incident_type: 'kebakaran' })).toBeGreaterThan(0.1)
    const kinds = { lon: lonAt(250) }
    expect(await p({ ...kinds, incident_type: 'kebakaran' })).toBeGreaterThan(await p(kinds))
    expect(await p({ ...kinds, incident_type: 'ular' })).toBeLessThan(await p(kinds))
    const later = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    expect(await p({ ...kinds, incident_type: 'kebakaran', at: later(2) })).toBeLessThan(
      await p({ ...kinds, incident_type: 'kebakaran' }),
    )
    expect(await p({ at: later(6) })).toBe(0)
    await cancel(incident.id)
  })

  it('gives at most five, likeliest first, and they share what one report can be', async () => {
    const made = []
    for (let i = 0; i < 7; i++) made.push((await report({ location: at(i * 40) })).incident)
    const { body } = await ask()
    expect(body.length).toBeGreaterThan(1)
    expect(body.length).toBeLessThanOrEqual(5)
    expect(body[0].incident_id).toBe(made[0].id)
    const stated = body.map((each) => each.probability)
    expect(stated).toEqual([...stated].sort((a, b) => b - a))
    expect(stated.reduce((sum, each) => sum + each, 0)).toBeLessThan(1.05)
    for (const each of stated) expect(each).toBeGreaterThanOrEqual(0.1)
    for (const { id } of made) await cancel(id)
  })

  it('is what saving the same report answers', async () => {
    const first = (await report()).incident
    const typed = (await ask({ incident_type: 'kebakaran', lon: at(60).coordinates[0], accuracy_m: 40 })).body
    const saved = await report({ location: at(60), accuracy_m: 40 })
    expect(z.array(possibleDuplicate.strict()).parse(saved.possible_duplicates)).toHaveLength(1)
    const [a, b] = [typed[0], saved.possible_duplicates[0]]
    expect({ ...b, age_seconds: 0, probability: 0 }).toEqual({ ...a, age_seconds: 0, probability: 0 })
    expect(b.probability).toBeCloseTo(a.probability, 1)
    // What was said not to be one is not proposed when the other asks either; merging takes it off the open ones.
    await server.call('PATCH', `/api/incidents/${saved.incident.id}`, {
      token: operator,
      body: { status: 'duplicate', duplicate_of: first.id },
    })
    expect((await ask()).body.map((each) => [each.incident_id, each.call_count])).toEqual([[first.id, 2]])
    await cancel(first.id)
  })

  it('sees nothing of the other world', async () => {
    const { db, now } = server.running.services
    await db.value('incident_create', {
      input: { incident_type: 'kebakaran', lon: LON, lat: LAT, accuracy_m: 10 },
      actor: 'demo',
      now: now(),
      simulated: true,
    })
    expect((await ask()).body).toEqual([])
  })

  it.each([
    ['no point', { lon: '' }, 'lon'],
    ['a latitude beyond the earth', { lat: 91 }, 'lat'],
    ['no number', { lat: 'utara' }, 'lat'],
    ['a negative accuracy', { accuracy_m: -1 }, 'accuracy_m'],
    ['an accuracy wider than the world', { accuracy_m: 1e9 }, 'accuracy_m'],
    ['no time', { at: 'kemarin' }, 'at'],
  ])('refuses %s by its field', async (_what, query, field) => {
    const { status, body } = (await ask(query as Record<string, string>)) as unknown as {
      status: number
      body: Problem
    }
    expect(status).toBe(422)
    expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]))
  })
})
