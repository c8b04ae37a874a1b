import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { ApiError, fromDatabase } from '../errors.ts'
import { createBuckets } from './buckets.ts'

interface HttpFault {
  status?: number
  type?: string
}

/** body-parser's own faults, in our words. */
function fromParser(error: unknown): ApiError | null {
  const { status, type } = error as HttpFault
  if (type === 'entity.too.large') return new ApiError(413, 'too_large', 'Isi melebihi 1 MB')
  if (type === 'entity.parse.failed')
    return new ApiError(400, 'bad_json', 'Isi bukan JSON yang sah', [{ field: '(isi)', reason: 'bukan JSON yang sah' }])
  if (error instanceof URIError) return new ApiError(400, 'bad_url', 'Alamat tidak dapat dibaca')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ApiError(status, 'bad_request', 'Permintaan tidak dapat dibaca')
  return null
}

/**
 * What of an address may stand in the server's own log. One that led somewhere holds ids; of one that was refused the route alone: somebody may have
 * typed a name or a number there.
 */
export const pathForLog = (req: Request, status: number): string =>
  status < 400 ? req.path : ((req.route as { path?: string } | undefined)?.path ?? '(tidak dikenal)')

/** Who was not let in, may not, or asks too often: told in the log, so that an attack can be seen afterwards; so many lines of it. */
const REFUSED = new Set([401, 403, 429])
const REFUSED_LINES = { per_second: 5, burst: 200 }
const idOf = (res: Response) => String(res.locals.request_id ?? '')
/** As much of it as somebody can say on the phone; the log is searched by it. */
const shortOf = (res: Response) => idOf(res).slice(0, 8)

/** Every error as RFC 9457 Problem Details. What nobody expected is logged whole and told as 500 with nothing of its inside. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  const lines = createBuckets(REFUSED_LINES)
  return (error: unknown, req, res, next) => {
    if (res.writableEnded) {
      // Answered in time while it still worked (deadline.ts): what it failed at is nobody's answer, and the connection may carry another's request by now.
      const { request_id } = res.locals
      log.warn({ err: error, method: req.method, path: pathForLog(req, 500), request_id }, 'failed after its answer')
      return
    }
    // Broken off in the middle: so is the connection, that nobody takes a part for the whole.
    if (res.headersSent) return next(error)
    const known = error instanceof ApiError ? error : (fromDatabase(error) ?? fromParser(error))
    if (!known)
      log.error(
        { err: error, method: req.method, path: pathForLog(req, 500), request_id: res.locals.request_id },
        'unexpected error',
      )
    else if (known.status >= 500)
      log.warn(
        { err: error, method: req.method, path: pathForLog(req, 500), request_id: res.locals.request_id },
        'request failed',
      )
    else if (REFUSED.has(known.status) && lines.take('') === 0) {
      const { status, code } = known
      const { actor, request_id } = res.locals
      const what = { status, code, method: req.method, path: pathForLog(req, status) }
      log.info({ ...what, actor: actor as unknown, address: req.ip, request_id: request_id as unknown }, 'refused')
    }
    const answer =
      known ?? new ApiError(500, 'internal', `Kesalahan tak terduga; sudah dicatat. Nomornya ${shortOf(res)}`)
    if (answer.status === 401) res.set('WWW-Authenticate', 'Bearer')
    if (answer.retry_after !== null) res.set('Retry-After', String(answer.retry_after))
    if (answer.status === 503) res.set('Retry-After', '2')
    res
      .status(answer.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          ...answer.toProblem(req.path),
          ...(answer.status >= 500 ? { request_id: idOf(res) } : {}),
        }),
      )
  }
}

export const unknownPath: RequestHandler = (req) => {
  throw new ApiError(404, 'not_found', `Tidak ada apa pun di ${req.path}`)
}
