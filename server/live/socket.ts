import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocketServer, type WebSocket } from 'ws'
import { clientMessage, type Hello } from '../../geo/wire/live.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { isOwnOrigin } from '../http/origin.ts'
import type { Hub } from './hub.ts'
import type { Screens } from './screens.ts'

/** A reader with more than this unread is let go; it comes back with `since` and misses nothing. */
const MAX_BUFFERED_BYTES = 8_000_000
const PING_MS = 15_000
/** Pings between two notes that somebody is there. */
const NOTE_EVERY = 4
/** Close code, in the range that is free to applications: the credential is not valid any more. */
const UNAUTHENTICATED = 4401

interface LiveOptions {
  hub: Hub
  screens: Screens
  authenticate: Authenticate
  log: Logger
  now: () => Date
  simulated: boolean
  version: string
  wall_heap_mb: number
  /** Somebody's page is open: noted while it is, so that the room knows who is at work. */
  here: (credential_id: string) => void
}

const refuse = (socket: Duplex, status: string) =>
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)

/** Serves `WS /live?since=` on an HTTP server (messages: geo/wire/live.ts). `close` lets all readers go; `checkAccess` those whom nothing lets in any more. */
export function serveLive(server: Server, options: LiveOptions): { close(): Promise<void>; checkAccess(): void } {
  const checks = new Map<WebSocket, () => Promise<void>>()
  const wss = new WebSocketServer({ noServer: true, maxPayload: 16_384, perMessageDeflate: false })

  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy())
    admit(req, options).then(
      (admitted) =>
        wss.handleUpgrade(req, socket, head, (ws) => {
          void attach(ws, req, admitted.principal, admitted.since, options, checks)
        }),
      (error: unknown) => {
        const status = error instanceof ApiError ? error.status : 503
        refuse(
          socket,
          { 400: '400 Bad Request', 401: '401 Unauthorized', 403: '403 Forbidden', 404: '404 Not Found' }[status] ??
            '503 Service Unavailable',
        )
      },
    )
  })

  return {
    checkAccess() {
      for (const check of checks.values()) void check()
    },
    async close() {
      for (const ws of wss.clients) ws.close(1001, 'server restarts')
      await new Promise((resolve) => setTimeout(resolve, 100))
      for (const ws of wss.clients) ws.terminate()
      wss.close()
    },
  }
}

async function admit(
  req: IncomingMessage,
  { authenticate }: LiveOptions,
): Promise<{ principal: Principal; since: number | null }> {
  const url = new URL(req.url ?? '/', 'http://localhost')
  if (url.pathname !== '/live') throw new ApiError(404, 'not_found', 'tidak ada')
  if (!isOwnOrigin(req.headers)) throw new ApiError(403, 'foreign_origin', 'asal lain')
  const principal = await authenticate(req.headers)
  if (!principal) throw new ApiError(401, 'unauthenticated', 'masuk dahulu')
  if (principal.scope !== null || !may(principal.role, 'live.read'))
    throw new ApiError(403, 'forbidden', 'tidak berhak')
  const text = url.searchParams.get('since')
  if (text !== null && text !== '' && !/^\d{1,15}$/.test(text)) throw new ApiError(400, 'invalid', 'since')
  return { principal, since: text ? Number(text) : null }
}

async function attach(
  ws: WebSocket,
  req: IncomingMessage,
  principal: Principal,
  since: number | null,
  options: LiveOptions,
  checks: Map<WebSocket, () => Promise<void>>,
): Promise<void> {
  const { hub, screens, authenticate, log, now, simulated, version, wall_heap_mb } = options
  let leave = () => {}
  let answered = true
  let pings = 0
  const note = () => {
    if (principal.credential_id && principal.role !== 'screen') options.here(principal.credential_id)
  }
  note()
  const pinger = setInterval(() => {
    if (!answered) return ws.terminate()
    answered = false
    ws.ping()
    if (++pings % NOTE_EVERY === 0) note()
    void checkAccess()
  }, PING_MS)
  // Who was let in is let go when that is revoked or over. A database that is away revokes nobody.
  async function checkAccess(): Promise<void> {
    try {
      const still = await authenticate(req.headers, undefined, false)
      if (still?.credential_id !== principal.credential_id) ws.close(UNAUTHENTICATED, 'masuk dahulu')
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) ws.close(UNAUTHENTICATED, 'masuk dahulu')
    }
  }
  checks.set(ws, checkAccess)
  ws.on('pong', () => (answered = true))
  ws.on('error', () => ws.terminate())
  ws.on('close', () => {
    clearInterval(pinger)
    checks.delete(ws)
    leave()
  })
  ws.on('message', (data) => {
    const message = clientMessage.safeParse(parse(String(data)))
    if (message.success) screens.heard(message.data, principal.role)
    else ws.close(1008, 'unknown message')
  })
  const hello: Hello = {
    type: 'hello',
    log_id: hub.log_id,
    seq: hub.seq,
    server_time: now().toISOString(),
    role: principal.role,
    simulated,
    version,
    wall_heap_mb,
  }
  ws.send(JSON.stringify(hello))
  try {
    const left = await hub.join({ role: principal.role, send: (text) => send(ws, text) }, since)
    leave = left
    if (ws.readyState !== ws.OPEN) leave()
  } catch (error) {
    log.warn({ err: error }, 'a reader could not be given its snapshot')
    ws.close(1013, 'database away')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function send(ws: WebSocket, text: string): boolean {
  if (ws.readyState !== ws.OPEN) return false
  if (ws.bufferedAmount > MAX_BUFFERED_BYTES) {
    ws.terminate()
    return false
  }
  ws.send(text)
  return true
}
