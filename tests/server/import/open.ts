import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../../server/db/database.ts'
import type { Database } from '../../../server/db/database.ts'
import { openEmbedded } from '../../../server/db/embedded.ts'
import { migrate } from '../../../server/db/migrate.ts'

export interface TestDatabase {
  db: Database
  close(): Promise<void>
}

/** A migrated, empty embedded database in a folder of its own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-import-'))
  const embedded = await openEmbedded(dir, 'server', () => undefined)
  const db = openDatabase({ connection: { host: embedded.socket_dir, user: 'postgres', database: 'postgres' }, embedded: true, onError: () => undefined })
  await migrate(db, () => undefined)
  return {
    db,
    async close() {
      await db.close()
      await embedded.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
