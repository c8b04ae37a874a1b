import type { Database } from '../db/database.ts'
import { createBatchSize } from './batches.ts'
import type { LiveLayer } from './types.ts'

/** Setting that names the kelurahan version all incidents have been placed by; an import killed before that leaves the older one. */
const PLACED_BY = 'incidents_placed_by'

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
  const version_id = await kelurahanVersion(db)
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
  await db.rows('setting_put', { key: PLACED_BY, value: JSON.stringify({ version_id }) })
  return moved
}

/**
 * What an import that failed or was killed after its swap left undone: incidents to their kelurahan, retired layers away.
 * Called at each start; answers how many incidents moved.
 */
export async function resumePlacing(db: Database, actor: string, now: () => Date): Promise<number> {
  const placed = await db.value<{ version_id: string | number } | null>('setting', { key: PLACED_BY })
  const version_id = await kelurahanVersion(db)
  const moved = String(placed?.version_id) === String(version_id) ? 0 : await placeIncidents(db, actor, now)
  await purgeRetired(db, now())
  return moved
}

const kelurahanVersion = async (db: Database) =>
  (await db.rows<LiveLayer>('import_live')).find(({ layer }) => layer === 'kelurahan')?.id ?? null
