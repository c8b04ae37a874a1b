import type { IncomingHttpHeaders } from 'node:http'
import { problem } from '../../../geo/wire/problem.ts'
import type { Role } from '../../../geo/wire/primitives.ts'
import { may } from '../../../server/auth/permissions.ts'
import type { Asked, Call } from './requests.ts'

export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  text: string
  ms: number
}
export type Asker = Role | 'nobody' | 'wrong'

/** Who may read what callers said, anywhere. */
const reads = (asker: Asker) =>
  asker !== 'nobody' &&
  asker !== 'wrong' &&
  (may(asker, 'incident.read_private') || may(asker, 'privacy.read') || may(asker, 'call.read_private'))

/** Undefined, which no schema takes, for what is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** What is wrong with an answer, in a line; null: nothing. `secret` stands in all that callers said before. */
export function faultOf(
  call: Pick<Call, 'answer'> | null,
  asked: Asked,
  asker: Asker,
  answered: Answered,
  secret: string,
): string | null {
  const { status, headers, text } = answered
  if (status >= 500) return `${status}`
  if (text.includes(secret) && !reads(asker)) return 'what a caller said was told'
  const type = headers['content-type'] ?? ''
  // Packed as asked: what is inside was looked at often enough.
  if (headers['content-encoding'] !== undefined) return null
  if (status >= 400 && asked.method !== 'HEAD') {
    if (!type.startsWith('application/problem+json')) return `${status} as ${type || 'nothing'}`
    const read = problem.safeParse(readJson(text))
    if (!read.success) return `${status} is no problem: ${text.slice(0, 200)}`
    if (read.data.status !== status) return `${status} says ${read.data.status}`
    if (status === 422 && !read.data.errors?.some(({ field }) => field !== ''))
      return `422 names no field: ${text.slice(0, 200)}`
    if (status === 429 && !headers['retry-after']) return '429 without Retry-After'
    if (status === 401 && !headers['www-authenticate']) return '401 without WWW-Authenticate'
    return null
  }
  if (headers['x-content-type-options'] !== 'nosniff') return 'no nosniff'
  if (call?.answer && type.startsWith('application/json') && text !== '') {
    const read = call.answer.safeParse(readJson(text))
    if (!read.success) {
      const issue = read.error.issues[0]
      return `${status} is not as declared: ${issue.path.join('.')} ${issue.message}`.slice(0, 300)
    }
  }
  return null
}
