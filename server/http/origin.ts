import type { IncomingHttpHeaders } from 'node:http'

/**
 * True unless the request comes from a page of another site. Called for whatever acts with a cookie: unsafe methods and
 * sockets. An origin that cannot be read (`null`: a sandboxed frame, a file) is another site.
 */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}
