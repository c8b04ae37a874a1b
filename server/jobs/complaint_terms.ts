import type { Services } from '../services.ts'

const EVERY_MS = 30_000
/** Whom the log names for what a passed term did. */
export const TERMS_ACTOR = 'system:terms'

/** Does what passed terms do to complaints (sql/functions/complaint_due.sql), one transaction each. Answers how many. */
export async function passComplaintTerms({
  db,
  now,
  simulated,
}: Pick<Services, 'db' | 'now' | 'simulated'>): Promise<number> {
  let done = 0
  for (const { id } of await db.rows<{ id: string }>('complaints_due', { now: now(), simulated }))
    if (await db.value<boolean>('complaint_due', { id, actor: TERMS_ACTOR, now: now() })) done++
  return done
}

/** Looks each half minute; several servers on one database do each thing once. Answers how to end it. */
export function watchComplaintTerms(
  services: Pick<Services, 'db' | 'now' | 'log' | 'hub' | 'simulated'>,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const once = async () => {
    busy = true
    try {
      if ((await passComplaintTerms(services)) > 0) void services.hub.nudge()
    } catch (error) {
      services.log.warn({ err: error }, 'terms of complaints could not be looked at')
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
