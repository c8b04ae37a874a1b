import { stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'
import { SESSION_COOKIE } from '../auth/authenticate.ts'
import type { Opened } from '../auth/credentials.ts'

const YEAR_SECONDS = 365 * 24 * 3600

/** Gives a browser its session. A screen's lasts until revoked; browsers cap a cookie's age at 400 days and each visit renews it. */
export function setSession(req: Request, res: Response, { secret, expires_at }: Opened, now: Date): void {
  const left = expires_at ? Math.max(1, Math.round((expires_at.getTime() - now.getTime()) / 1000)) : YEAR_SECONDS
  res.append('Set-Cookie', cookie(req, secret, left))
}

export function dropSession(req: Request, res: Response): void {
  res.append('Set-Cookie', cookie(req, '', 0))
}

const cookie = (req: Request, value: string, maxAge: number) =>
  stringifySetCookie({
    name: SESSION_COOKIE,
    value,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: req.secure,
    maxAge,
  })
