import type { IncomingMessage, Server } from 'node:http'
import type { Logger } from 'pino'
import { WebSocketServer, type WebSocket } from 'ws'
import { clientMessage, type Hello } from '../../geo/wire/live.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { addressKey, clientAddress, type Trust } from '../http/address.ts'
import { refusal } from '../http/connections.ts'
import type { Limits } from '../http/limits.ts'
import { isOwnOrigin } from '../http/origin.ts'
import type { Refusals } from '../http/refusals.ts'
import { createAdmission } from './admission.ts'
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
  limits: Pick<Limits, 'failed'>
  refusals: Refusals
  trust: Trust
  public_url: string | null
  log: Logger
  now: () => Date
  simulated: boolean
  version: string
  wall_heap_mb: number
  /** Somebody's page is open: noted while it is, so that the room knows who is at work. */
  here: (credential_id: string) => void
  /** A reader was too slow and is let go. */
  dropped?: () => void
}

/** Serves `WS /live?since=` on an HTTP server (messages: geo/wire/live.ts). `close` lets all readers go; `checkAccess` those whom nothing lets in any more. */
export function serveLive(server: Server, options: LiveOptions): { close(): Promise<void>; checkAccess(): void } {
  const checks = new Map<WebSocket, () => Promise<void>>()
  const admission = createAdmission(options.refusals)
  const wss = new WebSocketServer({ noServer: true, maxPayload: 16_384, perMessageDeflate: false })

  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy())
    admit(req, options, admission).then(
      (admitted) => {
        // Whatever becomes of the handshake, this connection ends once.
        socket.once('close', admitted.leave)
        if (socket.destroyed) return admitted.leave()
        wss.handleUpgrade(req, socket, head, (ws) => {
          void attach(ws, req, admitted, options, admission.speaker(admitted.principal), checks)
        })
      },
      (error: unknown) => {
        const known = error instanceof ApiError
        socket.end(refusal(known ? error : new ApiError(503, 'database_away', 'Basis data tidak terjangkau')))
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

type Admission = ReturnType<typeof createAdmission>
interface Admitted {
  principal: Principal
  since: number | null
  leave: () => void
}

async function admit(
  req: IncomingMessage,
  { authenticate, limits, refusals, trust, public_url }: LiveOptions,
  admission: Admission,
): Promise<Admitted> {
  const address = clientAddress(req, trust)
  if (!URL.canParse(req.url ?? '/', 'http://localhost')) throw new ApiError(400, 'bad_url', 'Alamat tidak dapat dibaca')
  const url = new URL(req.url ?? '/', 'http://localhost')
  if (url.pathname !== '/live') throw new ApiError(404, 'not_found', 'tidak ada')
  if (!isOwnOrigin(req.headers, public_url)) {
    refusals.count('origin')
    throw new ApiError(403, 'foreign_origin', 'asal lain')
  }
  const principal = await authenticate(req.headers).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) limits.failed(address)
    throw error
  })
  if (!principal) {
    limits.failed(address)
    throw new ApiError(401, 'unauthenticated', 'masuk dahulu')
  }
  if (principal.scope !== null || !may(principal.role, 'live.read'))
    throw new ApiError(403, 'forbidden', 'tidak berhak')
  const text = url.searchParams.get('since')
  if (text !== null && text !== '' && !/^\d{1,15}$/.test(text)) throw new ApiError(400, 'invalid', 'since')
  return { principal, since: text ? Number(text) : null, leave: admission.enter(principal, addressKey(address)) }
}

async function attach(
  ws: WebSocket,
  req: IncomingMessage,
  { principal, since }: Pick<Admitted, 'principal' | 'since'>,
  options: LiveOptions,
  speaker: ReturnType<Admission['speaker']>,
  checks: Map<WebSocket, () => Promise<void>>,
): Promise<void> {
  const { hub, screens, authenticate, log, now, simulated, version, wall_heap_mb, dropped } = options
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
    speaker.gone()
    leave()
  })
  ws.on('message', (data) => {
    if (!speaker.may()) return ws.close(1008, 'too many messages')
    const message = clientMessage.safeParse(parse(String(data)))
    if (!message.success) return ws.close(1008, 'unknown message')
    // Whoever may see what a wall shows may tell of one; nobody of a screen that another session tells of.
    if (may(principal.role, 'incident.read') && speaker.mayTellOf(message.data.screen_id))
      screens.heard(message.data, principal.role)
  })
  const hello = (continues?: string): Hello => ({
    type: 'hello',
    log_id: hub.log_id,
    seq: hub.seq,
    server_time: now().toISOString(),
    role: principal.role,
    simulated,
    version,
    sees_incidents: may(principal.role, 'incident.read'),
    wall_heap_mb,
    continues,
  })
  ws.send(JSON.stringify(hello()))
  try {
    const left = await hub.join(
      {
        role: principal.role,
        send: (text) => send(ws, text, dropped),
        greet: (continues) => void send(ws, JSON.stringify(hello(continues)), dropped),
        drop: () => ws.close(1013, 'database away'),
      },
      since,
    )
    leave = left
    if (ws.readyState !== ws.OPEN) leave()
  } catch (error) {
    const { role, credential_id } = principal
    log.warn({ err: error, role, credential_id }, 'a reader could not be given its snapshot')
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

function send(ws: WebSocket, text: string, dropped?: () => void): boolean {
  if (ws.readyState !== ws.OPEN) return false
  if (ws.bufferedAmount > MAX_BUFFERED_BYTES) {
    dropped?.()
    ws.terminate()
    return false
  }
  ws.send(text)
  return true
}
