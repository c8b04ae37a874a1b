import { createHash } from 'node:crypto'
import type { Database } from './database.ts'
import { bootstrap, functions, migrations } from './sql.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Brings a database to this program's schema: migrations once each, in order; functions anew whenever their text has
 * changed. Safe when several servers start at once: one migrates, the others wait on a row lock.
 * Throws when a migration that already ran has another text than here, or when the database is newer than the program.
 */
export async function migrate(db: Database, progress: (text: string) => void): Promise<void> {
  await db.execute(bootstrap)
  const applied = new Map(
    (await db.rows<{ name: string; hash: string }>('schema_migrations')).map((row) => [row.name, row.hash]),
  )
  const unknown = [...applied.keys()].filter((name) => name !== 'functions' && !migrations.some((m) => m.name === name))
  if (unknown.length)
    throw new Error(
      `Basis data lebih baru daripada program ini (migrasi ${unknown.join(', ')}). Pasang versi program yang sama atau lebih baru.`,
    )
  for (const { name, text } of migrations) {
    const before = applied.get(name)
    if (before === sha(text)) continue
    if (before !== undefined)
      throw new Error(`Migrasi ${name} berubah setelah dijalankan. Pulihkan berkas aslinya dan tulis migrasi baru.`)
    progress(`migrasi ${name}`)
    await db.value('schema_apply', { name, hash: sha(text), body: text })
  }
  const all = functions.map((f) => f.text).join('\n')
  if (applied.get('functions') !== sha(all)) {
    progress(`${functions.length} fungsi SQL`)
    await db.value('schema_apply_functions', { hash: sha(all), body: all })
  }
  await fillFigures(db, progress)
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
async function fillFigures(db: Database, progress: (text: string) => void): Promise<void> {
  const hash = sha(functions.flatMap(({ name, text }) => (FIGURES_RULE.includes(name) ? [text] : [])).join('\n'))
  if ((await db.value<string | null>('setting', { key: FIGURES_BY })) === hash) return
  let last: { at: string; id: string } | null = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' }
  for (let filled = 0; last !== null; filled += FIGURES_AT_ONCE) {
    if (filled > 0) progress(`angka kejadian ${filled}`)
    last = await db.value('incident_figure_fill', { ...last, limit: FIGURES_AT_ONCE })
  }
  await db.rows('setting_put', { key: FIGURES_BY, value: JSON.stringify(hash) })
}
