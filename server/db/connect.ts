import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { openDatabase, type Database } from './database.ts'
import { openEmbedded, type Embedded } from './embedded.ts'
import { migrate } from './migrate.ts'

export interface Connected {
  db: Database
  /** null with DATABASE_URL. */
  embedded: Embedded | null
  close(): Promise<void>
}

interface DatabaseFault {
  code?: string
  message: string
}

/** One line about why a database cannot be used, and what to do. */
function explain(error: DatabaseFault, url: string): string {
  const where = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'basis data'
  if (error.code === '28P01' || error.code === '28000')
    return `DATABASE_URL: ${where} menolak nama atau kata sandi. Perbaiki DATABASE_URL.`
  if (error.code === '3D000')
    return `DATABASE_URL: basis data ${where} tidak ada. Buat dahulu (createdb), lalu jalankan lagi.`
  if (
    /postgis/.test(error.message) &&
    (error.code === '0A000' ||
      error.code === '58P01' ||
      /is not available|could not open extension/.test(error.message))
  ) {
    return 'PostGIS tidak terpasang di server basis data. Pasang (Debian: apt install postgresql-15-postgis-3), lalu jalankan lagi.'
  }
  if (error.code === '42501')
    return `DATABASE_URL: pengguna tidak boleh membuat ekstensi atau tabel di ${where}. Jalankan "create extension postgis" sebagai superuser dan beri hak CREATE.`
  return `DATABASE_URL: ${where} tidak terjangkau (${error.code ?? error.message}). Periksa alamat dan nyalakan PostgreSQL.`
}

/**
 * Opens the database of the configuration, brings it to this program's schema, and hands it over. Throws an Error with one
 * line that says why not and what to do.
 */
export async function connectDatabase(
  config: Config,
  as: 'server' | 'command',
  log: Logger,
  progress: (text: string) => void,
): Promise<Connected> {
  const onError = (error: Error) =>
    log.warn({ err: error }, 'database connection lost; it is replaced when next needed')
  if (config.database_url !== null) {
    const db = openDatabase({ connection: { connectionString: config.database_url }, embedded: false, onError })
    try {
      await migrate(db, progress)
      return { db, embedded: null, close: () => db.close() }
    } catch (error) {
      await db.close()
      const fault = error as DatabaseFault
      throw typeof fault.code === 'string' || /timeout|terminated/i.test(fault.message)
        ? new Error(explain(fault, config.database_url), { cause: error })
        : error
    }
  }
  const embedded = await openEmbedded(config.data_dir, as, progress)
  const db = openDatabase({
    connection: { host: embedded.socket_dir, user: 'postgres', database: 'postgres' },
    embedded: true,
    onError,
  })
  const close = async () => {
    await db.close()
    await embedded.close()
  }
  try {
    await migrate(db, progress)
    return { db, embedded, close }
  } catch (error) {
    await close()
    throw error
  }
}
