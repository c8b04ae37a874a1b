import { pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from './config.ts'
import { loggable } from './errors.ts'
import { requestFields } from './http/request_context.ts'

/** The server's log: JSON lines on standard output, each with the id of the request it was written in. */
export const makeLog = (level: Config['log_level'], to?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: loggable },
      mixin: () => ({ ...requestFields() }),
    },
    to ?? pino.destination(1),
  )
