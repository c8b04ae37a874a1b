import type { Database } from './database.ts'

/**
 * Runs `work` while no other server of this database is at the same, in the order in which they came: schema and first rows are made once. The lock
 * is a transaction's, so it goes with a server that dies, and passes a pooler. The embedded database has one server.
 */
export async function aloneAtStart<T>(db: Database, work: () => Promise<T>): Promise<T> {
  if (db.embedded) return work()
  return db.transaction(async (tx) => {
    await tx.rows('no_statement_timeout')
    await tx.rows('start_lock')
    return work()
  })
}
