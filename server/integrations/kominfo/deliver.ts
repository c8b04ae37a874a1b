import { giveUpAfter } from '../../give_up.ts'
import { retryAfter } from './backoff.ts'
import { signed } from './signature.ts'

/** Where messages go. */
export interface Target {
  url: string
  /** The newest first. */
  secrets: readonly Buffer[]
  timeout_ms: number
}

/**
 * What one POST came to. `refused`: it will be refused again, whenever it is sent. `failed`: this message did not get through now. `silent`: nobody
 * answered, or only a gateway. `busy`: the endpoint asks everybody to wait.
 */
export type Outcome =
  | { kind: 'sent'; status: number }
  | { kind: 'refused' | 'failed'; status: number; reason: string }
  | { kind: 'silent'; status: number | null; reason: string; wait_ms: number | null }
  | { kind: 'busy'; status: number; reason: string; wait_ms: number | null }

const AGAIN = new Set([408, 425])
const GATEWAY = new Set([502, 503, 504])
const MOST_ANSWER = 16_384

/** POSTs one body, signed, at most `timeout_ms`; redirects are not followed. Never throws. `stop` ends it as `silent`. */
export async function deliver(
  target: Target,
  id: string,
  body: string,
  now: Date,
  stop: AbortSignal,
): Promise<Outcome> {
  try {
    return await giveUpAfter(target.timeout_ms, stop, async (signal) => {
      const answer = await fetch(target.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'siaga-112',
          ...signed(id, now.getTime(), body, target.secrets),
        },
        body,
        signal,
      })
      return judge(answer, now)
    })
  } catch (error) {
    return { kind: 'silent', status: null, reason: why(error, target.timeout_ms), wait_ms: null }
  }
}

async function judge(answer: Response, now: Date): Promise<Outcome> {
  const { status } = answer
  const wait_ms = retryAfter(answer.headers.get('retry-after'), now.getTime())
  if (answer.ok) {
    await answer.body?.cancel()
    return { kind: 'sent', status }
  }
  const reason = await said(answer)
  if (status === 429) return { kind: 'busy', status, reason, wait_ms }
  if (GATEWAY.has(status)) return { kind: 'silent', status, reason, wait_ms }
  if (status >= 500 || AGAIN.has(status)) return { kind: 'failed', status, reason }
  return { kind: 'refused', status, reason }
}

/**
 * The status, and the names of the fields that a problem+json blames; nothing else of an answer is kept, since it may quote what was sent.
 */
async function said(answer: Response): Promise<string> {
  const { status } = answer
  if (status >= 300 && status < 400) {
    await answer.body?.cancel()
    return `HTTP ${status}: pengalihan tidak diikuti; perbaiki KOMINFO_URL`
  }
  const fields = await answer
    .text()
    .then((text) => fieldsOf(JSON.parse(text.slice(0, MOST_ANSWER))))
    .catch(() => [])
  return `HTTP ${status}${fields.length ? `: ${fields.join(', ')}` : ''}`
}

function fieldsOf(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('errors' in answer) || !Array.isArray(answer.errors)) return []
  return answer.errors
    .flatMap((each: unknown) =>
      typeof each === 'object' && each !== null && 'field' in each && typeof each.field === 'string'
        ? [each.field]
        : [],
    )
    .filter((field) => /^[\w.[\]-]{1,60}$/.test(field))
    .slice(0, 8)
}

function why(error: unknown, timeout_ms: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `tidak menjawab dalam ${timeout_ms / 1000} dtk`
  const { cause } = error as { cause?: { code?: unknown } }
  return `tidak terjangkau (${typeof cause?.code === 'string' ? cause.code : error instanceof Error ? error.name : 'galat'})`
}
