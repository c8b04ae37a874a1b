import type { Database } from '../db/database.ts'
import type { ImportedClosure } from './closures.ts'
import type { MasterContent } from './types.ts'

export interface SwapResult {
  /** Line of the log, null when nothing changed. */
  seq: number | null
  layers: { layer: string; version_id: number; row_count: number; source: string | null }[]
  master: Record<string, number> | null
  /** Line of the log that tells of the new closures, null when they are the same. */
  closures: number | null
}

export interface SwapInput {
  import_id: number
  version_ids: number[]
  city: { code: string; name: string } | null
  master: MasterContent | null
  built_in: boolean
  actor: string
  now: Date
  /** Take the place of those imported before; null: those stay. */
  closures: ImportedClosure[] | null
  /** The world that the closures belong to. */
  simulated: boolean
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
