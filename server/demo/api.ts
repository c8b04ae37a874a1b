import type { Logger } from 'pino'
import { giveUpAfter } from '../give_up.ts'
import { sleep } from './sleep.ts'

export interface Answer<T> {
  status: number
  body: T
}

/** The server refused (4xx): trying the same again would not help. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, what: string, reason: string) {
    super(`${what}: ${status} ${reason}`)
    this.status = status
  }
}

const ATTEMPTS = 4
const TIMEOUT_MS = 10_000

/** The demo as an outside client: JSON over HTTP with a token. Network errors and 5xx are tried again, with a growing pause. */
export function createApi(options: { url: string; token: string; signal: AbortSignal; log: Logger }) {
  const { url, token, signal, log } = options

  /** Throws {@link Refused} on 4xx, and the last error when the server stays away. */
  async function call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      try {
        const { response, text } = await giveUpAfter(TIMEOUT_MS, signal, async (given_up) => {
          const response = await fetch(url + path, {
            method,
            headers: {
              authorization: `Bearer ${token}`,
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
              ...headers,
            },
            body: body === undefined ? undefined : JSON.stringify(body),
            signal: given_up,
          })
          return { response, text: await response.text() }
        })
        if (response.ok) return JSON.parse(text || 'null') as T
        if (response.status < 500 && response.status !== 429)
          throw new Refused(response.status, `${method} ${path}`, text.slice(0, 300))
        throw new Error(`${method} ${path}: ${response.status}`)
      } catch (error) {
        if (error instanceof Refused || signal.aborted || attempt === ATTEMPTS) throw error
        log.debug({ err: error, method, path }, 'demo: request failed; again')
        await sleep(250 * 2 ** attempt, signal)
      }
    }
  }
  return {
    get: <T>(path: string) => call<T>('GET', path),
    post: <T>(path: string, body: unknown, headers?: Record<string, string>) => call<T>('POST', path, body, headers),
    put: <T>(path: string, body: unknown) => call<T>('PUT', path, body),
    patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, body),
  }
}
export type Api = ReturnType<typeof createApi>
