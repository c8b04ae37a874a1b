import type { Services } from '../services.ts'

/** Positions are for following and for replaying the last weeks; figures do not need them. */
const KEEP_POSITIONS_DAYS = 30
const KEEP_KEYS_DAYS = 7
const DAY_MS = 86_400_000
const EVERY_MS = 3_600_000

/**
 * Each hour: partitions of positions are kept ahead of the clock and the old ones dropped, idempotency keys nobody repeats
 * any more are forgotten. Answers how to end it.
 */
export async function keepHouse({ db, log, now }: Pick<Services, 'db' | 'log' | 'now'>): Promise<() => void> {
  const once = async () => {
    const changed = await db.value<string[]>('position_partitions', { now: now(), keep_days: KEEP_POSITIONS_DAYS })
    if (changed.length) log.debug({ changed }, 'partitions of positions')
    await db.rows('idempotency_purge', { before: new Date(now().getTime() - KEEP_KEYS_DAYS * DAY_MS) })
  }
  await once()
  const timer = setInterval(
    () => void once().catch((error: unknown) => log.warn({ err: error }, 'housekeeping failed')),
    EVERY_MS,
  )
  return () => clearInterval(timer)
}
