import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { NOTHING } from './csp.ts'

const YEAR_SECONDS = 365 * 24 * 3600
/** What no page of ours uses is refused to all of them; /field alone asks where the phone is, and the wall keeps its display on. */
const UNUSED =
  'accelerometer camera display-capture encrypted-media fullscreen gyroscope hid idle-detection local-fonts magnetometer microphone midi payment publickey-credentials-get serial usb xr-spatial-tracking'
const PERMISSIONS_POLICY = [
  ...UNUSED.split(' ').map((name) => `${name}=()`),
  'geolocation=(self)',
  'screen-wake-lock=(self)',
].join(', ')

/** On every answer, whatever it is. */
export const STANDING_HEADERS = {
  'Content-Security-Policy': NOTHING,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': PERMISSIONS_POLICY,
}

/**
 * Whether a browser came by https: by this connection, by what a trusted proxy says, or because it asked for the host of an https PUBLIC_URL, which a
 * proxy may forget to say.
 */
export function isHttps(req: Request, public_url: string | null): boolean {
  if (req.secure) return true
  if (!public_url?.startsWith('https:')) return false
  return new URL(public_url).host === req.headers.host
}

/** Security headers and the request's id, on every answer. A page puts its own policy in place of the one that allows nothing (routes/pages.ts). */
export const securityHeaders =
  (public_url: string | null = null): RequestHandler =>
  (req, res, next) => {
    res.locals.request_id = randomUUID()
    res.locals.https = isHttps(req, public_url)
    res.set(STANDING_HEADERS)
    res.set('X-Request-Id', String(res.locals.request_id))
    if (res.locals.https && public_url?.startsWith('https:'))
      res.set('Strict-Transport-Security', `max-age=${YEAR_SECONDS}; includeSubDomains`)
    next()
  }
