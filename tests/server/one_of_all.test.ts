import { EventEmitter } from 'node:events'
import type pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { oneOfAll } from '../../server/jobs/one_of_all.ts'

const log = pino({ level: 'silent' })

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Connections as the database gives them; `answer` says whether the lock is theirs. */
function connections(answer: () => Promise<boolean>) {
  const made: (EventEmitter & { ended: boolean; end(): Promise<void> })[] = []
  const client = () => {
    const one = Object.assign(new EventEmitter(), {
      ended: false,
      query: async () => ({ rows: [{ mine: await answer() }] }),
      end() {
        one.ended = true
        one.emit('end')
        return Promise.resolve()
      },
    })
    made.push(one)
    return Promise.resolve(one as unknown as pg.Client)
  }
  return { made, db: { embedded: false, client } }
}
/** What runs under the lock; `begin` waits until it is let go. */
function work() {
  const about = { begun: 0, stopped: 0, go: () => {} }
  const begin = async () => {
    about.begun++
    await new Promise<void>((go) => (about.go = go))
    return { stop: () => Promise.resolve(void about.stopped++) }
  }
  return { about, begin }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

it('stops what it began once the lock was lost meanwhile, and begins anew later', async () => {
  const { made, db } = connections(() => Promise.resolve(true))
  const { about, begin } = work()
  const stop = oneOfAll({ db, log }, 'test', begin)
  await settle()
  expect(about.begun).toBe(1)
  made[0].emit('end')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(about.begun, 'one beginning at a time').toBe(1)
  about.go()
  await settle()
  expect(about.stopped).toBe(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(about.begun).toBe(2)
  about.go()
  await settle()
  expect(about.stopped).toBe(1)
  await stop()
  expect(about.stopped).toBe(2)
  expect(made.at(-1)?.ended).toBe(true)
})

it('keeps no connection whose question for the lock failed', async () => {
  const { made, db } = connections(() => Promise.reject(new Error('away')))
  const stop = oneOfAll({ db, log }, 'test', work().begin)
  await vi.advanceTimersByTimeAsync(11_000)
  expect(made.map(({ ended }) => ended)).toEqual([true, true, true])
  await stop()
})

it('goes on where what ran does not stop as it should', async () => {
  const { made, db } = connections(() => Promise.resolve(true))
  let begun = 0
  const begin = () => Promise.resolve({ stop: () => Promise.reject(new Error(`stop ${++begun}`)) })
  const stop = oneOfAll({ db, log }, 'test', begin)
  await settle()
  made[0].emit('end')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(made).toHaveLength(2)
  await stop()
})
