import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ServerMessage } from '../../../geo/wire/live.ts'
import type { IncidentType } from '../../../geo/wire/masterdata.ts'
import type { Database } from '../../../server/db/database.ts'
import type { LogRow } from '../../../server/live/event.ts'
import { createHub } from '../../../server/live/hub.ts'

afterEach(() => void vi.useRealTimers())

const aType = (median_on_scene_seconds: number) =>
  ({ code: 'kebakaran', median_on_scene_seconds, median_on_scene_n: 9 }) as IncidentType

/** A hub over a log that the test writes; `onLine` as the test has it. */
function room(onLine: (row: LogRow) => Promise<void> | void) {
  vi.useFakeTimers()
  const lines: LogRow[] = []
  let log_id = 'log'
  let types: IncidentType[] = []
  const answer = (name: string, given: Record<string, unknown> = {}) => {
    if (name === 'live_events') return lines.filter((line) => line.seq > Number(given.since))
    if (name === 'live_head') return [{ seq: lines.length, log_id }]
    if (name === 'live_snapshot') return [{ part: 'head', id: '', text: String(lines.length) }]
    if (name === 'log_continues') return [{ continues: false }]
    return []
  }
  const executor = {
    rows: (name: string, given?: Record<string, unknown>) => Promise.resolve(answer(name, given)),
    one: (name: string, given?: Record<string, unknown>) => Promise.resolve(answer(name, given)[0]),
  }
  const db = { embedded: true, feed: executor, ...executor } as unknown as Database
  const hub = createHub({
    db,
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    simulated: false,
    surroundings: () => ({ incident_types: types, map_hash: 'x', routing: 'own' }),
    onLine,
    onAnotherLog: () => again(),
  })
  let read_again = 0
  let again: () => Promise<void> = async () => void read_again++
  const heard: ServerMessage[] = []
  return {
    hub,
    heard,
    /** A backup with the first lines only is restored under the server. */
    restore(kept: number) {
      lines.splice(kept)
      log_id = 'restored'
    },
    read_again: () => read_again,
    /** What is known of incident types from now on. */
    know: (next: IncidentType[]) => void (types = next),
    /** What was read of the old log can be read anew as this says. */
    readAgain: (as: () => Promise<void>) => void (again = as),
    write: (kind: string) =>
      void lines.push({
        seq: lines.length + 1,
        kind,
        actor: 'a',
        incident_id: null,
        occurred_at: new Date().toISOString(),
        recorded_at: new Date().toISOString(),
        simulated: false,
        body: {},
      }),
    listen: (since: number | null = null, to = heard) =>
      hub.join({ role: 'screen', send: (text) => !!to.push(JSON.parse(text) as ServerMessage) }, since),
    seqs: () => heard.flatMap((message) => (message.type === 'event' ? [message.seq] : [])),
  }
}

describe('the tail of the log', () => {
  it('holds no line back because one could not be followed, and tries that one again', async () => {
    let failures = 3
    const followed: string[] = []
    const { hub, write, listen, seqs } = room((row) => {
      if (row.kind === 'city.imported' && failures-- > 0) throw new Error('the map could not be read')
      followed.push(row.kind)
    })
    await hub.start({ seq: 0, log_id: 'log' })
    await listen()
    for (const kind of ['call.created', 'city.imported', 'call.updated']) write(kind)
    await hub.nudge()
    expect(seqs()).toEqual([1, 2, 3])
    expect(followed).toEqual(['call.created', 'call.updated'])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(followed).toEqual(['call.created', 'call.updated', 'city.imported'])
    await hub.stop()
  })

  it('says in each beat how far the log is, so that who hears less than that knows', async () => {
    let stuck = true
    const { hub, heard, write, listen } = room(() => (stuck ? new Promise<void>(() => undefined) : undefined))
    await hub.start({ seq: 0, log_id: 'log' })
    await listen()
    write('call.created')
    await vi.advanceTimersByTimeAsync(3_000)
    const beat = heard.filter((message) => message.type === 'heartbeat').at(-1)
    expect(beat).toMatchObject({ seq: 1 })
    expect(heard.some((message) => message.type === 'event')).toBe(false)
    stuck = false
  })

  it('tells each reader once of incident types that are others than it was told: no line does', async () => {
    const { hub, heard, write, listen, know } = room(() => undefined)
    const told = (messages: ServerMessage[]) =>
      messages.flatMap((message) =>
        message.type === 'snapshot' || (message.type === 'heartbeat' && message.incident_types)
          ? [`${message.type} ${message.incident_types?.map((type) => type.median_on_scene_seconds).join()}`]
          : [],
      )
    know([aType(600)])
    await hub.start({ seq: 0, log_id: 'log' })
    write('call.created')
    await listen()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(told(heard)).toEqual(['snapshot 600'])
    // Read again, and nothing new in it; then something is.
    know([aType(600)])
    await vi.advanceTimersByTimeAsync(2_000)
    know([aType(720)])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(told(heard)).toEqual(['snapshot 600', 'heartbeat 720'])
    // Who goes on from a line that he holds was away meanwhile, and has no snapshot to read them from.
    const late: ServerMessage[] = []
    await listen(1, late)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(told(late)).toEqual(['heartbeat 720'])
    await hub.stop()
  })

  it('gives a page its picture while a line is slow to be followed', async () => {
    const { hub, heard, write, listen } = room(() => new Promise<void>(() => undefined))
    await hub.start({ seq: 0, log_id: 'log' })
    write('city.imported')
    void hub.nudge()
    void listen()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(heard.find((message) => message.type === 'snapshot')).toMatchObject({ seq: 1 })
  })

  it('follows what was written between reading the city and starting', async () => {
    const followed: string[] = []
    const { hub, write } = room((row) => void followed.push(row.kind))
    write('closure.created')
    await hub.start({ seq: 0, log_id: 'log' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(followed).toEqual(['closure.created'])
    await hub.stop()
  })

  it('takes up another log: everything read anew, and a fresh picture for who listens', async () => {
    const { hub, heard, write, listen, seqs, restore, read_again } = room(() => undefined)
    await hub.start({ seq: 0, log_id: 'log' })
    for (let i = 0; i < 5; i++) write('call.created')
    await hub.nudge()
    await listen()
    restore(2)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(read_again()).toBe(1)
    expect(heard.flatMap((message) => (message.type === 'snapshot' ? [message.seq] : []))).toEqual([5, 2])
    expect(hub.log_id).toBe('restored')
    write('call.created')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(seqs()).toEqual([3])
    await hub.stop()
  })

  it('lets nobody who wrote something fail because another log could not be taken up', async () => {
    const { hub, write, restore, readAgain } = room(() => undefined)
    await hub.start({ seq: 0, log_id: 'log' })
    write('call.created')
    await hub.nudge()
    restore(0)
    let fail: (error: Error) => void = () => {}
    readAgain(() => new Promise((_, reject) => (fail = reject)))
    await vi.advanceTimersByTimeAsync(1_000)
    const nudged = hub.nudge()
    fail(new Error('the city could not be read'))
    await expect(nudged).resolves.toBeUndefined()
    await hub.stop()
  })
})
