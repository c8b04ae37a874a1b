import { createHash } from 'node:crypto'
import type { Database } from './database.ts'
import { bootstrap, functions, migrations } from './sql.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')

const allFunctions = functions.map((f) => f.text).join('\n')
/** Of the functions that this program goes by: a database that has others belongs to another version. */
export const functionsHash = sha(allFunctions)

/**
 * Brings a database to this program's schema: migrations once each, in order; functions anew whenever their text has
 * changed. Safe when several servers start at once: they do so one after the other (alone.ts).
 * Throws when a migration that already ran has another text than here, or when the database is newer than the program.
 */
export async function migrate(db: Migratable, progress: (text: string) => void): Promise<void> {
  await migrateTo(null, db, progress)
  const applied = await appliedTo(db)
  if (applied.get('functions') !== functionsHash) {
    progress(`${functions.length} fungsi SQL`)
    await db.value('schema_apply_functions', { hash: functionsHash, body: allFunctions })
  }
  await fillFigures(db, progress)
}

/** The pool, or the one connection of a restore. */
export type Migratable = Pick<Database, 'rows' | 'value'> & { execute(text: string): Promise<unknown> }

const appliedTo = async (db: Migratable): Promise<Map<string, string>> =>
  new Map((await db.rows<{ name: string; hash: string }>('schema_migrations')).map((row) => [row.name, row.hash]))

/** Names and hashes of what this program's schema is made from, in order. */
export const ownMigrations = (): { name: string; hash: string }[] =>
  migrations.map(({ name, text }) => ({ name, hash: sha(text) }))

/** Runs the migrations that did not run yet: those named, or all (null). Throws as {@link migrate} does. */
export async function migrateTo(
  names: readonly string[] | null,
  db: Migratable,
  progress: (text: string) => void,
): Promise<void> {
  await db.execute(bootstrap)
  const applied = await appliedTo(db)
  const unknown = [...applied.keys()].filter((name) => name !== 'functions' && !migrations.some((m) => m.name === name))
  if (unknown.length)
    throw new Error(
      `Basis data lebih baru daripada program ini (migrasi ${unknown.join(', ')}). Pasang versi program yang sama atau lebih baru.`,
    )
  for (const { name, text } of migrations) {
    if (names && !names.includes(name)) continue
    const before = applied.get(name)
    if (before === sha(text)) continue
    if (before !== undefined)
      throw new Error(`Migrasi ${name} berubah setelah dijalankan. Pulihkan berkas aslinya dan tulis migrasi baru.`)
    progress(`migrasi ${name}`)
    await db.value('schema_apply', { name, hash: sha(text), body: text })
  }
}

/** Setting that holds the hash of the text which `incident_figure` was last written by. */
const FIGURES_BY = 'incident_figure_by'
/** All of what it is written by. */
const FIGURES_RULE = ['incident_figure_of', 'stats_code', 'stats_limit_seconds', 'stats_seconds']
/** Half a second's worth. */
const FIGURES_AT_ONCE = 20_000

/**
 * Writes the figures of all incidents anew when the rule they come from has changed, or never ran: in short transactions, some 10 s for a
 * million. What is written meanwhile is in step by itself. Done before anybody is served, since figures without them would be wrong.
 */
async function fillFigures(db: Migratable, progress: (text: string) => void): Promise<void> {
  const hash = sha(functions.flatMap(({ name, text }) => (FIGURES_RULE.includes(name) ? [text] : [])).join('\n'))
  if ((await db.value<string | null>('setting', { key: FIGURES_BY })) === hash) return
  let last: { at: string; id: string } | null = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' }
  for (let filled = 0; last !== null; filled += FIGURES_AT_ONCE) {
    if (filled > 0) progress(`angka kejadian ${filled}`)
    last = await db.value('incident_figure_fill', { ...last, limit: FIGURES_AT_ONCE })
  }
  await db.rows('setting_put', { key: FIGURES_BY, value: JSON.stringify(hash) })
}
