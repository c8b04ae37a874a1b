import { SvelteMap } from 'svelte/reactivity'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallLock } from '../../../client/console/state/call_lock.ts'
import { Calls } from '../../../client/console/state/calls.svelte.ts'
import { Pops } from '../../../client/console/state/pops.svelte.ts'
import type { Call } from '../../../geo/wire/calls.ts'
import type { LiveEvent } from '../../../geo/wire/live.ts'
import { anIncident, at, T0 } from '../fixtures.ts'
import { aDesk, ok, refusal, standIn } from './server.ts'

const RINGS: Call = {
  id: '22222222-2222-4222-8222-222222222222',
  rang_at: at(10),
  answered_at: null,
  ended_at: null,
  line: '112',
  number_hidden: false,
  kind: null,
  incident_id: null,
  simulated: true,
  rings: true,
  answered_by: null,
  blocked_until: null,
  pranks_today: 0,
  pranks_30d: 0,
}
const MINE: Call = { ...RINGS, answered_at: at(12), answered_by: 'agen3' }
const NUMBER = '0812 000 112'
const PIN = {
  lon: 109.66,
  lat: -6.89,
  accuracy_m: 40,
  label: 'x',
  inside_city: true,
  source: 'place',
  settled: true,
} as const
const detail = {
  ...{ caller_name: null, caller_number: NUMBER, address_text: null, description: null, location: null },
  ...{ accuracy_m: null, device_location: null, device_accuracy_m: null, device_located_at: null },
}

/** Calls are taken by whoever asks first, unless another desk was there before. */
function theServer() {
  let elsewhere = false
  const server = standIn(async ({ method, path }) => {
    await new Promise((done) => setTimeout(done, 100))
    if (path.endsWith('/answer'))
      return elsewhere ? refusal('answered_by', 'meja lain sudah menjawabnya', 409) : ok(MINE)
    if (method === 'GET' && path.startsWith('/api/calls/')) return ok({ ...MINE, ...detail })
    if (path.startsWith('/api/calls')) return ok({ id: 'x' }, 201)
    if (path === '/api/incidents')
      return ok({ incident: anIncident(), possible_duplicates: [], recommendations: [] }, 201)
    return ok({})
  })
  const bodies = (path: string) =>
    server.asked.filter((asked) => asked.method === 'POST' && asked.path === path).map(({ body }) => body)
  return { answerElsewhere: () => (elsewhere = true), bodies }
}

/** Stands in for the locks of a browser. */
function locks(): CallLock {
  const held = new Set<string>()
  return (id) => {
    if (held.has(id)) return Promise.resolve(null)
    held.add(id)
    return Promise.resolve(() => void held.delete(id))
  }
}

