import type { NextFunction, Request, Response, Router } from 'express'
import { Router as createRouter } from 'express'
import type { Authenticate } from '../auth/authenticate.ts'
import { may, SCOPES } from '../auth/permissions.ts'
import { anonymousScreen } from '../auth/principal.ts'
import { isSecret } from '../auth/secret.ts'
import { ApiError } from '../errors.ts'
import { isOwnOrigin } from './origin.ts'
import type { Limits } from './limits.ts'
import { concerns, incidentOf } from './request_context.ts'
import type { Route } from './route.ts'
import { validate } from './validate.ts'

const UNSAFE = new Set(['POST', 'PATCH', 'DELETE', 'PUT'])

/** A page of another site cannot act with this site's cookie: unsafe methods by cookie must come from our own origin. */
function checkOrigin(req: Request, kind: string, public_url: string | null = null): void {
  if (kind !== 'session' || !UNSAFE.has(req.method)) return
  const site = req.headers['sec-fetch-site'] ?? 'none'
  const own =
    isOwnOrigin(req.headers, public_url) && (req.headers.origin || ['same-origin', 'none'].includes(String(site)))
  if (!own) throw new ApiError(403, 'foreign_origin', 'Permintaan dari situs lain ditolak')
}

/**
 * What a phone app shows that can send no header: `?token=`, or the identifier of its device. Traccar Client keeps only address and path of the
 * URL it is given, so the token is its identifier: in the query of older ones, in the body of those from 9 on.
 */
function positionToken(req: Request): string | undefined {
  if (typeof req.query.token === 'string') return req.query.token
  const said = { ...req.query, ...(req.body as object | undefined) } as Record<string, unknown>
  return [said.device_id, said.id, said.deviceid].find(
    (value): value is string => typeof value === 'string' && isSecret(value),
  )
}

interface Mount {
  authenticate: Authenticate
  now: () => Date
  /** None where only one asks. */
  limits?: Limits
  /** Where browsers reach this server, when it is said. */
  public_url?: string | null
}

/** Turns declared routes into an Express router: authenticate, authorise, limit, validate, handle, answer. */
export function mountRoutes(routes: Route[], options: Mount): Router {
  const router = createRouter()
  for (const route of routes) {
    router[route.method](route.path, (req: Request, res: Response, next: NextFunction) => {
      serve(route, req, res, options).catch((error: unknown) => {
        if (!(error instanceof ApiError) || error.status !== 401) return next(error)
        try {
          options.limits?.failed(req.ip ?? '')
          next(error)
        } catch (tooOften) {
          next(tooOften)
        }
      })
    })
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase())
    router.all(path, (req, res) => {
      res.set('Allow', methods.join(', '))
      throw new ApiError(405, 'method_not_allowed', `${req.method} tidak tersedia; ada: ${methods.join(', ')}`)
    })
  }
  return router
}

async function serve(
  route: Route,
  req: Request,
  res: Response,
  { authenticate, now, limits, public_url }: Mount,
): Promise<void> {
  const token = route.path.startsWith('/api/positions') ? positionToken(req) : undefined
  const principal = route.permission === 'public' ? anonymousScreen : await authenticate(req.headers, token)
  if (!principal) throw new ApiError(401, 'unauthenticated', 'Masuk dahulu')
  res.locals.actor = principal.actor
  if (principal.scope !== null && SCOPES[principal.scope] !== route.permission)
    throw new ApiError(403, 'forbidden', 'Token ini hanya untuk posisi')
  if (route.permission !== 'public' && !may(principal.role, route.permission)) {
    if (principal.anonymous) throw new ApiError(401, 'unauthenticated', 'Masuk dahulu')
    throw new ApiError(403, 'forbidden', `Peran ${principal.role} tidak berhak atas ini`)
  }
  // Signing in is by cookie too: another site must not sign somebody in as somebody else.
  checkOrigin(req, route.permission === 'public' ? 'session' : principal.kind, public_url)
  limits?.pass(req, principal, route.permission)
  const answer = await route.handle({
    params: route.params ? validate(route.params, req.params) : undefined,
    query: route.query ? validate(route.query, req.query, route.query_fault) : undefined,
    body: route.body ? validate(route.body, req.body) : undefined,
    principal,
    now: now(),
    req,
    res,
  })
  concerns(incidentOf(answer))
  if (res.headersSent || res.writableEnded) return
  if (answer === undefined) res.status(route.status ?? 204).end()
  else res.status(route.status ?? 200).json(answer)
}
