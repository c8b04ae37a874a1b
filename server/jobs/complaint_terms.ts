import { isDatabaseAway } from '../errors.ts'
import type { Services } from '../services.ts'

const EVERY_MS = 30_000
const JOB = 'complaint_terms'
/** Whom the log names for what a passed term did. */
export const TERMS_ACTOR = 'system:terms'

/**
 * Does what passed terms do to complaints (sql/functions/complaint_due.sql), one transaction each. Answers how many. One that fails holds up no
 * other; throws after the last when one did.
 */
export async function passComplaintTerms({
  db,
  log,
  now,
  simulated,
}: Pick<Services, 'db' | 'log' | 'now' | 'simulated'>): Promise<number> {
  let done = 0
  let failed = 0
  for (const { id } of await db.rows<{ id: string }>('complaints_due', { now: now(), simulated }))
    try {
      if (await db.value<boolean>('complaint_due', { id, actor: TERMS_ACTOR, now: now() })) done++
    } catch (error) {
      // With the database away each would wait in vain.
      if (isDatabaseAway(error)) throw error
      failed++
      log.warn({ err: error, job: JOB, complaint_id: id }, 'the term of a complaint could not be passed')
    }
  if (failed > 0) throw new Error(`terms of ${failed} complaints could not be passed`)
  return done
}

/** Looks each half minute; several servers on one database do each thing once. Answers how to end it. */
export function watchComplaintTerms(
  services: Pick<Services, 'db' | 'now' | 'log' | 'hub' | 'simulated' | 'jobs'>,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const once = async () => {
    busy = true
    try {
      if ((await services.jobs.run(JOB, () => passComplaintTerms(services))) > 0) void services.hub.nudge()
    } catch (error) {
      services.log.warn({ err: error, job: JOB }, 'terms of complaints could not be looked at')
    } finally {
      busy = false
    }
  }
  const timer = setInterval(() => {
    if (!busy) running = once()
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    return running
  }
}
