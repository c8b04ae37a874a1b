import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { isReadOnly } from '../errors.ts'
import { aloneAtStart } from './alone.ts'
import { openDatabase, type Database } from './database.ts'
import { openEmbedded, type Embedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { watchSlowQueries, type SlowQueries } from './slow.ts'
import { placeOf } from './urls.ts'

export interface Connected {
  db: Database
  /** null with DATABASE_URL. */
  embedded: Embedded | null
  slow: SlowQueries
  close(): Promise<void>
}

export interface DatabaseFault {
  code?: string
  message: string
}

/** One line about why a database cannot be used, and what to do. */
export function explain(error: Error & DatabaseFault, url: string): string {
  const where = placeOf(url)
  if (isReadOnly(error))
    return `DATABASE_URL: ${where} hanya dapat dibaca (cadangan yang belum diangkat). Sebut juga basis data utamanya, atau angkat yang ini (pg_ctl promote).`
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
  const slow = watchSlowQueries(log, config.slow_query_ms)
  const { onQuery } = slow
  if (config.database_url !== null) {
    const db = openDatabase({
      connection: { url: config.database_url },
      standby_url: config.replica_url,
      direct_url: config.direct_url,
      embedded: false,
      log,
      onQuery,
    })
    try {
      await db.look()
      await aloneAtStart(db, async () => {
        await migrate(db, progress)
        await db.rows('log_follow', { now: new Date() })
      })
      return { db, embedded: null, slow, close: () => db.close() }
    } catch (error) {
      await db.close()
      const fault = error as Error & DatabaseFault
      throw typeof fault.code === 'string' || /timeout|terminated/i.test(fault.message)
        ? new Error(explain(fault, config.database_url), { cause: error })
        : error
    }
  }
  const embedded = await openEmbedded(config.data_dir, as, progress)
  const db = openDatabase({
    connection: { host: embedded.socket_dir, user: 'postgres', database: 'postgres' },
    embedded: true,
    log,
    onQuery,
  })
  const close = async () => {
    await db.close()
    await embedded.close()
  }
  try {
    await migrate(db, progress)
    await db.rows('log_follow', { now: new Date() })
    return { db, embedded, slow, close }
  } catch (error) {
    await close()
    throw error
  }
}
