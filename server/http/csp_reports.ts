import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'

/** As browsers tell it by `report-uri`, and by the Reporting API. */
const told = z.object({
  'csp-report': z.object({
    'document-uri': z.string().default(''),
    'effective-directive': z.string().optional(),
    'violated-directive': z.string().default(''),
    'blocked-uri': z.string().default(''),
  }),
})
const reported = z.array(
  z.object({
    type: z.string(),
    body: z.looseObject({
      documentURL: z.string().default(''),
      effectiveDirective: z.string().default(''),
      blockedURL: z.string().default(''),
    }),
  }),
)

const DIRECTIVES = new Set(
  'default-src script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src font-src connect-src worker-src manifest-src media-src object-src frame-src child-src base-uri form-action frame-ancestors require-trusted-types-for trusted-types sandbox'.split(
    ' ',
  ),
)
const MOST_BYTES = '16kb'
const MOST_AT_ONCE = 20
/** Of so many kinds one line each stands in the server's log; anybody can send one, so no more. */
const MOST_KINDS = 100

interface Violation {
  directive: string
  page: string
  blocked: string
}

/** Path of a page, and of anything else its origin or keyword: an address may hold a secret behind `?` and `#`. */
const pathOf = (text: string) => (URL.canParse(text) ? new URL(text).pathname.slice(0, 60) : 'tidak dikenal')
const originOf = (text: string) => (URL.canParse(text) ? new URL(text).origin : text).slice(0, 60)

function read(body: unknown): Violation[] {
  const old = told.safeParse(body)
  if (old.success) {
    const report = old.data['csp-report']
    const directive = report['effective-directive'] ?? report['violated-directive'].split(' ')[0]
    return [{ directive, page: pathOf(report['document-uri']), blocked: originOf(report['blocked-uri']) }]
  }
  const each = reported.safeParse(body)
  if (!each.success) return []
  return each.data
    .filter(({ type }) => type === 'csp-violation')
    .slice(0, MOST_AT_ONCE)
    .map(({ body }) => ({
      directive: body.effectiveDirective,
      page: pathOf(body.documentURL),
      blocked: originOf(body.blockedURL),
    }))
}

/** Takes what browsers tell of broken policies: counted by directive, and one line in the log for each kind. Answers 204 whatever is told. */
export function createCspReports(log: Pick<Logger, 'warn'>) {
  const counts = new Map<string, number>()
  const kinds = new Set<string>()
  function heard({ directive, page, blocked }: Violation): void {
    const known = DIRECTIVES.has(directive) ? directive : 'other'
    counts.set(known, (counts.get(known) ?? 0) + 1)
    const kind = `${known} ${page} ${blocked}`
    if (kinds.has(kind) || kinds.size >= MOST_KINDS) return
    kinds.add(kind)
    log.warn({ directive: known, page, blocked }, 'a page wanted what its content security policy forbids')
  }
  const parse = express.json({
    limit: MOST_BYTES,
    type: ['application/csp-report', 'application/reports+json', 'application/json'],
  })
  const take: RequestHandler = (req, res) => {
    for (const violation of read(req.body)) heard(violation)
    res.status(204).end()
  }
  // What cannot be read tells nothing.
  const unread: ErrorRequestHandler = (_error, _req, res, _next) => void res.status(204).end()
  return { handlers: [parse, take, unread] as (RequestHandler | ErrorRequestHandler)[], counts }
}
export type CspReports = ReturnType<typeof createCspReports>
