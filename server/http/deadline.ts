import type { Request, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { ApiError } from '../errors.ts'
import { answerProblems } from './problems.ts'

/** Pages give up after ten seconds (client/state/api.ts): the answer is there before. */
const PATIENCE_MS = 8_000
/** The database is asked each second (server/live/hub.ts): one that said nothing for so long stands still. */
const SILENT_MS = 5_000
const WRITES = new Set(['POST', 'PATCH', 'PUT', 'DELETE'])

/** What has none is read by nobody, and has no end to wait for. */
const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/**
 * Answers a write that waits for a database which stands still: 503, eight seconds after its body was read. It may be done yet, so the same is to be
 * sent again; what was written under a key or an id is then not written twice. `lastAnswer`: when the database last answered, whatever the clock; while it changes,
 * a slow write is waited for.
 */
export const answerInTime =
  (
    log: Logger,
    lastAnswer: () => number,
    { patience_ms, silent_ms } = { patience_ms: PATIENCE_MS, silent_ms: SILENT_MS },
  ): RequestHandler =>
  (req, res, next) => {
    if (WRITES.has(req.method)) {
      let timer: NodeJS.Timeout | undefined
      let over = false
      const watch = () => {
        const before = lastAnswer()
        timer = setTimeout(() => {
          if (lastAnswer() !== before) return watch()
          if (res.headersSent) return
          const words = 'Basis data belum menjawab; kirim lagi, yang sudah tercatat tidak menjadi ganda'
          answerProblems(log)(new ApiError(503, 'database_slow', words), req, res, next)
        }, silent_ms)
      }
      const begin = () => {
        // Whoever was refused unread has its answer before its body ends: watched from then on, it would be for ever.
        if (!over) timer = setTimeout(watch, patience_ms - silent_ms)
      }
      if (req.complete || !hasBody(req)) begin()
      else req.once('end', begin)
      res.once('close', () => {
        over = true
        clearTimeout(timer)
      })
    }
    next()
  }
