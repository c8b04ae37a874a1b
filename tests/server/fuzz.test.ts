import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROLES, type Role } from '../../geo/wire/primitives.ts'
import { fuzz } from '../helpers/fuzz/run.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const COUNT = 5_000
const SECRET = 'QwxzRahasia'
const MB = 1024 * 1024

let server: TestServer
const tokens = new Map<Role, string>()
beforeAll(async () => {
  server = await startTestServer()
  for (const role of ROLES) tokens.set(role, await server.token(role))
})
afterAll(() => server?.stop())

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = () => {
  collect()
  return process.memoryUsage().heapUsed / MB
}
const open = (kind: 'TCPSocketWrap' | 'Timeout') =>
  process.getActiveResourcesInfo().filter((name) => name === kind).length
const sockets = () => open('TCPSocketWrap')
const timers = () => open('Timeout')
const target = () => ({ url: server.url, secret: SECRET, token: (role: Role) => tokens.get(role) ?? '' })

it(
  `${COUNT} made-up requests, messages and heaps of bytes: no fault, no hang, no growth`,
  { timeout: 300_000 },
  async () => {
    const seed = Number(process.env.TEST_SEED ?? 112)
    await fuzz(target(), { seed: seed + 1, count: 500 })
    const before = { heap: heap(), sockets: sockets(), timers: timers() }
    const { faults, answers, seconds } = await fuzz(target(), { seed, count: COUNT })
    console.info(`TEST_SEED=${seed}: ${seconds.toFixed(1)} s, ${JSON.stringify(answers)}`)
    expect(faults.join('\n')).toBe('')
    // Something got through, something was refused for each reason.
    for (const status of ['200', '400', '401', '403', '404', '422']) expect(answers[status], status).toBeGreaterThan(20)
    await expect.poll(sockets, { timeout: 10_000 }).toBeLessThanOrEqual(before.sockets + 4)
    // What watches a request ends with it, or soon after.
    await expect.poll(timers, { timeout: 20_000 }).toBeLessThanOrEqual(before.timers + 20)
    await expect.poll(() => server.running.services.hub.readers, { timeout: 10_000 }).toBe(0)
    expect(heap() - before.heap).toBeLessThan(40)
  },
)
