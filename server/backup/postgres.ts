import { pino } from 'pino'
import { explain, type DatabaseFault } from '../db/connect.ts'
import { openDatabase, sessionOn, type Session } from '../db/database.ts'

/** Runs `work` on a connection of its own to the PostgreSQL of a URL. Throws an Error with one line when it cannot be reached. */
export async function onPostgres<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
  // A connection that is lost shows in the statement that needs it.
  const db = openDatabase({ connection: { url }, embedded: false, log: pino({ level: 'silent' }) })
  try {
    await db.look()
    const client = await db.client().catch((error: unknown) => {
      throw new Error(explain(error as Error & DatabaseFault, url), { cause: error })
    })
    try {
      return await work(sessionOn(client))
    } finally {
      await client.end().catch(() => undefined)
    }
  } finally {
    await db.close()
  }
}
