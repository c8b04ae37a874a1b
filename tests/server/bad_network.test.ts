import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import { Live } from '../../client/state/live.svelte.ts'
import { openBadProxy, type BadProxy, type Mode } from '../helpers/bad_proxy.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

/** A picture older than 5 s says so; a beat comes each second, and looking takes the rest. */
const BASI_WITHIN_MS = 6_500

let server: TestServer
let token: string
let operator: string
const opened: { live: Live; proxy: BadProxy }[] = []

beforeAll(async () => {
  server = await startTestServer()
  token = await server.token('screen')
  operator = await server.token('operator')
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  vi.stubGlobal('location', new URL('http://room/wall'))
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: URL) {
        super(url, { headers: { authorization: `Bearer ${token}` } })
        // What goes wrong is told by `onerror`, and to nobody once that is taken off.
        this.on('error', () => undefined)
      }
    },
  )
})
afterAll(async () => {
  for (const { live, proxy } of opened.splice(0)) {
    live.close()
    await proxy.close()
  }
  vi.unstubAllGlobals()
  await server?.stop()
})

const until = async (met: () => boolean, ms: number, what: string) => {
  const end = performance.now() + ms
  while (!met()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`)
    await new Promise((again) => setTimeout(again, 50))
  }
}

/** The pages' own live picture, over real sockets, through a proxy that is good at first. */
async function openThrough(): Promise<{ live: Live; proxy: BadProxy; reasons: Set<unknown> }> {
  const proxy = await openBadProxy(server.url)
  const live = new Live(`${proxy.url}/live`, undefined, 'map')
  opened.push({ live, proxy })
  const reasons = new Set<unknown>()
  const painting = setInterval(() => {
    live.saw_paint()
    reasons.add(live.staleness.reason)
  }, 100)
  const close = live.close.bind(live)
  live.close = () => {
    clearInterval(painting)
    close()
  }
  await until(() => live.has_picture && live.connected, 20_000, 'a picture')
  return { live, proxy, reasons }
}

const create = () =>
  server.call('POST', '/api/incidents', {
    token: operator,
    body: { incident_type: 'kebakaran', location: { type: 'Point', coordinates: [109.662, -6.89154] } },
  })

describe('a wall behind a bad network', () => {
  it.concurrent.each<[string, Mode, readonly string[]]>([
    ['a proxy that lets go in bursts', { kind: 'buffer', ms: 7_000 }, ['silent', 'delayed', 'socket']],
    ['a firewall that forgot the connection', { kind: 'hold' }, ['silent', 'socket']],
    ['something that passes the beat and swallows events', { kind: 'swallow', begins: '{"type":"event"' }, ['behind']],
  ])('says BASI within 6.5 s of %s, keeps what it had, and recovers', async (_, mode, expected) => {
    await create()
    const { live, proxy, reasons } = await openThrough()
    const open = live.list.length
    expect(open).toBeGreaterThan(0)
    proxy.mode = mode
    const broken = performance.now()
    // What happens in the city meanwhile never reaches the wall, or too late.
    await create()
    await until(() => live.staleness.stale, BASI_WITHIN_MS, `BASI, ${JSON.stringify(mode)}`)
    expect(performance.now() - broken).toBeLessThan(BASI_WITHIN_MS)
    expect(live.list.length).toBeGreaterThanOrEqual(open)
    await new Promise((watched) => setTimeout(watched, 4_000))
    const seen = [...reasons].filter((reason) => reason !== null)
    expect(seen.length).toBeGreaterThan(0)
    for (const reason of seen) expect(expected).toContain(reason)
    proxy.mode = { kind: 'pass' }
    await until(() => !live.staleness.stale, 20_000, 'fresh again')
    await until(() => live.list.length > open, 5_000, 'what happened meanwhile')
  })

  it.concurrent('goes on saying BASI before a proxy that takes connections and never answers', async () => {
    const { live, proxy } = await openThrough()
    proxy.mode = { kind: 'hold' }
    await until(() => live.staleness.stale, BASI_WITHIN_MS, 'BASI')
    proxy.mode = { kind: 'mute' }
    await until(() => live.staleness.reason === 'socket', 5_000, 'that the connection is gone')
    await new Promise((watched) => setTimeout(watched, 5_000))
    expect(live.staleness).toMatchObject({ stale: true })
    expect(live.staleness.age_seconds).toBeGreaterThan(8)
  })
})
