import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Executor, Session } from '../db/database.ts'
import { onFolder } from './embedded.ts'
import { onPostgres } from './postgres.ts'

const KEY = 'backup'
const note = z.object({ made_at: z.string(), bytes: z.number() })

/** Notes in the database itself that a backup was made, for whoever watches over the service. */
export async function noteBackup(
  config: Pick<Config, 'database_url' | 'data_dir'>,
  made: z.infer<typeof note>,
  progress: (text: string) => void,
): Promise<void> {
  const { made_at, bytes } = made
  const write = (session: Session) =>
    session.rows('setting_put', { key: KEY, value: JSON.stringify({ made_at, bytes }) })
  if (config.database_url === null) await onFolder(config.data_dir, progress, write)
  else await onPostgres(config.database_url, write)
}

/** When the last backup was made that was noted; null: none was. */
export async function lastBackupAt(db: Executor): Promise<string | null> {
  const read = note.safeParse(await db.value('setting', { key: KEY }))
  return read.success ? read.data.made_at : null
}
