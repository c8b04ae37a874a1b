import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const AT = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] })
let server: TestServer
let operator: string
let ids: string[]
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.token('operator')
  ids = []
  for (const [incident_type, location] of [
    ['kebakaran', AT(109.662, -6.89154)],
    ['ular', AT(109.68, -6.87)],
    ['rob', AT(109.7, -6.88)],
  ] as const) {
    const call = await server.call<{ id: string }>('POST', '/api/calls', { token: operator, body: {} })
    const made = await server.call<{ incident: Incident; recommendations: { units: { unit_id: string }[] }[] }>(
      'POST',
      '/api/incidents',
      {
        token: operator,
        body: { incident_type, location, call_id: call.body.id },
      },
    )
    ids.push(made.body.incident.id)
    const unit = made.body.recommendations.flatMap((group) => group.units)[0]
    if (unit)
      await server.call('POST', `/api/incidents/${made.body.incident.id}/assignments`, {
        token: operator,
        body: { unit_ids: [unit.unit_id] },
      })
  }
  const supervisor = await server.token('supervisor')
  await server.call('PATCH', `/api/incidents/${ids[2]}`, { token: supervisor, body: { status: 'cancelled' } })
})
afterAll(() => server?.stop())

const list = async (query: string) =>
  (await server.call<Incident[]>('GET', `/api/incidents${query}`, { token: operator })).body

describe('GET /api/incidents', () => {
  it('answers each row as the row alone is answered', async () => {
    const rows = await list('')
    expect(rows.map((row) => row.id)).toEqual([...ids].reverse())
    for (const row of rows) {
      const alone = await server.running.services.db.one<{ incident: Incident }>('incident_get', {
        id: row.id,
        simulated: false,
      })
      expect(row).toMatchObject(alone.incident)
      expect(row.call_count).toBe(1)
    }
  })
  it('picks by state, box and time', async () => {
    expect((await list('?status=open')).map((row) => row.id)).toEqual([ids[1], ids[0]])
    expect((await list('?status=cancelled')).map((row) => row.id)).toEqual([ids[2]])
    expect((await list('?bbox=109.67,-6.88,109.69,-6.86')).map((row) => row.id)).toEqual([ids[1]])
    expect(await list(`?since=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`)).toEqual([])
  })
  it.each([
    ['?bbox=1,2,3', 'bbox'],
    ['?bbox=109.67,-6.88,109.69,', 'bbox'],
    ['?status=terbakar', 'status'],
    ['?since=kemarin', 'since'],
    ['?limit=0', 'limit'],
  ])('refuses %s and names the field', async (query, field) => {
    const answer = await server.call<{ errors: { field: string }[] }>('GET', `/api/incidents${query}`, {
      token: operator,
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].field).toBe(field)
  })
})
