import type { Database } from '../db/database.ts'
import { createBatchSize } from './batches.ts'

/** Deletes what no live layer holds any more: retired versions, and what an import that was killed had staged. Short statements. */
export async function purgeRetired(db: Database, now: Date): Promise<number> {
  const batch = createBatchSize(200)
  for (let total = 0; ;) {
    const began = performance.now()
    const deleted = await db.value<number>('import_purge', { limit: batch.size, now })
    if (deleted === 0) return total
    total += deleted
    batch.took(deleted, performance.now() - began)
  }
}

/**
 * After the kelurahan changed: every incident to the kelurahan it lies in now, the open ones first. Says so in the log
 * when any moved (`city.incidents_placed`). Answers how many moved.
 */
export async function placeIncidents(db: Database, actor: string, now: () => Date): Promise<number> {
  let moved = 0
  for (const open of [true, false]) {
    const before = moved
    const batch = createBatchSize(50)
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null;) {
      const began = performance.now()
      const step: { last: string | null; seen: number; moved: number } = await db.one('import_place_incidents', {
        open,
        after,
        limit: batch.size,
      })
      batch.took(step.seen, performance.now() - began)
      after = step.last
      moved += step.moved
    }
    if (moved > before) await db.value('import_event_placed', { actor, now: now(), moved: moved - before })
  }
  return moved
}
