import type { Session } from '../db/database.ts'
import { migrate, migrateTo, ownMigrations } from '../db/migrate.ts'
import { ownRelations } from '../db/sql.ts'
import { eraseAgain } from '../privacy/erase_again.ts'
import type { Packed } from './file.ts'
import type { Head, LastLine } from './format.ts'
import { BadBackup, readPieces } from './read.ts'

const ACTOR = 'command:restore'
/** A running server may hold what we wait for while it waits for us. */
const LOCK_TRIES = 5
const DEADLOCK = '40P01'
/** The register of migrations (sql/bootstrap.sql) goes with what it registers. */
const REGISTER = 'schema_migration'

/** The head of the log that a restore takes the place of. */
export interface Replaced {
  log_id: string
  seq: number
  hash: string
}

export interface Restored {
  log_id: string
  seq: number
  hash: string
  /** Sessions and links that were ended. */
  ended: number
  /** What still lets somebody in. */
  stay: { id: string; kind: string; role: string; label: string; created_at: string }[]
  /** Cases erased on request that the backup brought back: erased again, and those that cannot be yet. */
  erased_again: number
  erased_later: number
}

/** Throws {@link BadBackup} when the backup's schema is not one that this program knows the way from. */
export function checkSchema({ migrations }: Head): void {
  const own = new Map(ownMigrations().map(({ name, hash }) => [name, hash]))
  const unknown = migrations.filter(({ name }) => !own.has(name)).map(({ name }) => name)
  if (unknown.length)
    throw new BadBackup(
      `Cadangan ini lebih baru daripada program ini (migrasi ${unknown.join(', ')}). Pasang versi program yang sama atau lebih baru.`,
    )
  const other = migrations.filter(({ name, hash }) => own.get(name) !== hash).map(({ name }) => name)
  if (other.length) throw new BadBackup(`Cadangan ini dari program yang migrasinya lain (${other.join(', ')}).`)
}

const runAll = async (session: Session, statements: readonly { statement: string | null }[]): Promise<void> => {
  for (const { statement } of statements) if (statement !== null) await session.execute(statement)
}

/** Begins the transaction and takes away what is there; every table is locked before anything is read, since others may be at work. */
async function beginCleared(session: Session): Promise<void> {
  for (let tries = 1; ; tries++) {
    await session.execute(
      `begin; set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local statement_timeout = 0;
       set local idle_in_transaction_session_timeout = 0`,
    )
    try {
      return await runAll(session, await session.rows('restore_clearing', { tables: [...ownRelations, REGISTER] }))
    } catch (error) {
      await session.execute('rollback')
      if ((error as { code?: string }).code !== DEADLOCK || tries === LOCK_TRIES) throw error
    }
  }
}

/** The schema that the backup was made on, with its rows and nothing else in it. */
async function loadAsItWas(
  session: Session,
  packed: Packed,
  { migrations, partitions, sequences }: Head,
  progress: (text: string) => void,
): Promise<void> {
  const tables = ownRelations
  await migrateTo(
    migrations.map(({ name }) => name),
    session,
    () => undefined,
  )
  for (const each of partitions) await runAll(session, await session.rows('restore_partition', { ...each }))
  await runAll(session, await session.rows('restore_emptying', { tables }))
  const references = await session.rows<{ without: string; again: string }>('restore_references', { tables })
  for (const { without } of references) await session.execute(without)
  let load = ''
  for await (const piece of readPieces(packed)) {
    if ('columns' in piece) {
      const { table, columns } = piece
      progress(`memuat ${table}`)
      const found = await session.maybe<{ statement: string }>('restore_load', { table, columns, tables })
      if (!found) throw new BadBackup(`Tabel ${table} dalam cadangan tidak sesuai dengan skemanya.`)
      load = found.statement
    } else if ('rows' in piece) await session.execute(load, [`[${piece.rows.join(',')}]`])
  }
  for (const { again } of references) await session.execute(again)
  for (const each of sequences) await session.rows('restore_sequence', { ...each })
}

export interface Loading {
  packed: Packed
  head: Head
  last: LastLine
  /** Null where there was nothing. */
  replaced: Replaced | null
  /** Ids of cases that were erased on request, as noted outside the database. */
  erasures: readonly string[]
  simulated: boolean
  now: Date
  progress: (text: string) => void
}

/** Puts a verified backup in the place of whatever the database behind `session` holds, as it was when it was made: its schema, without functions. */
export async function loadUnchanged(session: Session, loading: Pick<Loading, 'packed' | 'head' | 'progress'>) {
  await inOne(session, () => loadAsItWas(session, loading.packed, loading.head, loading.progress))
}

/**
 * Puts a verified backup in the place of whatever the database behind `session` holds and brings it to this program's schema, in one transaction. The log
 * goes on under another id; who was signed in is not any more; what was erased on request since is erased again.
 */
export async function loadBackup(session: Session, loading: Loading): Promise<Restored> {
  const { packed, head, last, replaced, erasures, simulated, now, progress } = loading
  const restored = await inOne(session, async () => {
    await loadAsItWas(session, packed, head, progress)
    progress('menyesuaikan skema')
    await migrate(session, progress)
    await session.execute('analyze')
    const { made_at, program, log } = head
    const told = { made_at, program, sha256: last.sha256, ...log, replaced }
    const ended = await session.value<Omit<Restored, 'erased_again' | 'erased_later'>>('log_restored', {
      told,
      actor: ACTOR,
      now,
    })
    const by = { actor: ACTOR, now: () => now, simulated }
    const erased_again = await eraseAgain(session, erasures, by, async (failed) => {
      if (failed) throw failed.error
      return true
    })
    const erased_later = await session.value<number>('privacy_again_later', { ids: erasures })
    return { ...ended, erased_again, erased_later }
  })
  const { seq, hash } = await session.one<{ seq: number; hash: string }>('audit_head')
  return { ...restored, seq, hash }
}

async function inOne<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await beginCleared(session)
  try {
    const result = await work()
    await session.execute('commit')
    return result
  } catch (error) {
    // Where the connection is gone the transaction is too.
    await session.execute('rollback').catch(() => undefined)
    throw error
  }
}
