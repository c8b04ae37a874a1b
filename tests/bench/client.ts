import { Agent, request } from 'node:http'
import WebSocket from 'ws'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export interface Answer {
  status: number
  /** From the first byte sent to the last received. */
  ms: number
  /** Bytes of the body as they came, compressed ones uncompressed by nobody. */
  bytes: number
  encoding: string
  text: string
}

export interface Asking {
  token?: string
  body?: unknown
  headers?: Record<string, string>
}

/** One HTTP request over a kept connection; an answer of 400 and more is an error. */
export function ask(method: string, url: string, { token, body, headers }: Asking = {}): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((done, failed) => {
    const started = performance.now()
    const asked = request(
      url,
      {
        method,
        agent,
        headers: {
          ...(payload === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', failed)
        answer.on('end', () => {
          const ms = performance.now() - started
          const whole = Buffer.concat(parts)
          const status = answer.statusCode ?? 0
          if (status >= 400)
            return failed(
              new Error(`${method} ${new URL(url).pathname} answered ${status}: ${whole.toString().slice(0, 500)}`),
            )
          done({
            status,
            ms,
            bytes: whole.length,
            encoding: answer.headers['content-encoding'] ?? 'identity',
            text: answer.headers['content-encoding'] ? '' : whole.toString(),
          })
        })
      },
    )
    asked.setTimeout(60_000, () => asked.destroy(new Error(`${method} ${new URL(url).pathname}: no answer in 60 s`)))
    asked.on('error', failed)
    asked.end(payload)
  })
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Many WebSocket readers that look at each message's text and nothing else. */
export interface Readers {
  /** Milliseconds (Date.now) at which each reader got its next message for which `wanted` holds. Fails after `limit_ms`. */
  next(wanted: (text: string) => boolean, limit_ms?: number): Promise<{ at: number[]; text: string }>
  close(): void
}

export async function openReaders(url: string, count: number, token?: string): Promise<Readers> {
  let hear: ((reader: number, text: string) => void) | null = null
  const sockets: WebSocket[] = []
  for (let reader = 0; reader < count; reader++) {
    const ws = new WebSocket(url.replace('http', 'ws'), {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      perMessageDeflate: false,
    })
    ws.on('message', (data) => hear?.(reader, String(data)))
    await new Promise<void>((done, failed) => ws.once('open', () => done()).once('error', failed))
    sockets.push(ws)
  }
  return {
    next(wanted, limit_ms = 15_000) {
      return new Promise((done, failed) => {
        const at = new Map<number, number>()
        const timer = setTimeout(
          () => failed(new Error(`${at.size} of ${count} readers heard it in ${limit_ms / 1000} s`)),
          limit_ms,
        )
        hear = (reader, text) => {
          if (at.has(reader) || !wanted(text)) return
          at.set(reader, performance.timeOrigin + performance.now())
          if (at.size < count) return
          clearTimeout(timer)
          hear = null
          done({ at: [...at.values()], text })
        }
      })
    },
    close: () => sockets.forEach((ws) => ws.terminate()),
  }
}

/** Now on the clock that other processes of this machine share, finer than a millisecond. */
export const wallMs = (): number => performance.timeOrigin + performance.now()
