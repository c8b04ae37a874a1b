import type { IncomingHttpHeaders } from 'node:http'

/**
 * True unless the request comes from a page of another site. Called for whatever acts with a cookie: unsafe methods and
 * sockets. An origin that cannot be read (`null`: a sandboxed frame, a file) is another site.
 */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, public_url: string | null = null): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  // A proxy may ask for this server by another name than the browser did.
  return new URL(origin).host === host || (public_url !== null && new URL(origin).origin === new URL(public_url).origin)
}
