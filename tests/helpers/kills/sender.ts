import type { Ledger } from './ledger.ts'

/** As the pages have it (client/state/api.ts). */
const PATIENCE_MS = 10_000
const AGAIN_MS = 150

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  path: string
  token: string
  body?: unknown
  key?: string
}

export interface Reply {
  status: number
  body: unknown
  /** The first attempt was answered. */
  at_once: boolean
}

/**
 * Sends a request until it is answered, as console, dispatch and field do: no answer, and 5xx, leave it in doubt, and the same is sent again. Every
 * answer is held to the contract: a refusal is a 503 in problem+json that came in time, and never another 5xx.
 */
export async function sendUntilAnswered(url: string, request: Request, ledger: Ledger): Promise<Reply> {
  for (let attempt = 0; ; attempt++) {
    const began = performance.now()
    try {
      const answer = await fetch(url + request.path, {
        method: request.method,
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          authorization: `Bearer ${request.token}`,
          'content-type': 'application/json',
          ...(request.key ? { 'idempotency-key': request.key } : {}),
        },
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
      })
      const text = await answer.text()
      if (answer.status < 500) {
        if (answer.ok && request.method !== 'GET') ledger.acknowledged++
        return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : null, at_once: attempt === 0 }
      }
      ledger.refused(performance.now() - began)
      if (answer.status !== 503 || !/problem\+json/.test(answer.headers.get('content-type') ?? ''))
        ledger.wrong(`${request.method} ${request.path} answered ${answer.status}: ${text.slice(0, 300)}`)
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') ledger.unheard(`${request.method} ${request.path}`)
      ledger.in_doubt++
    }
    await new Promise((done) => setTimeout(done, AGAIN_MS))
  }
}
