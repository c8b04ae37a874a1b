import type { Executor } from '../db/database.ts'

/** Cases looked at together. */
const BATCH = 100

/**
 * Erases once more what was erased on request and a restore brought back: of the cases noted outside the database those that hold something again
 * and are over. `each` comes after every case, with what went wrong with it, and says whether to go on. Answers how many cases.
 */
export async function eraseAgain(
  db: Executor,
  noted: readonly string[],
  by: { actor: string; now: () => Date; simulated: boolean },
  each: (failed: { incident_id: string; error: unknown } | null) => Promise<boolean>,
): Promise<number> {
  let cases = 0
  for (let at = 0; at < noted.length; at += BATCH) {
    const back = await db.rows<{ id: string }>('privacy_again', { ids: noted.slice(at, at + BATCH) })
    for (const { id } of back) {
      const { actor, simulated } = by
      let failed = null
      try {
        await db.value('privacy_erase_case', { id, reason: null, again: true, actor, now: by.now(), simulated })
        cases++
      } catch (error) {
        // Another server that notes erasures in the same file was quicker.
        if ((error as { code?: string }).code !== 'SG409') failed = { incident_id: id, error }
      }
      if (!(await each(failed))) return cases
    }
  }
  return cases
}
