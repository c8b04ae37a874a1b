import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'

const AGAIN_MS = 2_000

/**
 * Calls `heard` with the number of each line that any server appends. It only hurries who reads the log anyway: when its connection breaks, or the database is a
 * copy, which tells nobody anything, it is tried again. Answers how to end it.
 */
export function listenToLog(
  { db, log }: { db: Database; log: Logger },
  heard: (seq: number) => void,
): () => Promise<void> {
  let stopped = false
  let client: Awaited<ReturnType<Database['client']>> | undefined
  async function listen(): Promise<void> {
    if (stopped) return
    const again = () => void setTimeout(() => void listen(), AGAIN_MS).unref()
    try {
      const made = await db.client()
      if (stopped) return void made.end()
      client = made
      made.on('notification', ({ payload }) => heard(Number(payload)))
      made.once('end', () => {
        if (client !== made) return
        client = undefined
        again()
      })
      await made.query('listen siaga_event')
    } catch (error) {
      log.warn({ err: error }, 'LISTEN failed; the log is read each second meanwhile')
      const broken = client
      client = undefined
      await broken?.end().catch(() => undefined)
      again()
    }
  }
  if (!db.embedded) void listen()
  return async () => {
    stopped = true
    await client?.end().catch(() => undefined)
  }
}
