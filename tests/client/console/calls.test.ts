import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '../../../client/console/state/call.svelte.ts'
import { Calls } from '../../../client/console/state/calls.svelte.ts'
import type { Attachment } from '../../../client/console/state/calls.svelte.ts'
import { anIncident } from '../fixtures.ts'
import { aDesk, ok, refusal, standIn } from './server.ts'
import type { Asked, Said } from './server.ts'

const CALL_ID = '11111111-1111-4111-8111-111111111111'
const PIN = {
  lon: 109.66,
  lat: -6.89,
  accuracy_m: 40,
  label: 'x',
  inside_city: true,
  source: 'place',
  settled: true,
} as const

/** A server that keeps incidents by key, as the real one does; `fate` may lose or refuse instead. */
function aRoom() {
  const written = new Map<string, { id: string; first: string; body: Record<string, unknown> }>()
  let fate: (asked: Asked) => Said | 'lost' | undefined = () => undefined
  const take = ({ method, path, body, key }: Asked): Said => {
    if (path.startsWith('/api/calls')) return ok({ id: CALL_ID }, 201)
    if (method === 'POST') {
      const held = written.get(key ?? '')
      if (held && held.first !== JSON.stringify(body)) return refusal('Idempotency-Key', 'isi lain')
      const incident = anIncident(held ? { id: held.id } : {})
      if (!held)
        written.set(key ?? '', { id: incident.id, first: JSON.stringify(body), body: body as Record<string, unknown> })
      return ok({ incident, possible_duplicates: [], recommendations: [] }, 201)
    }
    const held = [...written.values()].find(({ id }) => path.endsWith(id))
    Object.assign(held?.body ?? {}, body)
    return ok({})
  }
  const server = standIn((asked) => {
    const said = fate(asked)
    if (said === undefined) return take(asked)
    if (said === 'lost') take(asked)
    return said === 'lost' ? 'away' : said
  })
  const saved: { by_hand: boolean; in_front: boolean }[] = []
  const refused: Call[] = []
  const attached: Attachment[] = []
  const told = {
    saved: (_: unknown, how: { by_hand: boolean; in_front: boolean }) => void saved.push(how),
    attached: (to: Attachment) => void attached.push(to),
    refused: (call: Call) => void refused.push(call),
  }
  const open = (mine = true) => new Calls(() => 0, told, desk.open(mine))
  return {
    server,
    written: () => [...written.values()].map(({ body }) => body),
    posts: () => server.asked.filter(({ method, path }) => method === 'POST' && path === '/api/incidents'),
    fate: (next: typeof fate) => (fate = next),
    saved,
    refused,
    attached,
    open,
  }
}

function fill(call: Call, description: string) {
  Object.assign(call.fields, { incident_type: 'kebakaran', place_text: 'pasar', pin: PIN, description })
}

