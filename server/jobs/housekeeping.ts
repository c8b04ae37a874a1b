import { retentionDays } from '../../geo/privacy/retention.ts'
import type { Services } from '../services.ts'

const KEEP_KEYS_DAYS = 7
/** Long enough to answer who had been let in when something is found out. */
const KEEP_CREDENTIALS_DAYS = 90
const KEEP_PROPOSALS_DAYS = 90
/** What each screen painted: as long as somebody may ask what the wall had shown. */
const KEEP_SCREENS_DAYS = 90
/** Where a phone was whose call never came is nobody's business any longer. */
const KEEP_AWAITED_MS = 30 * 60_000
const DAY_MS = 86_400_000
const EVERY_MS = 3_600_000
const AWAITED_EVERY_MS = 60_000

/**
 * Each hour: partitions of positions are kept ahead of the clock and the old ones dropped, idempotency keys nobody repeats
 * any more, proposed names nobody decided on, credentials that long let nobody in, links to the survey that have run out, what screens painted a quarter ago, and blocks and
 * hashes of numbers past their time are forgotten. Each minute: locations of phones whose call never came.
 * Answers how to end it.
 */
export async function keepHouse({ db, log, now }: Pick<Services, 'db' | 'log' | 'now'>): Promise<() => void> {
  const once = async () => {
    const { position } = retentionDays(await db.value('setting', { key: 'retention' }))
    const changed = await db.value<string[]>('position_partitions', { now: now(), keep_days: position })
    if (changed.length) log.debug({ changed }, 'partitions of positions')
    await db.rows('idempotency_purge', { before: new Date(now().getTime() - KEEP_KEYS_DAYS * DAY_MS) })
    await db.rows('credential_purge', { before: new Date(now().getTime() - KEEP_CREDENTIALS_DAYS * DAY_MS) })
    await db.rows('number_purge', { now: now() })
    await db.rows('alias_purge', { before: new Date(now().getTime() - KEEP_PROPOSALS_DAYS * DAY_MS) })
    await db.rows('survey_link_purge', { now: now() })
    await db.rows('screen_span_purge', { before: new Date(now().getTime() - KEEP_SCREENS_DAYS * DAY_MS) })
  }
  const forgetAwaited = async () =>
    void (await db.rows('device_location_purge', { before: new Date(now().getTime() - KEEP_AWAITED_MS) }))
  const each = (work: () => Promise<void>, ms: number) =>
    setInterval(() => void work().catch((error: unknown) => log.warn({ err: error }, 'housekeeping failed')), ms)
  await once()
  await forgetAwaited()
  const timers = [each(once, EVERY_MS), each(forgetAwaited, AWAITED_EVERY_MS)]
  return () => timers.forEach((timer) => clearInterval(timer))
}
