import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '../../../client/console/state/call.svelte.ts'
import { Calls } from '../../../client/console/state/calls.svelte.ts'
import type { Attachment } from '../../../client/console/state/calls.svelte.ts'
import { callPatch, incidentPatch } from '../../../geo/wire/requests.ts'
import { anIncident } from '../fixtures.ts'
import { aDesk, ok, refusal, standIn } from './server.ts'
import type { Asked, Said } from './server.ts'

const TARGET = '33333333-3333-4333-8333-333333333333'
const ATTACH = { kind: 'attach', incident_id: TARGET, number: 'SIM-1' } as const
const TO_BATANG = { kind: 'hand_over', to: 'Kab. Batang' } as const
const PIN = {
  ...{ lon: 109.66, lat: -6.89, accuracy_m: 40, label: 'x', inside_city: true },
  ...{ source: 'place', settled: true },
} as const

/** A server that holds calls by their own ids and incidents by key; `fate` may lose or refuse instead. */
function aRoom() {
  const calls = new Map<string, Record<string, unknown>>()
  const incidents = new Map<string, Record<string, unknown>>()
  let fate: (asked: Asked) => Said | 'lost' | undefined = () => undefined
  const take = ({ method, path, body, key }: Asked): Said => {
    const given = body as Record<string, unknown>
    if (path === '/api/calls') {
      const id = String(given.id)
      if (!calls.has(id)) calls.set(id, { ...given })
      return ok({ id, kind: calls.get(id)?.kind ?? null }, 201)
    }
    if (path.startsWith('/api/calls/')) {
      callPatch.parse(body)
      const held = calls.get(path.split('/')[3])
      if (!held) return refusal('id', 'panggilan tidak ditemukan', 404)
      Object.assign(held, given)
      return ok({ id: held.id })
    }
    if (method === 'POST') {
      const held = incidents.get(key ?? '') ?? { ...given, incident: anIncident() }
      incidents.set(key ?? '', held)
      return ok({ incident: held.incident, possible_duplicates: [], recommendations: [] }, 201)
    }
    incidentPatch.parse(body)
    for (const held of incidents.values())
      if (path.endsWith((held.incident as { id: string }).id)) Object.assign(held, given)
    return ok({})
  }
  const server = standIn((asked) => {
    const said = fate(asked)
    if (said === undefined) return take(asked)
    if (said === 'lost') take(asked)
    return said === 'lost' ? 'away' : said
  })
  const attached: Attachment[] = []
  const saved: string[] = []
  const refused: Call[] = []
  return {
    server,
    calls: () => [...calls.values()],
    incidents: () => [...incidents.values()],
    fate: (next: typeof fate) => (fate = next),
    attached,
    saved,
    open: () =>
      new Calls(
        () => 0,
        {
          saved: ({ incident }) => void saved.push(`${incident.status} ${incident.handed_over_to}`),
          attached: (to) => void attached.push(to),
          refused: (call) => void refused.push(call),
        },
        desk.open(),
      ),
  }
}

function fill(call: Call) {
  Object.assign(call.fields, {
    ...{ incident_type: 'kebakaran', place_text: 'pasar', pin: PIN, description: 'api' },
    ...{ caller_number: '0285 1', caller_name: 'Sari' },
  })
}
const toCall = ({ method, path }: Asked) => method === 'PATCH' && path.startsWith('/api/calls/')
const ends = ({ method, path }: Asked) => method === 'PATCH' && path.startsWith('/api/incidents/')

