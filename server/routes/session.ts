import type { Request } from 'express'
import { z } from 'zod'
import { linkFor, linkLook, linkUse, passwordChange, signedIn, signIn as signInBody } from '../../geo/wire/accounts.ts'
import { instant, ROLES, uuid } from '../../geo/wire/primitives.ts'
import { presentedSecret } from '../auth/authenticate.ts'
import { endSession, findPrincipal } from '../auth/credentials.ts'
import { may, PERMISSIONS, type Permission } from '../auth/permissions.ts'
import { deskOf, type Principal } from '../auth/principal.ts'
import { createSharedThrottle } from '../auth/shared_throttle.ts'
import { ApiError, notFound } from '../errors.ts'
import { addressKey } from '../http/address.ts'
import { homeOf } from '../http/home.ts'
import { route, type Route, type RouteContext } from '../http/route.ts'
import { dropSession, setSession } from '../http/session_cookie.ts'
import type { Services } from '../services.ts'
import { endSessions } from '../verbs/accounts.ts'
import { changePassword, lookAtLink, signIn, useLink, type SignedIn } from '../verbs/sign_in.ts'

/** IPv6 by the network of a house: its single addresses cost a guesser nothing. */
const addressOf = (req: Request) => addressKey(req.ip)

/** Only a session can be signed out of: a token is ended where it was made. */
function ownSession({ kind, credential_id }: Principal): string | null {
  if (kind === 'token') throw new ApiError(409, 'is_token', 'Token API dicabut dengan npm run token -- --revoke')
  return credential_id
}

/** Signing in and out, and who the asker is, as far as pages need it. */
export function sessionRoutes(services: Services): Route[] {
  const { db, log, simulated, version, city } = services
  const throttle = createSharedThrottle(db)

  /** The session that a browser already has; it ends when another begins. */
  async function cameWith(req: Request, now: Date): Promise<string | null> {
    const shown = presentedSecret(req.headers)
    return shown?.by === 'cookie' ? ((await findPrincipal(db, shown.secret, now))?.credential_id ?? null) : null
  }
  function answer({ req, res, now }: RouteContext<unknown, unknown, unknown>, session: SignedIn) {
    setSession(res, session, now)
    const { role, login } = session
    log.info({ role, login, address: req.ip, request_id: res.locals.request_id as unknown }, 'signed in')
    return { role: session.role, login: session.login, home: homeOf(session.role) }
  }

  return [
    route(
      {
        method: 'get',
        path: '/api/session',
        summary: 'Siapa saya',
        permission: 'session.read',
        response: z.object({
          role: z.enum(ROLES),
          anonymous: z.boolean(),
          /** Of an account; null for links and tokens. */
          login: z.string().nullable(),
          /** Whose name stands at the calls that are taken here. */
          desk: z.string(),
          expires_at: instant.nullable(),
          simulated: z.boolean(),
          version: z.string(),
          city: z.string(),
          /** The OPD that a dispatcher speaks for. */
          agency_id: uuid.nullable(),
          /** The unit of a responder. */
          unit_id: uuid.nullable(),
          /** Names of server/auth/permissions.ts: pages show what is granted and nothing else. */
          permissions: z.array(z.string()),
        }),
      },
      async ({ principal }) => ({
        role: principal.role,
        anonymous: principal.anonymous,
        login: principal.login,
        desk: deskOf(principal),
        expires_at: principal.expires_at?.toISOString() ?? null,
        simulated,
        version,
        city: city.name,
        agency_id: principal.agency_id,
        unit_id: principal.unit_id,
        permissions: Object.keys(PERMISSIONS).filter((name) => may(principal.role, name as Permission)),
      }),
    ),
    route(
      {
        method: 'post',
        path: '/api/session',
        summary: 'Masuk dengan nama masuk dan kata sandi',
        permission: 'public',
        body: signInBody,
        response: signedIn,
        status: 201,
      },
      async (context) => {
        const { body, req, now } = context
        const tried = { ...body, address: addressOf(req), came_with: await cameWith(req, now) }
        return answer(context, await signIn({ db, throttle }, tried, now))
      },
    ),
    route(
      { method: 'delete', path: '/api/session', summary: 'Keluar', permission: 'session.end', status: 204 },
      async ({ principal, res, now }) => {
        await endSession(db, ownSession(principal), now)
        dropSession(res)
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/sessions',
        summary: 'Keluar di semua peramban',
        permission: 'session.end',
        status: 204,
      },
      async ({ principal, res, now }) => {
        const id = ownSession(principal)
        if (principal.account_id) await endSessions(services, principal.account_id, principal.actor, now)
        else await endSession(db, id, now)
        dropSession(res)
      },
    ),
    route(
      {
        method: 'put',
        path: '/api/session/password',
        summary: 'Ganti kata sandi sendiri',
        permission: 'session.password',
        body: passwordChange,
        status: 204,
      },
      ({ body, principal, req, now }) =>
        changePassword({ ...services, throttle }, principal, { ...body, address: addressOf(req) }, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/links/look',
        summary: 'Untuk apa sebuah tautan sekali pakai',
        permission: 'public',
        body: linkLook,
        response: linkFor,
      },
      async ({ body, now }) => {
        const found = await lookAtLink(db, body.link, now)
        if (!found) throw notFound('Tautan')
        return found
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/links/use',
        summary: 'Tetapkan kata sandi dengan tautan sekali pakai, lalu masuk',
        permission: 'public',
        body: linkUse,
        response: signedIn,
        status: 201,
      },
      async (context) => {
        const { body, req, now } = context
        return answer(context, await useLink(services, { ...body, came_with: await cameWith(req, now) }, now))
      },
    ),
  ]
}
