import type { Database } from '../db/database.ts'
import type { MasterContent } from './types.ts'

export interface SwapResult {
  /** Line of the log, null when nothing changed. */
  seq: number | null
  layers: { layer: string; version_id: number; row_count: number; source: string | null }[]
  master: Record<string, number> | null
}

export interface SwapInput {
  import_id: number
  version_ids: number[]
  city: { code: string; name: string } | null
  master: MasterContent | null
  built_in: boolean
  actor: string
  now: Date
}

/**
 * Makes the staged versions the city's, master data beside them, in one short transaction that ends with the line
 * `city.imported`. Tried once more when PostgreSQL broke a deadlock with somebody's assignment.
 */
export async function swap(db: Database, input: SwapInput): Promise<SwapResult> {
  const run = () => db.value<SwapResult>('import_swap', { ...input })
  try {
    return await run()
  } catch (error) {
    if ((error as { code?: string }).code !== '40P01') throw error
    return run()
  }
}
