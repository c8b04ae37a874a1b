import { createHash } from 'node:crypto'
import type { Session } from '../db/database.ts'
import { ownMigrations } from '../db/migrate.ts'
import { ownRelations } from '../db/sql.ts'
import { FORMAT, head as headLine, type Head, type LastLine } from './format.ts'

export interface Told {
  head: Head
  last: LastLine
}

interface Table {
  table: string
  columns: string[]
  open: string
  fetch: string
}

const NEW_LINE = Buffer.from('\n')
const iso = (value: unknown) => (value instanceof Date ? value.toISOString() : value)

/**
 * The lines of a backup of the database behind `session`, by batches, as of one moment: what is committed when it begins, whatever is written
 * meanwhile. Holds one batch in memory. `told` is called at the end. The transaction writes nothing and is rolled back.
 */
export async function* backupText(
  session: Session,
  program: string,
  told: (what: Told) => void,
): AsyncGenerator<Buffer, void> {
  const hash = createHash('sha256')
  const hashed = (lines: string[]): Buffer => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    hash.update(bytes)
    return bytes
  }
  await session.execute('begin isolation level repeatable read read only')
  try {
    // Texts must read the same everywhere: no other zone, no rounding; and a long table is not cut off.
    await session.execute(
      `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex';
       set local extra_float_digits = 1; set local statement_timeout = 0;
       set local idle_in_transaction_session_timeout = 0`,
    )
    await session.rows('backup_partitions_stay')
    const { made_at, ...found } = await session.one<Record<string, unknown>>('backup_head')
    const head = headLine.parse({ siaga: 'backup', format: FORMAT, program, made_at: iso(made_at), ...found })
    const own = new Set(ownMigrations().map(({ name }) => name))
    const unknown = head.migrations.filter(({ name }) => !own.has(name)).map(({ name }) => name)
    // It may have tables that this program knows nothing of.
    if (unknown.length)
      throw new Error(
        `Basis data lebih baru daripada program ini (migrasi ${unknown.join(', ')}). Pasang versi program yang sama atau lebih baru.`,
      )
    yield hashed([JSON.stringify(head)])
    const rows: Record<string, number> = {}
    for (const { table, columns, open, fetch } of await session.rows<Table>('backup_tables', {
      tables: ownRelations,
    })) {
      yield hashed([JSON.stringify({ table, columns })])
      rows[table] ??= 0
      await session.execute(open)
      for (;;) {
        const batch = await session.execute<{ line: string }>(fetch)
        if (batch.length === 0) break
        rows[table] += batch.length
        yield hashed(batch.map(({ line }) => line))
      }
      await session.execute('close backup')
    }
    const last = { rows, sha256: hash.digest('hex') }
    yield Buffer.concat([Buffer.from(JSON.stringify(last)), NEW_LINE])
    told({ head, last })
  } finally {
    // Where the connection is gone the transaction is too.
    await session.execute('rollback').catch(() => undefined)
  }
}
