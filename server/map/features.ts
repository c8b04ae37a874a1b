import type { Database } from '../db/database.ts'

const AIM_MS = 40
const LARGEST = 2_000

/**
 * One version of a layer as the text of a FeatureCollection, coordinates to 6 decimals (0.1 m). Read in short batches, so
 * that calls go through meanwhile; a batch is one query `map_features_<layer>`. Empty when the version is gone.
 */
export async function readFeatures(
  db: Database,
  layer: string,
  version_id: number,
): Promise<{ text: string; row_count: number }> {
  const features: string[] = []
  let after: number | string | null = null
  for (let limit = 100; ;) {
    const began = performance.now()
    const rows: { key: number | string; feature: string }[] = await db.rows(`map_features_${layer}`, {
      version_id,
      after,
      limit,
    })
    for (const { feature } of rows) features.push(feature)
    if (rows.length < limit) break
    after = rows[rows.length - 1].key
    const ms = Math.max(performance.now() - began, 0.5)
    limit = Math.round(Math.min(LARGEST, limit * 2, Math.max(20, (limit * AIM_MS) / ms)))
  }
  return { text: `{"type":"FeatureCollection","features":[${features.join(',\n')}]}`, row_count: features.length }
}
