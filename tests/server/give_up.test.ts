import { setMaxListeners } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { giveUpAfter } from '../../server/give_up.ts'
import { deliver } from '../../server/integrations/kominfo/deliver.ts'

const LIMIT_MS = 400
const MANY = 20

/** Takes every question and answers none. */
let server: Server
let url = ''
beforeAll(async () => {
  server = createServer(() => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  return new Promise((done) => server.close(done))
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Of something that many wait for at once. */
function stopper(): AbortController {
  const stop = new AbortController()
  setMaxListeners(MANY, stop.signal)
  return stop
}

/** What each of `all` came to within `ms`, garbage being collected all the while; null for what has no end. */
async function whileCollecting<T>(all: Promise<T>[], ms: number): Promise<(T | null)[]> {
  const timer = setInterval(collect, 25)
  const end = new Promise<null>((done) => setTimeout(() => done(null), ms))
  const ended = await Promise.all(all.map((each) => Promise.race([each, end])))
  clearInterval(timer)
  return ended
}
const ask = (stop: AbortSignal | null) =>
  giveUpAfter(LIMIT_MS, stop, (signal) => fetch(url, { signal })).then(
    () => 'answered',
    (error: unknown) => (error as Error).name,
  )

it('gives up on whoever does not answer, whatever is collected as garbage meanwhile', async () => {
  const stop = stopper()
  const ended = await whileCollecting(
    Array.from({ length: MANY }, (_, i) => ask(i % 2 ? stop.signal : null)),
    10 * LIMIT_MS,
  )
  expect(ended).toEqual(Array.from({ length: MANY }, () => 'TimeoutError'))
})

it('a message to a data centre that hangs is silent after its limit, and never under way for ever', async () => {
  const target = { url, secrets: [Buffer.alloc(32, 1)], timeout_ms: LIMIT_MS }
  const stop = stopper()
  const ended = await whileCollecting(
    Array.from({ length: MANY }, (_, i) => deliver(target, `m${i}`, '{}', new Date(), stop.signal)),
    10 * LIMIT_MS,
  )
  expect(ended.map((each) => each && { kind: each.kind, reason: 'reason' in each && each.reason })).toEqual(
    Array.from({ length: MANY }, () => ({ kind: 'silent', reason: 'tidak menjawab dalam 0.4 dtk' })),
  )
})

it('ends at once when told to stop, and before it began when that is past', async () => {
  const stop = new AbortController()
  const began = performance.now()
  const asked = ask(stop.signal)
  setTimeout(() => stop.abort(), 20)
  expect(await asked).toBe('AbortError')
  expect(await ask(stop.signal)).toBe('AbortError')
  expect(performance.now() - began).toBeLessThan(LIMIT_MS)
})

it('ends the parts of work that failed', async () => {
  const seen: AbortSignal[] = []
  await expect(
    giveUpAfter(LIMIT_MS, null, (signal) => {
      seen.push(signal)
      return Promise.reject(new Error('a part failed'))
    }),
  ).rejects.toThrow('a part failed')
  expect(seen[0].aborted).toBe(true)
})
