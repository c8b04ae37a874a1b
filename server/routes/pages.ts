import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router, type Request, type Response } from 'express'
import { stringifySetCookie } from 'cookie'
import { presentedSecret, SESSION_COOKIE } from '../auth/authenticate.ts'
import { findPrincipal, openSession, redeemLink } from '../auth/credentials.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { ApiError } from '../errors.ts'
import type { Services } from '../services.ts'

/** The page a role starts on after signing in by a link; those without a page yet start at the front door. */
const HOME: Partial<Record<Role, string>> = {
  screen: '/wall',
  supervisor: '/wall',
  operator: '/console',
  dispatcher: '/dispatch',
  admin: '/admin',
}

function setSession(req: Request, res: Response, session: { secret: string; expires_at: Date | null }): void {
  const year = 365 * 24 * 3600
  res.append(
    'Set-Cookie',
    stringifySetCookie({
      name: SESSION_COOKIE,
      value: session.secret,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: req.secure,
      // A screen's session lasts until revoked; browsers cap a cookie's age at 400 days and each visit renews it.
      maxAge: session.expires_at ? Math.max(1, Math.round((session.expires_at.getTime() - Date.now()) / 1000)) : year,
    }),
  )
}

/** Serves the built pages, each at /<page>; turns links and `?token=` into a session cookie that leaves the address bar. */
export function pageRoutes({ db, now }: Pick<Services, 'db' | 'now'>, clientDir: string): Router {
  const router = Router()
  const pages = existsSync(clientDir)
    ? readdirSync(clientDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(clientDir, entry.name, 'index.html')))
        .map((entry) => entry.name)
    : []

  router.get('/masuk', async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const link = typeof req.query.tautan === 'string' ? req.query.tautan : ''
    const session = link ? await redeemLink(db, link, now()) : null
    if (!session) throw new ApiError(401, 'link_used', 'Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru.')
    setSession(req, res, session)
    const home = HOME[session.role]
    res.redirect(303, home && pages.includes(home.slice(1)) ? home : '/')
  })

  for (const page of ['', ...pages]) {
    router.get(`/${page}`, async (req, res) => {
      res.set('Cache-Control', 'no-cache')
      if (typeof req.query.token === 'string') {
        const principal = await findPrincipal(db, req.query.token, now())
        if (!principal?.credential_id)
          throw new ApiError(401, 'unauthenticated', 'Token tidak dikenal, dicabut, atau kedaluwarsa')
        setSession(
          req,
          res,
          await openSession(
            db,
            {
              id: principal.credential_id,
              role: principal.role,
              label: 'layar',
              agency_id: principal.agency_id,
              unit_id: principal.unit_id,
            },
            now(),
          ),
        )
        const rest = new URLSearchParams(req.query as Record<string, string>)
        rest.delete('token')
        return res.redirect(303, `/${page}${rest.size ? `?${rest}` : ''}`)
      }
      // Renewed where the database can be asked; the page itself comes all the same: it says by itself what is away.
      const shown = presentedSecret(req.headers)
      if (shown?.by === 'cookie') {
        const principal = await findPrincipal(db, shown.secret, now()).catch(() => null)
        if (principal?.role === 'screen') setSession(req, res, { secret: shown.secret, expires_at: null })
      }
      res.sendFile('index.html', { root: join(clientDir, page), cacheControl: false })
    })
  }
  // Files under assets/ carry their content's hash in the name.
  router.use(
    '/assets',
    express.static(join(clientDir, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
  )
  router.use(express.static(clientDir, { index: false, maxAge: '1h', redirect: false }))
  return router
}
