import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Assignment, Incident } from '../../geo/wire/incident.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const POINT = { type: 'Point', coordinates: [109.662, -6.89154] }
const NOW = () => new Date()

let server: TestServer
let supervisor: string
beforeAll(async () => {
  server = await startTestServer()
  supervisor = await server.token('supervisor')
})
afterAll(() => server?.stop())

/** What a demo leaves behind in a database that is then used for real: a case with a unit on its way. */
async function leaveDemo(unit_id: string): Promise<{ incident_id: string; assignment_id: string; call_id: string }> {
  const { db } = server.running.services
  const common = { actor: 'demo', now: NOW(), simulated: true }
  const { call } = await db.value<{ call: { id: string } }>('call_create', { ...common, input: {} })
  const { incident } = await db.value<{ incident: Incident }>('incident_create', {
    ...common,
    input: { incident_type: 'kebakaran', lon: 109.66, lat: -6.89, accuracy_m: 10, call_id: call.id },
  })
  const { assignments } = await db.value<{ assignments: Assignment[] }>('assignment_create', {
    ...common,
    id: incident.id,
    input: { units: [{ unit_id }] },
  })
  return { incident_id: incident.id, assignment_id: assignments[0].id, call_id: call.id }
}

describe('real among what a demo left', () => {
  it('its units are free, its cases nobody’s', async () => {
    const units = async () => (await server.call<Unit[]>('GET', '/api/units', { token: supervisor })).body
    const [unit] = (await units()).filter((each) => each.agency_kind === 'damkar')
    const left = await leaveDemo(unit.id)
    expect((await units()).find((each) => each.id === unit.id)?.incident_id).toBeNull()

    const made = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
      token: supervisor,
      body: { incident_type: 'kebakaran', location: POINT },
    })
    const sent = await server.call<Assignment[]>('POST', `/api/incidents/${made.body.incident.id}/assignments`, {
      token: supervisor,
      body: { unit_ids: [unit.id] },
    })
    expect(sent.status).toBe(201)
    expect((await units()).find((each) => each.id === unit.id)?.incident_id).toBe(made.body.incident.id)

    const refused = [
      await server.call('POST', `/api/assignments/${left.assignment_id}/status`, {
        token: supervisor,
        body: { status: 'acknowledged' },
      }),
      await server.call('PATCH', `/api/incidents/${left.incident_id}`, {
        token: supervisor,
        body: { status: 'cancelled' },
      }),
      await server.call('PATCH', `/api/calls/${left.call_id}`, { token: supervisor, body: { kind: 'prank' } }),
      await server.call('GET', `/api/incidents/${left.incident_id}`, { token: supervisor }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })
})
