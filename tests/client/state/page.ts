import { onTestFinished, vi } from 'vitest'
import { Live } from '../../../client/state/live.svelte.ts'
import type { Heartbeat, Hello, LiveEvent, ServerMessage, Snapshot } from '../../../geo/wire/live.ts'
import { T0 } from '../fixtures.ts'

/** The browser's end of a socket; the test is the server. */
class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  readyState = FakeSocket.CONNECTING
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly url: URL) {}
  send(): void {}
  close(): void {
    this.readyState = 3
  }
}

/**
 * A page with a live picture and no browser: its clocks, its socket and its frames move when the test says so. The server's
 * clock is the page's until one of them is set.
 */
export function openPage(painted_by: 'frames' | 'map' = 'map') {
  vi.useFakeTimers({ now: T0 })
  let wall_ahead = 0
  let server_ahead = 0
  vi.stubGlobal('performance', { now: () => Date.now() - wall_ahead - T0 + 100 })
  const sockets: FakeSocket[] = []
  vi.stubGlobal(
    'WebSocket',
    class extends FakeSocket {
      constructor(url: URL) {
        super(url)
        sockets.push(this)
      }
    },
  )
  vi.stubGlobal('location', new URL('http://room/wall'))
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  const document = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('document', document)
  let frames = true
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) =>
    setTimeout(() => {
      if (frames && !document.hidden) callback()
    }, 16),
  )
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  /** What /api/session answers; null when nothing does. */
  let session: number | null = 200
  const asked_session = vi.fn(() =>
    session === null ? Promise.reject(new Error('no network')) : Promise.resolve({ status: session }),
  )
  vi.stubGlobal('fetch', asked_session)

  const live = new Live('/live', undefined, painted_by)
  onTestFinished(() => {
    live.close()
    // In the reverse order of putting them up: the clocks are put back on what they were taken from.
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  const server_now = () => Date.now() - wall_ahead + server_ahead
  const iso = (ms: number) => new Date(ms).toISOString()
  let held_up_ms = 0
  const hear = (message: ServerMessage) => {
    const socket = sockets.at(-1)
    const arrive = () => void socket?.onmessage?.({ data: JSON.stringify(message) })
    if (held_up_ms > 0) setTimeout(arrive, held_up_ms)
    else arrive()
  }
  const page = {
    live,
    sockets,
    asked_session,
    hear,
    /** Whatever is sent from now on arrives so much later. */
    holdUp: (ms: number) => (held_up_ms = ms),
    hide: (hidden: boolean) => {
      document.hidden = hidden
      document.dispatchEvent(new Event('visibilitychange'))
    },
    session: (status: number | null) => (session = status),
    /** Whether the browser makes frames. */
    frames: (made: boolean) => (frames = made),
    /** The server lets the newest socket in. */
    admit(over: Partial<Hello> = {}) {
      const socket = sockets.at(-1)
      if (!socket) throw new Error('no socket was asked for')
      socket.readyState = FakeSocket.OPEN
      socket.onopen?.()
      hear({
        type: 'hello',
        log_id: '00000000-0000-4000-8000-000000000112',
        seq: 10,
        server_time: iso(server_now()),
        role: 'screen',
        simulated: false,
        version: '1',
        ...over,
      })
    },
    /** ...or not: the browser learns nothing but that. */
    refuse: () => sockets.at(-1)?.onerror?.(),
    close: (code: number) => sockets.at(-1)?.onclose?.({ code }),
    snapshot: (over: Partial<Snapshot> = {}) =>
      hear({
        type: 'snapshot',
        seq: 10,
        server_time: iso(server_now()),
        incidents: [],
        units: [],
        agencies: [],
        stations: [],
        incident_types: [],
        closures: [],
        calls: [],
        map_hash: 'a',
        routing: 'own',
        ...over,
      }),
    event: (over: Partial<LiveEvent> & { seq: number }) => hear({ type: 'event', ...over }),
    beat: (over: Partial<Heartbeat> = {}) =>
      hear({
        type: 'heartbeat',
        server_time: iso(server_now()),
        seq: 10,
        checked_at: iso(server_now() - 300),
        routing: 'own',
        ...over,
      }),
    /** Seconds go by; each ends with what `second` does. */
    async run(seconds: number, second: () => void = () => undefined) {
      for (let i = 0; i < seconds; i++) {
        await vi.advanceTimersByTimeAsync(1000)
        second()
      }
    },
    /** The page's one thread is busy so long: nothing runs, and what comes in waits. */
    block: (ms: number) => vi.setSystemTime(Date.now() + ms),
    setScreen(ms: number) {
      wall_ahead += ms
      vi.setSystemTime(Date.now() + ms)
    },
    setServer: (ms: number) => (server_ahead += ms),
    /** Fresh, painted and past its building time. */
    async settle() {
      page.admit()
      page.snapshot()
      await page.run(30, () => {
        page.beat()
        live.saw_paint()
      })
    },
  }
  return page
}
