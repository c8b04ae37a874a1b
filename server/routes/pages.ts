import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router, type Response } from 'express'
import { presentedSecret } from '../auth/authenticate.ts'
import { findPrincipal, openSession, redeemLink } from '../auth/credentials.ts'
import { ApiError } from '../errors.ts'
import { homeOf } from '../http/home.ts'
import { pagePolicy } from '../http/csp.ts'
import { setSession } from '../http/session_cookie.ts'
import type { Services } from '../services.ts'
import { lastFullMonth } from '../stats/hotspot_history.ts'
import { lookAtLink } from '../verbs/sign_in.ts'

/** Pages whose address goes on below their name, `/report/2026-10`, and where the bare one leads. */
const BELOW: Record<string, { path: RegExp; first: (now: Date) => string }> = {
  report: { path: /^\d{4}-(0[1-9]|1[0-2])$/, first: lastFullMonth },
}

/** The folder of the page at /masuk. */
const SIGN_IN = 'signin'

/** Serves the built pages, each at /<page>; turns links and `?token=` into a session cookie that leaves the address bar. */
export function pageRoutes({ db, log, now }: Pick<Services, 'db' | 'log' | 'now'>, clientDir: string): Router {
  const router = Router()
  const pages = existsSync(clientDir)
    ? readdirSync(clientDir, { withFileTypes: true })
        .filter(
          (entry) =>
            entry.isDirectory() && entry.name !== SIGN_IN && existsSync(join(clientDir, entry.name, 'index.html')),
        )
        .map((entry) => entry.name)
    : []

  const showPage = (res: Response, page: string) =>
    res
      .set('Content-Security-Policy', pagePolicy(page))
      .sendFile('index.html', { root: join(clientDir, page), cacheControl: false })
  const signInPage = (res: Response) => showPage(res, SIGN_IN)
  router.get('/masuk', async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const link = typeof req.query.tautan === 'string' ? req.query.tautan : ''
    if (!link) return signInPage(res)
    const purpose = (await lookAtLink(db, link, now()))?.purpose
    // One that sets a password is used by the form, not by opening it; a fragment stands in no log.
    if (purpose === 'first_admin' || purpose === 'password') return res.redirect(303, `/masuk#tautan=${link}`)
    const session = purpose ? await redeemLink(db, link, now()) : null
    // The page says that the link is over.
    if (!session) return signInPage(res.status(401))
    setSession(res, session, now())
    log.info(
      { role: session.role, address: req.ip, request_id: res.locals.request_id as unknown },
      'signed in by a link',
    )
    const home = homeOf(session.role)
    res.redirect(303, pages.includes(home.slice(1).split('#')[0]) ? home : '/')
  })

  for (const page of ['', ...pages]) {
    const below = BELOW[page]
    const paths = below ? [`/${page}`, `/${page}/:below`] : [`/${page}`]
    router.get(paths, async (req, res, next) => {
      const at: unknown = req.params.below
      if (typeof at === 'string' && !below?.path.test(at)) return next()
      const here = typeof at === 'string' ? `${page}/${at}` : page
      res.set('Cache-Control', 'no-cache')
      if (typeof req.query.token === 'string') {
        const principal = await findPrincipal(db, req.query.token, now())
        if (!principal?.credential_id || principal.scope !== null)
          throw new ApiError(401, 'unauthenticated', 'Token tidak dikenal, dicabut, atau kedaluwarsa')
        setSession(
          res,
          await openSession(
            db,
            {
              parent_id: principal.credential_id,
              role: principal.role,
              label: 'layar',
              agency_id: principal.agency_id,
              unit_id: principal.unit_id,
            },
            now(),
          ),
          now(),
        )
        const { role, actor } = principal
        log.info({ role, actor, address: req.ip, request_id: res.locals.request_id as unknown }, 'signed in by a token')
        const rest = new URLSearchParams(req.query as Record<string, string>)
        rest.delete('token')
        return res.redirect(303, `/${here}${rest.size ? `?${rest}` : ''}`)
      }
      if (below && here === page) {
        const query = new URLSearchParams(req.query as Record<string, string>)
        return res.redirect(302, `/${page}/${below.first(now())}${query.size ? `?${query}` : ''}`)
      }
      // Renewed where the database can be asked; the page itself comes all the same: it says by itself what is away.
      const shown = presentedSecret(req.headers)
      if (shown?.by === 'cookie') {
        const principal = await findPrincipal(db, shown.secret, now()).catch(() => null)
        if (principal?.role === 'screen') setSession(res, { secret: shown.secret, expires_at: null }, now())
      }
      showPage(res, page)
    })
  }
  // A worker goes by the policy that comes with its own file.
  const setHeaders = (res: { setHeader(name: string, value: string): unknown }) =>
    res.setHeader('Content-Security-Policy', pagePolicy('assets'))
  // Files under assets/ carry their content's hash in the name.
  router.use(
    '/assets',
    express.static(join(clientDir, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      fallthrough: false,
      setHeaders,
    }),
  )
  router.use(express.static(clientDir, { index: false, maxAge: '1h', redirect: false, setHeaders }))
  return router
}
