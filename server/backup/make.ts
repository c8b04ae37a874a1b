import type { Config } from '../config.ts'
import type { Session } from '../db/database.ts'
import { VERSION } from '../version.ts'
import { onEmbeddedCopy } from './embedded.ts'
import { writePacked } from './file.ts'
import { onPostgres } from './postgres.ts'
import { backupText, type Told } from './text.ts'

export interface Made extends Told {
  bytes: number
  seconds: number
  /** Milliseconds that requests of a running server waited at most; null: nobody waited. */
  held_ms: number | null
}

const UNKNOWN_TABLE = '42P01'

/** Writes a backup of the configured database to `path` ({@link writePacked}); whoever uses the database goes on. */
export async function makeBackup(
  config: Pick<Config, 'database_url' | 'data_dir'>,
  path: string,
  progress: (text: string) => void,
): Promise<Made> {
  const started = performance.now()
  let told: Told | null = null
  const write = (session: Session) => {
    progress('menulis cadangan')
    return writePacked(
      path,
      backupText(session, VERSION, (what) => (told = what)),
    )
  }
  try {
    const { result: bytes, held_ms } =
      config.database_url === null
        ? await onEmbeddedCopy(config.data_dir, progress, write)
        : { result: await onPostgres(config.database_url, write), held_ms: null }
    return { ...(told as unknown as Told), bytes, held_ms, seconds: (performance.now() - started) / 1000 }
  } catch (error) {
    const { code, path: file } = error as NodeJS.ErrnoException
    if (code === UNKNOWN_TABLE) throw new Error('Basis data ini belum berisi Siaga 112: tidak ada yang dicadangkan.')
    throw file === undefined ? error : new Error(`Cadangan tidak dapat ditulis (${code}): ${path}`, { cause: error })
  }
}