let desk: ReturnType<typeof aDesk>
beforeEach(() => {
  vi.useFakeTimers()
  desk = aDesk()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('one more call about a known incident', () => {
  it('goes there with all that was typed, and makes no incident', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    await calls.save(call, false, true, ATTACH)
    expect(room.incidents()).toEqual([])
    expect(room.calls()).toMatchObject([
      {
        ...{ incident_id: TARGET, address_text: 'pasar', description: 'api', caller_name: 'Sari' },
        ...{ caller_number: '0285 1', accuracy_m: 40, location: { type: 'Point', coordinates: [109.66, -6.89] } },
      },
    ])
    expect(room.attached).toMatchObject([{ incident_id: TARGET, number: 'SIM-1', call_id: room.calls()[0].id }])
    expect(calls.all).toEqual([])
  })

  it('needs neither a type nor a pin', async () => {
    const room = aRoom()
    const calls = room.open()
    await calls.save(calls.begin(), false, true, ATTACH)
    expect(room.attached).toHaveLength(1)
  })

  it('survives an outage, a lost registration and a reload, and is one call', async () => {
    const room = aRoom()
    room.fate(({ path }) => (path === '/api/calls' ? 'lost' : 'away'))
    const before = room.open()
    const call = before.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    await before.save(call, false, true, ATTACH)
    expect(before.unsent).toEqual([call])
    call.fields.description = 'api, dua orang'
    before.keep()
    before.close()
    const after = room.open()
    expect(after.unsent[0]?.course).toEqual(ATTACH)
    room.fate((asked) => (toCall(asked) ? 'lost' : undefined))
    after.reach(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(after.unsent).toHaveLength(1)
    room.fate(() => undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(after.all).toEqual([])
    expect(room.incidents()).toEqual([])
    expect(room.calls()).toMatchObject([{ incident_id: TARGET, description: 'api, dua orang' }])
  })

  it('may become an incident of its own once it is refused', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    room.fate((asked) => (toCall(asked) ? refusal('incident_id', 'kejadian sudah ditutup', 409) : undefined))
    await calls.save(call, false, true, ATTACH)
    expect(call.notice).toMatch(/sudah ditutup/)
    expect(call).toMatchObject({ state: 'refused', may_attach: true })
    room.fate(() => undefined)
    await calls.save(call, false)
    expect(room.incidents()).toMatchObject([{ description: 'api', call_id: room.calls()[0].id }])
    expect(room.attached).toEqual([])
  })

  it('is not open to a call that may be an incident already', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    room.fate(({ path }) => (path === '/api/incidents' ? 'lost' : undefined))
    await calls.save(call, false)
    expect(call.may_attach).toBe(false)
    await calls.save(call, false, true, ATTACH)
    room.fate(() => undefined)
    calls.reach(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(room.attached).toEqual([])
    expect(room.incidents()).toHaveLength(1)
  })

  it('comes back as a form when it is detached', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    await calls.save(call, false, true, ATTACH)
    const back = calls.bringBack(room.attached[0].kept)
    expect(calls.front).toBe(back)
    expect(back).toMatchObject({ state: 'typing', call_id: room.calls()[0].id, fields: { description: 'api' } })
    await calls.save(back, false)
    expect(room.incidents()).toMatchObject([{ call_id: room.calls()[0].id }])
  })
})

describe('a call that was marked as no incident', () => {
  it('comes back as one form, however often that is pressed before the server answers', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    await calls.discard(call, 'prank')
    expect(calls.marked).toMatchObject({ kind: 'prank' })
    await Promise.all([calls.unmark(), calls.unmark()])
    expect(calls.all).toMatchObject([{ call_id: room.calls()[0].id, fields: { description: 'api' } }])
    expect(calls.marked).toBeNull()
  })
})

describe('a call about what lies outside', () => {
  it('is an incident that is handed over', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    await calls.save(call, false, true, TO_BATANG)
    expect(room.incidents()).toMatchObject([{ status: 'handed_over', handed_over_to: 'Kab. Batang' }])
    expect(room.saved).toEqual(['handed_over Kab. Batang'])
  })

  it('is handed over though the answer to that is lost, and through a reload', async () => {
    const room = aRoom()
    const before = room.open()
    const call = before.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    room.fate((asked) => (ends(asked) ? 'away' : undefined))
    await before.save(call, false, true, TO_BATANG)
    expect(before.unsent).toEqual([call])
    expect(room.incidents()[0].status).toBeUndefined()
    before.close()
    const after = room.open()
    room.fate((asked) => (ends(asked) ? 'lost' : undefined))
    after.reach(true)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(after.unsent).toHaveLength(1)
    room.fate(() => undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(after.all).toEqual([])
    expect(room.incidents()).toMatchObject([{ status: 'handed_over', handed_over_to: 'Kab. Batang' }])
  })

  it('is not handed over by a later save when it could not be sent whole', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call)
    call.fields.incident_type = ''
    await calls.save(call, false, true, TO_BATANG)
    expect(call.faults).toHaveProperty('incident_type')
    call.fields.incident_type = 'kebakaran'
    await calls.save(call, false)
    expect(room.incidents()[0].status).toBeUndefined()
    expect(room.saved).toEqual(['received null'])
  })
})

it('a call whose registration was lost has its kind all the same', async () => {
  const room = aRoom()
  room.fate(() => 'lost')
  const calls = room.open()
  const call = calls.begin()
  await vi.advanceTimersByTimeAsync(0)
  room.fate(() => undefined)
  await calls.discard(call, 'prank')
  expect(room.calls()).toMatchObject([{ kind: 'prank' }])
})

it('a detached form beside the one being typed is not lost from sight', async () => {
  const room = aRoom()
  const calls = room.open()
  const call = calls.begin()
  await vi.advanceTimersByTimeAsync(0)
  fill(call)
  await calls.save(call, false, true, ATTACH)
  const typing = calls.begin()
  const back = calls.bringBack(room.attached[0].kept)
  calls.show(typing)
  expect(calls.left).toEqual([back])
  calls.leave()
  expect(calls.left).toEqual([back])
})

it('tells the number as soon as it is known, once the call is, and takes back one that is hidden', async () => {
  const room = aRoom()
  let registered: () => void = () => undefined
  const before = room.server.answer
  room.server.answer = (asked) =>
    asked.path === '/api/calls'
      ? new Promise((done) => (registered = () => done(before(asked) as Said)))
      : before(asked)
  const calls = room.open()
  const call = calls.begin()
  call.fields.caller_number = '0285 1'
  call.tellNumber()
  await vi.advanceTimersByTimeAsync(100)
  expect(room.server.asked.filter(toCall)).toEqual([])
  registered()
  await vi.advanceTimersByTimeAsync(100)
  expect(room.calls()).toMatchObject([{ caller_number: '0285 1', number_hidden: false }])
  call.fields.number_hidden = true
  call.tellNumber()
  await vi.advanceTimersByTimeAsync(100)
  expect(room.calls()).toMatchObject([{ caller_number: null, number_hidden: true }])
})
