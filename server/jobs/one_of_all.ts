import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { queries } from '../db/sql.ts'

const AGAIN_MS = 5_000

/**
 * Keeps something running on one of all servers of a database: whoever holds a session's lock of that name. When that server dies another takes
 * it up within seconds. The embedded database has one server. Answers how to end it.
 */
export function oneOfAll(
  { db, log }: { db: Pick<Database, 'embedded' | 'client'>; log: Logger },
  name: string,
  begin: () => Promise<{ stop(): Promise<void> }>,
): () => Promise<void> {
  let stopped = false
  let running: { stop(): Promise<void> } | null = null
  let client: Awaited<ReturnType<Database['client']>> | null = null
  let timer: NodeJS.Timeout | undefined
  let starting: Promise<void> | null = null

  async function end(): Promise<void> {
    const [ended, held] = [running, client]
    running = client = null
    await ended?.stop().catch((error: unknown) => log.error({ err: error, job: name }, 'it did not stop as it should'))
    await held?.end().catch(() => undefined)
  }

  async function attempt(): Promise<void> {
    if (!db.embedded) {
      const made = await db.client()
      client = made
      made.once('end', () => {
        if (client !== made) return
        client = null
        if (starting === null) void end().then(again)
      })
      const { rows } = await made.query<{ mine: boolean }>(queries.get('one_of_all')?.text ?? '', [name])
      if (!rows[0].mine) return end()
    }
    const held = client
    if (stopped) return end()
    running = await begin()
    // Whoever lost the lock meanwhile is not the one any more: another server may have begun too.
    if (stopped || client !== held) await end()
  }

  function again(): void {
    if (stopped) return
    timer = setTimeout(start, AGAIN_MS).unref()
  }

  function start(): void {
    starting = attempt()
      .catch(async (error: unknown) => {
        log.warn({ err: error, job: name }, 'what one of all servers does could not begin; again soon')
        await end()
      })
      .finally(() => {
        starting = null
        if (running === null && client === null) again()
      })
  }

  start()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await end()
    await starting
  }
}
