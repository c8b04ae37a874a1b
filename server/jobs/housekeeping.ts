import { retentionDays } from '../../geo/privacy/retention.ts'
import { createJobBook, type Job } from './job_book.ts'
import type { Params } from '../db/database.ts'
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
 * Each hour: partitions of positions are kept ahead of the clock and the old ones dropped, devices that sent nothing so long, idempotency keys nobody repeats
 * any more, proposed names nobody decided on, credentials that long let nobody in, links to the survey that have run out, what screens painted a quarter ago, and blocks and
 * hashes of numbers past their time are forgotten. Each minute: locations of phones whose call never came.
 * Answers how to end it.
 */
export async function keepHouse({
  db,
  log,
  now,
  jobs = createJobBook(now),
}: Pick<Services, 'db' | 'log' | 'now'> & Partial<Pick<Services, 'jobs'>>): Promise<() => void> {
  const once = async () => {
    const { position } = retentionDays(await db.value('setting', { key: 'retention' }))
    const changed = await db.value<string[]>('position_partitions', { now: now(), keep_days: position })
    if (changed.length) log.debug({ changed }, 'partitions of positions')
    const daysAgo = (days: number) => ({ before: new Date(now().getTime() - days * DAY_MS) })
    const purges: [query: string, params: Params][] = [
      ['position_source_purge', daysAgo(position)],
      ['idempotency_purge', daysAgo(KEEP_KEYS_DAYS)],
      ['credential_purge', daysAgo(KEEP_CREDENTIALS_DAYS)],
      ['sign_in_purge', { now: now() }],
      ['number_purge', { now: now() }],
      ['alias_purge', daysAgo(KEEP_PROPOSALS_DAYS)],
      ['survey_link_purge', { now: now() }],
      ['screen_span_purge', daysAgo(KEEP_SCREENS_DAYS)],
    ]
    // One that fails keeps nothing of the others.
    const faults: Error[] = []
    for (const [query, params] of purges)
      await db.rows(query, params).catch((error: unknown) => faults.push(new Error(query, { cause: error })))
    if (faults.length > 0) throw faults[0]
  }
  const forgetAwaited = async () =>
    void (await db.rows('device_location_purge', { before: new Date(now().getTime() - KEEP_AWAITED_MS) }))
  const each = (job: Job, work: () => Promise<void>, ms: number) =>
    setInterval(
      () => void jobs.run(job, work).catch((error: unknown) => log.warn({ err: error, job }, 'housekeeping failed')),
      ms,
    )
  await jobs.run('housekeeping', once)
  await jobs.run('awaited_locations', forgetAwaited)
  const timers = [each('housekeeping', once, EVERY_MS), each('awaited_locations', forgetAwaited, AWAITED_EVERY_MS)]
  return () => timers.forEach((timer) => clearInterval(timer))
}
