import type { IncomingMessage } from 'node:http'
import { parseCookie } from 'cookie'
import { ApiError } from '../errors.ts'
import type { Executor } from '../db/database.ts'
import { findPrincipal } from './credentials.ts'
import { anonymousScreen, type Principal } from './principal.ts'

export const SESSION_COOKIE = 'siaga_session'

interface Presented {
  secret: string
  by: 'header' | 'cookie'
}

/** The secret a request shows: Bearer, Basic (the password; OwnTracks), or the session cookie. */
export function presentedSecret(headers: IncomingMessage['headers']): Presented | null {
  const [scheme, value] = (headers.authorization ?? '').split(' ', 2)
  if (/^bearer$/i.test(scheme) && value) return { secret: value, by: 'header' }
  if (/^basic$/i.test(scheme) && value)
    return { secret: Buffer.from(value, 'base64').toString().split(':').slice(1).join(':'), by: 'header' }
  const cookie = parseCookie(headers.cookie ?? '')[SESSION_COOKIE]
  return cookie ? { secret: cookie, by: 'cookie' } : null
}

const CACHE_MS = 2_000
const CACHE_SIZE = 5_000

/**
 * Makes the authenticator. Answers are kept for two seconds, so that a stream of positions does not ask the database each
 * time; a revoked credential is therefore refused at most two seconds later. In the demo nobody in particular is a screen.
 * A wrong Bearer is refused (401) even then; a stale cookie falls back to nobody. A request is use of its session, an open socket is not.
 */
export function createAuthenticator(
  db: Executor,
  options: { anonymousIsScreen: boolean; now: () => Date; onFault?: (error: unknown) => void },
) {
  const cache = new Map<string, { principal: Principal | null; until: number }>()

  async function lookUp(secret: string, isUse: boolean): Promise<Principal | null> {
    const now = options.now()
    const known = cache.get(secret)
    if (known && known.until > now.getTime()) return known.principal
    const principal = await findPrincipal(db, secret, now)
    // Nobody waits for the note; one that fails is made by the next request.
    if (isUse && principal?.stale)
      void db
        .rows('credential_seen', { id: principal.credential_id, now })
        .catch((error: unknown) => options.onFault?.(error))
    // A note is due: what a socket found must not keep a request from making it.
    if (!isUse && principal?.stale) return principal
    if (cache.size >= CACHE_SIZE) cache.clear()
    cache.set(secret, { principal, until: now.getTime() + CACHE_MS })
    return principal
  }

  /** `isUse` false: looks without counting as use of the session. */
  async function authenticate(
    headers: IncomingMessage['headers'],
    extraSecret?: string,
    isUse = true,
  ): Promise<Principal | null> {
    const presented = extraSecret ? { secret: extraSecret, by: 'header' as const } : presentedSecret(headers)
    const principal = presented ? await lookUp(presented.secret, isUse) : null
    if (principal) return principal
    if (presented?.by === 'header')
      throw new ApiError(401, 'unauthenticated', 'Token tidak dikenal, dicabut, atau kedaluwarsa')
    return options.anonymousIsScreen ? anonymousScreen : null
  }
  /** `forget` lets nothing remembered stand: somebody was shut out and must be out at once. */
  return { authenticate, forget: () => cache.clear() }
}
export type Authenticate = ReturnType<typeof createAuthenticator>['authenticate']
