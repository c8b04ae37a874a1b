import type { Services } from '../services.ts'

/** Positions are for following and for replaying the last weeks; figures do not need them. */
const KEEP_DAYS = 30
const EVERY_MS = 3_600_000

/** Keeps the partitions of positions ahead of the clock and drops the old; answers how to end it. */
export async function keepPartitions({ db, log, now }: Pick<Services, 'db' | 'log' | 'now'>): Promise<() => void> {
  const once = async () => {
    const changed = await db.value<string[]>('position_partitions', { now: now(), keep_days: KEEP_DAYS })
    if (changed.length) log.debug({ changed }, 'partitions of positions')
  }
  await once()
  const timer = setInterval(
    () => void once().catch((error: unknown) => log.warn({ err: error }, 'partitions of positions could not be kept')),
    EVERY_MS,
  )
  return () => clearInterval(timer)
}
