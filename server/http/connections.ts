import { STATUS_CODES, type Server, type ServerOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import { ApiError } from '../errors.ts'
import { addressKey, type Trust } from './address.ts'
import type { Refusals } from './refusals.ts'

/**
 * How slow a request may be: its head is whole within 15 s, all of it within 2 minutes (a photo of 3 MB from a phone with a bad signal), looked at
 * every 5 s. A connection without a request is kept for 65 s, longer than proxies keep theirs.
 */
export const SLOWEST: ServerOptions = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  // a long text in a query reaches the route, which says what is wrong with it: ten thousand characters of four bytes, each written as three in a URL
  maxHeaderSize: 128 * 1024,
}
/** Open connections: all together, and of one address that is no proxy (200 walls with seven each behind one). */
export const MOST_CONNECTIONS = 6_000
export const MOST_OF_ONE_ADDRESS = 2_000

const FAULTS: Record<string, [status: number, code: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'Kepala permintaan terlalu besar'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too_slow', 'Permintaan terlalu lambat'],
}

/** Counts and bounds connections, and answers what is no HTTP in the form of every other error. */
export function guardConnections(server: Server, { trust, refusals }: { trust: Trust; refusals: Refusals }): void {
  const open = new Map<string, number>()
  server.maxConnections = MOST_CONNECTIONS
  server.on('drop', () => refusals.count('connections'))
  server.on('connection', (socket) => {
    const address = socket.remoteAddress
    if (address === undefined || trust(address, 0)) return
    const key = addressKey(address)
    const count = (open.get(key) ?? 0) + 1
    if (count > MOST_OF_ONE_ADDRESS) {
      refusals.count('connections')
      socket.destroy()
      return
    }
    open.set(key, count)
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1
      if (left > 0) open.set(key, left)
      else open.delete(key)
    })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    refusals.count('broken_request')
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const [status, code, detail] = FAULTS[error.code ?? ''] ?? [400, 'bad_request', 'Permintaan tidak dapat dibaca']
    socket.end(refusal(new ApiError(status, code, detail)))
    socket.once('error', () => socket.destroy())
    // Whoever goes on sending is not waited for.
    setTimeout(() => socket.destroy(), 1_000).unref()
  })
}

/** A whole answer for a connection that has no other way to say it. */
export function refusal(error: ApiError): string {
  const body = JSON.stringify(error.toProblem())
  return [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    ...(error.retry_after === null ? [] : [`Retry-After: ${error.retry_after}`]),
    ...(error.status === 401 ? ['WWW-Authenticate: Bearer'] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
