import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Picture } from '../../../client/state/picture.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import type { Snapshot } from '../../../geo/wire/live.ts'
import { seededRandom } from '../../helpers/random.ts'
import { readLive, startTestServer, type TestServer } from '../../helpers/server.ts'

interface Made {
  incident: Incident
  recommendations: { units: { unit_id: string }[] }[]
}
const ACTIVE = ['notified', 'acknowledged', 'en_route', 'on_scene']
const STEPS = [...ACTIVE, 'done']
const CHANGES = 60

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.token('admin')
})
afterAll(() => server?.stop())

const random = seededRandom(112)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
/** What chance asks for a second time is refused, and no more. */
async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await server.call<T>(method, path, { token: admin, body })
  expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toSatisfy(
    (status: number) => status < 300 || status === 409,
  )
  return answer.body
}
const isSnapshot = (message: { type: string }): message is Snapshot => message.type === 'snapshot'

/** One thing that happens in a room: a case, a call, a unit sent or further, a merge, a request for help, a road closed. */
async function happen(open: Incident[], wished?: string): Promise<void> {
  const what =
    wished ??
    pick(['case', 'case', 'case', 'send', 'step', 'step', 'merge', 'help', 'call', 'close', 'road', 'position'])
  const incident = open.length > 0 ? pick(open) : null
  const { assignments } = incident ? await ask<Incident>('GET', `/api/incidents/${incident.id}`) : { assignments: [] }
  const active = assignments.find(({ status }) => ACTIVE.includes(status))
  if (what === 'case' || incident === null) {
    const made = await ask<Made>('POST', '/api/incidents', {
      incident_type: pick(['kebakaran', 'kecelakaan', 'ular', 'banjir']),
      location: { type: 'Point', coordinates: [109.66 + random() * 0.03, -6.9 + random() * 0.02] },
    })
    open.push(made.incident)
    return
  }
  if (what === 'send') {
    const groups = await ask<Made['recommendations']>('GET', `/api/incidents/${incident.id}/recommendations`)
    const [unit] = groups.flatMap(({ units }) => units)
    if (unit)
      await ask('POST', `/api/incidents/${incident.id}/assignments`, {
        unit_ids: [unit.unit_id],
        override_words: 'uji coba',
      })
  } else if (what === 'step' && active) {
    const next = STEPS[STEPS.indexOf(active.status) + 1]
    if (next) await ask('POST', `/api/assignments/${active.id}/status`, { status: next })
  } else if (what === 'merge' && open.length > 1 && active === undefined) {
    const into = open.find(({ id }) => id !== incident.id)
    await ask('PATCH', `/api/incidents/${incident.id}`, { status: 'duplicate', duplicate_of: into?.id })
    open.splice(open.indexOf(incident), 1)
  } else if (what === 'help' && active) {
    await ask('POST', `/api/incidents/${incident.id}/help`, {
      ...{ agency_id: active.agency_id, agency_kind: 'pmi', quantity: 1, words: 'butuh bantuan' },
    })
  } else if (what === 'call') {
    await ask('POST', '/api/calls', { caller_number: '0285000112', line: '112-1' })
  } else if (what === 'close' && active === undefined) {
    await ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' })
    open.splice(open.indexOf(incident), 1)
  } else if (what === 'road') {
    const starts_at = server.running.services.now()
    await ask('POST', '/api/closures', {
      ...{ kind: 'road', reason: 'uji coba', geometry: { type: 'Point', coordinates: [109.67, -6.89] } },
      starts_at: starts_at.toISOString(),
      ends_at: new Date(starts_at.getTime() + 3_600_000).toISOString(),
    })
  } else if (what === 'position') {
    const [{ callsign }] = await ask<{ callsign: string }[]>('GET', '/api/units')
    await ask('POST', '/api/positions', [
      { callsign, location: { type: 'Point', coordinates: [109.67 + random() * 0.001, -6.89] } },
    ])
  }
}

/** What a page holds that joined now and heard every line up to the head. */
async function joined(): Promise<{ picture: Picture; snapshot: Snapshot }> {
  const { seq } = await server.running.services.db.one<{ seq: number }>('live_head')
  const reader = await readLive(server.url, { token: admin })
  const snapshot = await reader.until(isSnapshot)
  await reader.until((message) => message.type === 'heartbeat' && message.seq >= seq)
  const picture = new Picture()
  for (const message of reader.messages) expect(picture.apply(message).restart).toBe(false)
  reader.close()
  expect(picture.seq).toBeGreaterThanOrEqual(seq)
  return { picture, snapshot }
}
const held = (picture: Picture) =>
  JSON.parse(
    JSON.stringify({
      incidents: [...picture.incidents.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      units: [...picture.units.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      closures: picture.closures,
      calls: [...picture.calls.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    }),
  ) as object

describe('the picture that a page begins with', () => {
  it('is the same whether it was read just now or kept, and each case in it as that case is told of alone', async () => {
    const open: Incident[] = []
    for (let n = 0; n < 8; n++) await happen(open)
    // Chance may leave these out.
    for (const incident of [...open]) for (const what of ['send', 'help']) await happen([incident], what)
    const early = await joined()
    for (let n = 0; n < CHANGES; n++) await happen(open)
    const kept = await joined()
    // Every line that was written before somebody comes is in what he begins with.
    expect(kept.snapshot.seq).toBeGreaterThanOrEqual(early.snapshot.seq + CHANGES / 2)
    expect(kept.snapshot.seq).toBe(kept.picture.seq)
    // What no line tells in full makes every page begin anew, and the server read anew for it.
    await ask('PUT', '/api/agency-kinds/pmi', { position_age_limit_seconds: 77 })
    await server.running.services.hub.nudge()
    const reread = await joined()
    expect(reread.snapshot.seq).toBe(reread.picture.seq)
    expect(held(kept.picture)).toEqual(held(reread.picture))
    const bare = ({ server_time: _time, seq: _seq, incident_types: _types, ...rest }: Snapshot) => rest
    expect(bare(kept.snapshot)).toEqual(bare(reread.snapshot))
    for (const incident of reread.snapshot.incidents) {
      const alone = await server.running.services.db.one<{ incident: Incident }>('incident_get', {
        id: incident.id,
        simulated: false,
      })
      expect(incident).toEqual(alone.incident)
    }
    expect(reread.snapshot.incidents.some(({ call_count }) => call_count > 1)).toBe(true)
    expect(reread.snapshot.incidents.some(({ help_requests }) => help_requests?.length)).toBe(true)
  })
})
