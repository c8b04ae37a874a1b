import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Assignment, Incident, IncidentPrivate } from '../../geo/wire/incident.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const SECRET = 'kata-rahasia-penelepon'
const BODY = {
  incident_type: 'kebakaran',
  location: { type: 'Point', coordinates: [109.662, -6.89154] },
  caller_name: SECRET,
  description: SECRET,
}

let server: TestServer
let operator: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
})
afterAll(() => server?.stop())

type Created = { incident: Incident & Partial<IncidentPrivate>; recommendations: { units: { unit_id: string }[] }[] }
const create = (key: string) =>
  server.call<Created>('POST', '/api/incidents', { token: operator, body: BODY, headers: { 'idempotency-key': key } })
async function everything(table: string): Promise<string> {
  const client = await server.running.services.db.client()
  const { rows } = await client.query(`select to_jsonb(t)::text as row from ${table} t`)
  await client.end()
  return rows.map(({ row }) => row as string).join('\n')
}

describe('what a caller said', () => {
  it('rests in one place, and the same request brings it again', async () => {
    const [first, again] = [await create('sekali'), await create('sekali')]
    expect(again.body).toEqual(first.body)
    expect(first.body.incident.description).toBe(SECRET)
    for (const table of ['idempotency_key', 'event', 'incident', 'dispatch_decision'])
      expect(await everything(table)).not.toContain(SECRET)
    expect(await everything('incident_private')).toContain(SECRET)
  })

  it('is answered alike to all who ask at once under one key', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create('serentak')))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  })

  it('is seen by the OPD and the unit that were sent, not by others', async () => {
    const { incident, recommendations } = (await create('siapa')).body
    const { unit_id } = recommendations.flatMap((group) => group.units)[0]
    const units = (await server.call<{ id: string; agency_id: string }[]>('GET', '/api/units', { token: operator }))
      .body
    const sent = units.find((unit) => unit.id === unit_id)
    const other = units.find((unit) => unit.agency_id !== sent?.agency_id)
    const seenBy = async (role: 'dispatcher' | 'responder', unit: typeof sent) => {
      const token = await server.token(
        role,
        role === 'dispatcher' ? { agency_id: unit?.agency_id } : { unit_id: unit?.id },
      )
      return (await server.call<Partial<IncidentPrivate>>('GET', `/api/incidents/${incident.id}`, { token })).body
    }
    expect(await seenBy('dispatcher', sent)).not.toHaveProperty('description')
    const assigned = await server.call<Assignment[]>('POST', `/api/incidents/${incident.id}/assignments`, {
      token: operator,
      body: { unit_ids: [unit_id] },
    })
    expect(assigned.status).toBe(201)
    for (const role of ['dispatcher', 'responder'] as const) {
      expect((await seenBy(role, sent)).description).toBe(SECRET)
      expect(await seenBy(role, other)).not.toHaveProperty('description')
    }
  })

  it('a number does not get onto screens and into the log as whom a case was handed to', async () => {
    const { incident } = (await create('serah')).body
    const hand = (handed_over_to: string) =>
      server.call<unknown>('PATCH', `/api/incidents/${incident.id}`, {
        token: operator,
        body: { status: 'handed_over', handed_over_to },
      })
    const refused = await hand('Pak Anu 0812-000-112')
    expect(refused.status).toBe(422)
    expect((refused.body as Problem).errors?.[0].field).toBe('handed_over_to')
    expect((await hand('112 Kab. Batang')).body).toMatchObject({ status: 'handed_over' })
  })
})

describe('keys', () => {
  it('are forgotten after seven days', async () => {
    await create('lama')
    const { db, now } = server.running.services
    await db.rows('idempotency_purge', { before: new Date(now().getTime() - 7 * 86_400_000) })
    expect(await everything('idempotency_key')).toContain('lama')
    await db.rows('idempotency_purge', { before: new Date(now().getTime() + 1_000) })
    expect(await everything('idempotency_key')).not.toContain('lama')
  })
})
