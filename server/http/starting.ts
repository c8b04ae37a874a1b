import type { RequestListener } from 'node:http'
import { STANDING_HEADERS } from './headers.ts'

const AGAIN_SECONDS = 2
const PROBLEM = JSON.stringify({
  type: '/problems/starting',
  title: 'Server sedang dinyalakan',
  status: 503,
  code: 'starting',
})
const PAGE = `<!doctype html>
<html lang="id">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="dark" />
    <title>Siaga 112</title>
  </head>
  <body>
    <h1>Siaga 112 sedang dinyalakan</h1>
    <p>Halaman ini terbuka sendiri begitu server siap, paling lama beberapa menit. Telepon 112 tetap diterima seperti biasa.</p>
    <p lang="en">Starting. This page opens by itself once the server is ready, within minutes. Calls to 112 are taken as always.</p>
  </body>
</html>
`
/** No `sandbox`, in which a page may not load itself anew. */
const PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * Answers everything from when the port is taken until the server is ready: 503, to a browser as a page that asks again by itself. A kiosk that was
 * switched on with its server must not stand before an error until somebody reloads it.
 */
export const starting: RequestListener = (req, res) => {
  const page = req.method === 'GET' && /\btext\/html\b/.test(req.headers.accept ?? '')
  res.writeHead(503, {
    ...STANDING_HEADERS,
    'Retry-After': String(AGAIN_SECONDS),
    'Cache-Control': 'no-store',
    ...(page
      ? {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': PAGE_POLICY,
          Refresh: String(AGAIN_SECONDS),
        }
      : { 'Content-Type': 'application/problem+json' }),
  })
  res.end(page ? PAGE : PROBLEM)
}