function aTab(lock: CallLock, desk = aDesk(), first: Call = RINGS) {
  const told = { saved: () => undefined, attached: () => undefined, refused: () => undefined }
  const calls = new Calls(() => T0 + 15_000, told, desk.open())
  const heard = new SvelteMap([[first.id, first]])
  const live = {
    get calls() {
      return [...heard.values()]
    },
    now: T0 + 15_000,
    server_now: () => T0 + 15_000,
  }
  const pops = new Pops(calls, live, { desk: 'agen3', may: () => true }, lock)
  const hear = (call: Call, free = true) => {
    heard.set(call.id, call)
    return pops.hear({ kind: 'call.updated', call } as LiveEvent, () => free)
  }
  /** As the desk does on `N`. */
  const begin = () => calls.begin(pops.loud > 0)
  /** As the desk does on `J`. */
  const answer = async () => {
    const taken = pops.next && (await pops.take(pops.next))
    if (taken) calls.show(taken)
    return taken
  }
  return { calls, pops, heard, hear, begin, answer }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const soon = <T>(work: Promise<T>): Promise<T> => vi.advanceTimersByTimeAsync(500).then(() => work)

describe('a form that was opened while a call rings', () => {
  it('becomes that call, which is one row with one incident', async () => {
    const server = theServer()
    const { calls, pops, begin, answer } = aTab(locks())
    const form = begin()
    calls.announce(pops.loud > 0)
    expect([form.untold, form.call_id]).toEqual([true, null])
    expect(await soon(answer())).toBe(form)
    await vi.advanceTimersByTimeAsync(200)
    expect(calls.all).toEqual([form])
    expect(form).toMatchObject({
      call_id: RINGS.id,
      started_at: Date.parse(RINGS.rang_at),
      untold: false,
      asked: false,
    })
    expect(form.fields.caller_number).toBe(NUMBER)
    Object.assign(form.fields, { incident_type: 'kebakaran', pin: PIN })
    await soon(calls.save(form, false))
    expect(server.bodies('/api/calls')).toEqual([])
    expect(server.bodies('/api/incidents')).toMatchObject([{ call_id: RINGS.id, caller_number: NUMBER }])
    expect(server.bodies('/api/incidents')[0]).not.toHaveProperty('received_at')
  })

  it('takes along what is typed before the answer comes', async () => {
    const server = theServer()
    const { calls, pops, begin, answer } = aTab(locks())
    const form = begin()
    const answering = answer()
    form.fields.description = 'api besar'
    calls.announce(pops.loud > 0)
    expect(await soon(answering)).toBe(form)
    expect(form).toMatchObject({ call_id: RINGS.id, fields: { description: 'api besar' } })
    expect(server.bodies('/api/calls')).toEqual([])
  })

  it('is a call of its own, from the press on, once something is typed: the one that rings gets another', async () => {
    const server = theServer()
    const { calls, pops, begin, answer } = aTab(locks())
    const form = begin()
    form.fields.description = 'api besar'
    calls.announce(pops.loud > 0)
    await vi.advanceTimersByTimeAsync(200)
    expect(server.bodies('/api/calls')).toMatchObject([{ desk: true, rang_at: new Date(T0 + 15_000).toISOString() }])
    const taken = await soon(answer())
    expect(taken).not.toBe(form)
    expect(calls.all).toEqual([form, taken])
    expect(taken?.fields.description).toBe('')
  })

  it('is a call of its own once nothing rings any more', async () => {
    const server = theServer()
    const { calls, pops, heard, begin } = aTab(locks())
    const form = begin()
    heard.set(RINGS.id, { ...RINGS, ended_at: at(14) })
    calls.announce(pops.loud > 0)
    expect(form.untold).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(server.bodies('/api/calls')).toHaveLength(1)
    expect(calls.vacant).toBeNull()
  })

  it('stays as it is when another desk was quicker', async () => {
    const server = theServer()
    server.answerElsewhere()
    const { calls, pops, begin, answer } = aTab(locks())
    const form = begin()
    expect(await soon(answer())).toBeNull()
    expect(pops.notice).not.toBe('')
    expect([calls.front, calls.vacant]).toEqual([form, form])
  })

  it('is found again when it was left for a moment', async () => {
    theServer()
    const { calls, begin, answer } = aTab(locks())
    const form = begin()
    calls.leave()
    expect(await soon(answer())).toBe(form)
    expect(calls.all).toEqual([form])
  })

  it('is still untold after a reload', () => {
    theServer()
    const desk = aDesk()
    const form = aTab(locks(), desk).begin()
    const { calls } = aTab(locks(), desk)
    expect(calls.vacant?.key).toBe(form.key)
  })

  it('is told at once while only a blocked or a missed call stands there', () => {
    theServer()
    for (const quiet of [{ blocked_until: at(7200) }, { ended_at: at(12) }])
      expect(aTab(locks(), aDesk(), { ...RINGS, ...quiet }).begin().untold).toBe(false)
  })
})

describe('a call that the PBX puts through to a login', () => {
  it('comes up in a form that stands vacant, though its field has the focus', async () => {
    theServer()
    const { calls, hear, begin } = aTab(locks())
    const form = begin()
    expect(await soon(hear(MINE, false))).toBe(form)
    expect(calls.all).toEqual([form])
  })

  it('opens in exactly one of two tabs; the other says so, and has it when the first lets go', async () => {
    theServer()
    const lock = locks()
    const tabs = [aTab(lock), aTab(lock)]
    const opened = await soon(Promise.all(tabs.map(({ hear }) => hear(MINE))))
    expect(opened.map((call) => call?.call_id ?? null)).toEqual([RINGS.id, null])
    const [first, other] = tabs
    first.pops.settle()
    expect(await soon(other.answer())).toBeNull()
    expect(other.pops.notice).not.toBe('')
    expect(other.calls.all).toEqual([])
    const [form] = first.calls.all
    first.heard.clear()
    first.calls.throwAway(form)
    first.pops.settle()
    await vi.advanceTimersByTimeAsync(0)
    expect((await soon(other.answer()))?.call_id).toBe(RINGS.id)
  })

  it('waits in the list of the tab that is busy, for that tab alone', async () => {
    theServer()
    const lock = locks()
    const [busy, other] = [aTab(lock), aTab(lock)]
    busy.calls.begin().fields.description = 'sibuk'
    const opened = await soon(Promise.all([busy.hear(MINE, false), other.hear(MINE)]))
    expect(opened).toEqual([null, null])
    busy.pops.settle()
    expect(busy.pops.next?.state).toBe('mine')
    expect((await soon(busy.answer()))?.call_id).toBe(RINGS.id)
  })
})
