import { stringifySetCookie } from 'cookie'
import type { Response } from 'express'
import { HOST_COOKIE, SESSION_COOKIE } from '../auth/authenticate.ts'
import type { Opened } from '../auth/credentials.ts'

const YEAR_SECONDS = 365 * 24 * 3600

/** Gives a browser its session. A screen's lasts until revoked; browsers cap a cookie's age at 400 days and each visit renews it. */
export function setSession(res: Response, { secret, expires_at }: Opened, now: Date): void {
  const left = expires_at ? Math.max(1, Math.round((expires_at.getTime() - now.getTime()) / 1000)) : YEAR_SECONDS
  give(res, secret, left)
}

export const dropSession = (res: Response): void => give(res, '', 0)

/** Over https under the name that nobody else can give ({@link HOST_COOKIE}), and what stood under the other is over. */
function give(res: Response, value: string, maxAge: number): void {
  const https = res.locals.https === true
  const cookie = (name: string, value: string, maxAge: number) =>
    stringifySetCookie({ name, value, maxAge, httpOnly: true, sameSite: 'lax', path: '/', secure: https })
  res.append('Set-Cookie', cookie(https ? HOST_COOKIE : SESSION_COOKIE, value, maxAge))
  if (https) res.append('Set-Cookie', cookie(SESSION_COOKIE, '', 0))
}
