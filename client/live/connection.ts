import { serverMessage } from '../../geo/wire/live.ts'
import type { ClientMessage, Hello, ServerMessage } from '../../geo/wire/live.ts'

/** No word for this long on an open socket: it is dead whatever the browser says (proxies, sleep). */
const SILENT_MS = 6000
/** A socket that does not open in this time is given up. */
const OPENING_MS = 4000
const WATCH_MS = 1000
const RETRY_MS = [250, 500, 1000, 1500]
/** A socket through which the picture stays old is given this long before another one is tried. */
const RENEW_MS = 15_000
/** Close code of the server: what let this page in is revoked or over (server/live/socket.ts). */
const UNAUTHENTICATED = 4401

export interface ConnectionListener {
  message(message: ServerMessage): void
  /** `asked` and `answered`: when the socket was asked for and open, on the monotonic clock. */
  connected(hello: Hello, asked: number, answered: number): void
  /** `revoked`: the server let this page go because it may not be here any more. */
  disconnected(revoked: boolean): void
  /** A message that the wire's schema refuses; the connection starts afresh without `since`. */
  invalid(reason: string): void
  /** The last line held, to continue from; null asks for a snapshot. `log_id` is the history it belongs to. */
  held(): { seq: number; log_id: string } | null
}

/**
 * The live socket: continues from the last line held, starts afresh when the server's history is another one, and comes
 * back by itself at most 2 s after the server does (backoff 0.25 to 1.5 s).
 */
export class Connection {
  private socket: WebSocket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private attempt = 0
  private heard = 0
  private asked = 0
  private answered = 0
  private fresh = false
  /** A later greeting on the same socket says that another log goes on there; what follows it says the rest. */
  private greeted = false
  private watched = performance.now()
  private deferred: ReturnType<typeof setTimeout> | undefined
  private watchdog: ReturnType<typeof setInterval>
  private closed = false

  constructor(
    private readonly url: string,
    private readonly listener: ConnectionListener,
  ) {
    this.watchdog = setInterval(() => this.watch(), WATCH_MS)
    addEventListener('online', this.hurry)
    document.addEventListener('visibilitychange', this.hurry)
    this.open()
  }

  /** Asks for a whole new picture; the old one stays on the wall until it comes. */
  restart(): void {
    this.fresh = true
    this.drop()
    this.schedule(0)
  }

  /** Tries another socket, which goes on from the last line held, unless this one is young. */
  renew(): void {
    if (this.socket?.readyState === WebSocket.OPEN && performance.now() - this.answered > RENEW_MS) this.lost()
  }

  send(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
  }

  close(): void {
    this.closed = true
    clearInterval(this.watchdog)
    clearTimeout(this.timer)
    clearTimeout(this.deferred)
    removeEventListener('online', this.hurry)
    document.removeEventListener('visibilitychange', this.hurry)
    this.drop()
  }

  private readonly hurry = () => {
    if (this.socket === null && !document.hidden) this.schedule(0)
  }

  private open(): void {
    if (this.closed || this.socket !== null) return
    const held = this.fresh ? null : this.listener.held()
    const url = new URL(this.url, location.href)
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    if (held) url.searchParams.set('since', String(held.seq))
    const socket = new WebSocket(url)
    this.socket = socket
    this.greeted = false
    this.asked = this.heard = performance.now()
    socket.onopen = () => (this.answered = performance.now())
    socket.onmessage = (event) => socket === this.socket && this.take(event.data, held?.log_id ?? null)
    socket.onclose = (event) => socket === this.socket && this.lost(event.code === UNAUTHENTICATED)
    socket.onerror = () => socket === this.socket && this.lost()
  }

  private take(data: unknown, held_log: string | null): void {
    this.heard = performance.now()
    const parsed = parse(data)
    if (!parsed.success) {
      this.listener.invalid(parsed.reason)
      this.fresh = true
      this.lost()
      return
    }
    const message = parsed.message
    if (message.type === 'hello' && !this.greeted) {
      this.greeted = true
      const held = held_log === null ? null : this.listener.held()
      if (held && (message.log_id !== held.log_id || message.seq < held.seq)) return this.restart()
      this.listener.connected(message, this.asked, this.answered)
    }
    if (message.type === 'snapshot') this.fresh = false
    if (message.type === 'snapshot' || message.type === 'heartbeat') this.attempt = 0
    this.listener.message(message)
  }

  private lost(revoked = false): void {
    this.drop()
    this.listener.disconnected(revoked)
    const wait = RETRY_MS[Math.min(this.attempt++, RETRY_MS.length - 1)]
    // Fifty screens must not come back in one instant.
    this.schedule(wait * (0.75 + Math.random() / 2))
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
    socket.close()
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.open(), ms)
  }

  /** A page that was held up itself gave the socket no chance to speak: what waits in its queue is read first. */
  private watch(): void {
    const late = performance.now() - this.watched > 2 * WATCH_MS
    this.watched = performance.now()
    if (late) this.deferred ??= setTimeout(() => this.look(), WATCH_MS / 4)
    else this.look()
  }

  private look(): void {
    clearTimeout(this.deferred)
    this.deferred = undefined
    if (this.socket === null) return
    const now = performance.now()
    const opening = this.socket.readyState === WebSocket.CONNECTING && now - this.asked > OPENING_MS
    if (opening || now - this.heard > SILENT_MS) this.lost()
  }
}

function parse(data: unknown): { success: true; message: ServerMessage } | { success: false; reason: string } {
  try {
    const result = serverMessage.safeParse(JSON.parse(String(data)))
    if (result.success) return { success: true, message: result.data }
    const issue = result.error.issues[0]
    return { success: false, reason: `${issue.path.join('.')}: ${issue.message}` }
  } catch {
    return { success: false, reason: 'not JSON' }
  }
}
