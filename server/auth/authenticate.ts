import type { IncomingMessage } from 'node:http'
import { parseCookie } from 'cookie'
import { ApiError } from '../errors.ts'
import type { Executor } from '../db/database.ts'
import { findPrincipal } from './credentials.ts'
import { anonymousScreen, type Principal } from './principal.ts'

export const SESSION_COOKIE = 'siaga_session'
/** Its name where the browser came by https: no other host of the domain and no http page can put one in its place. */
export const HOST_COOKIE = `__Host-${SESSION_COOKIE}`

interface Presented {
  secret: string
  by: 'header' | 'cookie'
  /** The cookie's name keeps others from putting one in its place. */
  own_host: boolean
}

/** The secret a request shows: Bearer, Basic (the password; OwnTracks), or the session cookie. */
export function presentedSecret(headers: IncomingMessage['headers']): Presented | null {
  const [scheme, value] = (headers.authorization ?? '').split(' ', 2)
  if (/^bearer$/i.test(scheme) && value) return { secret: value, by: 'header', own_host: true }
  if (/^basic$/i.test(scheme) && value)
    return {
      secret: Buffer.from(value, 'base64').toString().split(':').slice(1).join(':'),
      by: 'header',
      own_host: true,
    }
  const cookies = parseCookie(headers.cookie ?? '')
  const cookie = cookies[HOST_COOKIE] ?? cookies[SESSION_COOKIE]
  return cookie ? { secret: cookie, by: 'cookie', own_host: HOST_COOKIE in cookies } : null
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
  options: {
    anonymousIsScreen: boolean
    now: () => Date
    /** Where browsers reach this server, when it is said. */
    public_url?: string | null
    /** The use of a session could not be noted. */
    onFault?: (error: unknown, credential_id: string | null) => void
  },
) {
  const secure_host = options.public_url?.startsWith('https:') ? new URL(options.public_url).host : null
  const cache = new Map<string, { principal: Principal | null; until: number; at: number }>()

  async function lookUp(secret: string, isUse: boolean): Promise<Principal | null> {
    const now = options.now()
    const known = cache.get(secret)
    // By both clocks: one that is set back would let a revoked credential in for hours, one set ahead what has run out meanwhile.
    if (known && known.until > performance.now() && Math.abs(now.getTime() - known.at) < CACHE_MS)
      return known.principal
    const principal = await findPrincipal(db, secret, now)
    // Nobody waits for the note; one that fails is made by the next request.
    if (isUse && principal?.stale)
      void db
        .rows('credential_seen', { id: principal.credential_id, now })
        .catch((error: unknown) => options.onFault?.(error, principal.credential_id))
    // A note is due: what a socket found must not keep a request from making it.
    if (!isUse && principal?.stale) return principal
    if (cache.size >= CACHE_SIZE) cache.clear()
    cache.set(secret, { principal, until: performance.now() + CACHE_MS, at: now.getTime() })
    return principal
  }

  /** `isUse` false: looks without counting as use of the session. */
  async function authenticate(
    headers: IncomingMessage['headers'],
    extraSecret?: string,
    isUse = true,
  ): Promise<Principal | null> {
    const presented: Presented | null = extraSecret
      ? { secret: extraSecret, by: 'header', own_host: true }
      : presentedSecret(headers)
    const principal = presented ? await lookUp(presented.secret, isUse) : null
    // A wall from before it came by https keeps its session; anybody else signs in again, for somebody else may have left that cookie.
    const strange = presented?.own_host === false && secure_host !== null && headers.host === secure_host
    if (principal && !(strange && principal.role !== 'screen')) return principal
    if (presented?.by === 'header')
      throw new ApiError(401, 'unauthenticated', 'Token tidak dikenal, dicabut, atau kedaluwarsa')
    return options.anonymousIsScreen ? anonymousScreen : null
  }
  /** `forget` lets nothing remembered stand: somebody was shut out and must be out at once. */
  return { authenticate, forget: () => cache.clear() }
}
export type Authenticate = ReturnType<typeof createAuthenticator>['authenticate']