let desk: ReturnType<typeof aDesk>
beforeEach(() => {
  vi.useFakeTimers()
  desk = aDesk()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a call that could not be saved', () => {
  it('is sent again with nobody looking at its form, once under its key', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call, 'api')
    room.fate(() => 'away')
    await calls.save(call, false)
    expect(calls.unsent).toEqual([call])
    calls.leave()
    calls.reach(false)
    await vi.advanceTimersByTimeAsync(25_000)
    const tries = room.posts().length
    expect(tries).toBeGreaterThanOrEqual(3)
    room.fate(() => undefined)
    calls.reach(true)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(room.written()).toMatchObject([{ description: 'api', call_id: CALL_ID }])
    expect(new Set(room.posts().map(({ key }) => key)).size).toBe(1)
    expect(room.saved).toEqual([{ by_hand: false, in_front: false }])
    expect(calls.all).toEqual([])
    expect(desk.kept.size).toBe(0)
    const posts = room.posts().length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(room.posts()).toHaveLength(posts)
  })

  it('makes room for the next ones, which go out after it, each under a key of its own', async () => {
    const room = aRoom()
    room.fate(() => 'away')
    const calls = room.open()
    for (const description of ['satu', 'dua', 'tiga']) {
      const call = calls.begin()
      expect(call.fields.description).toBe('')
      fill(call, description)
      await calls.save(call, false)
    }
    expect(calls.begin().state).toBe('typing')
    expect(calls.unsent).toHaveLength(3)
    room.fate(() => undefined)
    calls.reach(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(room.written().map((body) => body.description)).toEqual(['satu', 'dua', 'tiga'])
    expect(calls.all).toHaveLength(1)
    expect(calls.front?.state).toBe('typing')
  })

  it('makes room while the server still ponders over it', async () => {
    const room = aRoom()
    const calls = room.open()
    const first = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(first, 'lambat')
    let answer: (said: Said) => void = () => undefined
    room.server.answer = ({ path }) =>
      path === '/api/incidents' ? new Promise((done) => (answer = done)) : ok({ id: CALL_ID }, 201)
    const saving = calls.save(first, false)
    await vi.advanceTimersByTimeAsync(100)
    const second = calls.begin()
    expect(second).not.toBe(first)
    answer(refusal('caller_number', 'terlalu panjang'))
    await saving
    expect(calls.front).toBe(second)
    expect(room.refused).toEqual([first])
  })

  it('is not held up by another one that the server cannot answer', async () => {
    const room = aRoom()
    room.fate(() => 'away')
    const calls = room.open()
    for (const description of ['beracun', 'biasa']) {
      const call = calls.begin()
      fill(call, description)
      await calls.save(call, false)
    }
    room.fate(({ body }) => (JSON.stringify(body).includes('beracun') ? 'away' : undefined))
    calls.reach(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(room.written().map((body) => body.description)).toEqual(['biasa'])
    expect(calls.unsent).toHaveLength(1)
  })

  it('survives a reload with all the others', async () => {
    const room = aRoom()
    room.fate(() => 'away')
    const before = room.open()
    const first = before.begin()
    fill(first, 'satu')
    await before.save(first, false)
    fill(before.begin(), 'dua')
    await before.keep()
    before.close()
    const after = room.open()
    expect(after.front?.fields.description).toBe('dua')
    expect(after.unsent.map(({ fields }) => fields.description)).toEqual(['satu'])
    room.fate(() => undefined)
    after.reach(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(room.written().map((body) => body.description)).toEqual(['satu'])
    expect(room.posts().at(-1)?.key).toBe(first.key)
  })

  it('left behind by a page that is gone is offered, and does not stand in the way of the next one', async () => {
    const room = aRoom()
    const before = room.open()
    fill(before.begin(), 'setengah')
    await vi.advanceTimersByTimeAsync(0)
    await before.keep()
    before.close()
    const after = room.open(false)
    expect(after.front).toBeNull()
    expect(after.left.map(({ fields }) => fields.description)).toEqual(['setengah'])
    const [left] = after.offered
    const next = after.begin()
    expect(next).not.toBe(left)
    expect(after.left).toEqual([left])
    after.show(left)
    expect(after.offered).toEqual([])
    await after.save(left, false)
    expect(room.written()).toMatchObject([{ description: 'setengah', call_id: CALL_ID }])
    expect([...desk.kept.keys()]).toEqual([next.key])
  })

  it('is kept, as it is sent, before it is sent', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    fill(call, 'api')
    const sent: unknown[] = []
    room.fate(({ path }) => {
      if (path === '/api/incidents') sent.push(desk.kept.get(call.key)?.sent)
      return undefined
    })
    await calls.save(call, false)
    expect(sent).toMatchObject([{ description: 'api' }])
  })

  it('brings what was typed after a lost answer to the incident', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    await vi.advanceTimersByTimeAsync(0)
    fill(call, 'api')
    room.fate(({ path }) => (path === '/api/incidents' ? 'lost' : undefined))
    await calls.save(call, false)
    Object.assign(call.fields, { description: 'api, dua orang', number_hidden: true })
    calls.begin()
    calls.close()
    const later = room.open()
    room.fate(() => undefined)
    later.reach(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(room.written()).toMatchObject([{ description: 'api, dua orang', number_hidden: true }])
  })

  it('takes along what is typed while the corrections travel', async () => {
    const room = aRoom()
    const calls = room.open()
    const call = calls.begin()
    fill(call, 'satu')
    let patched = 0
    room.fate(({ method }) => {
      if (method === 'POST' && call.sent && call.fields.description === 'satu') call.fields.description = 'dua'
      if (method === 'PATCH' && patched++ === 0) call.fields.description = 'tiga'
      return undefined
    })
    await calls.save(call, false)
    expect(room.written()).toMatchObject([{ description: 'tiga' }])
    expect(patched).toBe(2)
  })

  it('comes back with its fault when it is refused, and is not sent again until it is put right', async () => {
    const room = aRoom()
    room.fate(() => 'away')
    const calls = room.open()
    const call = calls.begin()
    fill(call, 'satu')
    call.fields.caller_number = '0'.repeat(70)
    await calls.save(call, false)
    const next = calls.begin()
    room.fate(({ method, path }) =>
      method === 'POST' && path === '/api/incidents' ? refusal('caller_number', 'paling banyak 64') : undefined,
    )
    calls.reach(true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(room.refused).toEqual([call])
    expect(calls.left).toEqual([call])
    expect(calls.front).toBe(next)
    expect(call).toMatchObject({ state: 'refused', faults: { caller_number: 'paling banyak 64' } })
    const posts = room.posts().length
    await vi.advanceTimersByTimeAsync(20_000)
    expect(room.posts()).toHaveLength(posts)
    const reloaded = room.open()
    expect(reloaded.refused[0].faults).toEqual({ caller_number: 'paling banyak 64' })

    calls.show(call)
    call.fields.caller_number = '0285 1'
    room.fate(() => undefined)
    await calls.save(call, false)
    expect(room.written()).toMatchObject([{ caller_number: '0285 1' }])
    expect(room.saved).toEqual([{ by_hand: true, in_front: true }])
    expect(calls.all).toEqual([next])
  })

  it('waits for somebody to sign in again', async () => {
    const room = aRoom()
    room.fate(() => refusal('session', 'berakhir', 401))
    const calls = room.open()
    const call = calls.begin()
    fill(call, 'api')
    await calls.save(call, false)
    expect(call.notice).toMatch(/Sesi berakhir/)
    room.fate(() => undefined)
    calls.reach(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(room.written()).toMatchObject([{ description: 'api' }])
  })
})

describe('a call without an incident', () => {
  it('has its kind before its form goes, however late the call itself was registered', async () => {
    const room = aRoom()
    let registered: (said: Said) => void = () => undefined
    room.server.answer = ({ method }) =>
      method === 'POST' ? new Promise((done) => (registered = done)) : ok({ id: CALL_ID })
    const calls = room.open()
    const call = calls.begin()
    const discarding = calls.discard(call, 'prank')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(calls.front).toBe(call)
    registered(ok({ id: CALL_ID }, 201))
    await discarding
    expect(room.server.asked.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/api/calls/${CALL_ID}`,
      body: { kind: 'prank' },
    })
    expect(calls.all).toEqual([])
  })

  it('keeps its form, and says so, while the server does not take the kind', async () => {
    const room = aRoom()
    room.fate(() => 'away')
    const calls = room.open()
    const call = calls.begin()
    await calls.discard(call, 'ghost')
    expect(calls.front).toBe(call)
    expect(call.notice).toMatch(/belum tersimpan/)
    // The call was never registered: it is told now, with its own time.
    room.fate(() => undefined)
    await calls.discard(call, 'ghost')
    expect(room.server.asked.at(-1)).toMatchObject({
      method: 'POST',
      path: '/api/calls',
      body: { kind: 'ghost', rang_at: '1970-01-01T00:00:00.000Z' },
    })
    expect(calls.all).toEqual([])
  })

  it('may be dropped without one', async () => {
    const room = aRoom()
    room.fate(() => 'away')
    const calls = room.open()
    await calls.discard(calls.begin(), null)
    expect(calls.all).toEqual([])
  })
})
