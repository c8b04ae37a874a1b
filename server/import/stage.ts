import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { inBatches } from './batches.ts'
import type { LayerContent, LiveLayer } from './types.ts'

/** What a layer holds and where it is from, in 64 hex digits: equal content, equal hash, so the same import twice changes nothing. */
export function contentHash({ layer, tables, source, attribution }: LayerContent): string {
  const hash = createHash('sha256').update(JSON.stringify([layer, source, attribution]))
  for (const { table, rows } of tables) {
    hash.update(table)
    for (const row of rows) hash.update(JSON.stringify(row))
  }
  return hash.digest('hex')
}

/** Rows that the map and the search count: for roads the edges. */
export const rowCount = (content: LayerContent): number => content.tables[0].rows.length

/**
 * Writes a layer into a version that nobody sees until {@link swap}. Answers its id, or null when the live version (or,
 * for the built-in city, an imported one) makes it needless. Many short statements, none in a transaction with another.
 */
export async function stageLayer(
  db: Database,
  content: LayerContent,
  options: { import_id: number; built_in: boolean; live: readonly LiveLayer[] },
): Promise<number | null> {
  const content_hash = contentHash(content)
  const live = options.live.find((version) => version.layer === content.layer)
  if (live && options.built_in && !live.built_in) return null
  if (live && live.content_hash === content_hash && live.built_in === options.built_in) return null
  const { layer, source, attribution } = content
  const version_id = await db.value<number>('import_version_create', {
    layer,
    source,
    attribution,
    content_hash,
    built_in: options.built_in,
    import_id: options.import_id,
    row_count: rowCount(content),
  })
  for (const { table, rows } of content.tables) {
    await inBatches(rows, async (batch) => void (await db.rows(`import_stage_${table}`, { version_id, rows: batch })))
  }
  return version_id
}
