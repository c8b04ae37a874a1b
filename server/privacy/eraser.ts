import { wibMidnight } from '../../geo/sla/shift.ts'
import { PERIODS, retentionDays } from '../../geo/privacy/retention.ts'
import { privacyState, type PrivacyState } from '../../geo/wire/privacy.ts'
import { isDatabaseAway } from '../errors.ts'
import type { Services } from '../services.ts'
import { eraseAgain } from './erase_again.ts'
import { erasuresFile, notedErasures } from './noted_erasures.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** WIB: an hour after the check of the log. */
const AT_HOUR = 3
const TICK_MS = 60_000
const SETTLE_MS = 10 * TICK_MS
/** Cases in one transaction, and the pause after it: the embedded database has one session for all. */
const BATCH = 100
const BREATH_MS = 20
const ACTOR = 'system'

/** The last moment, not after `now` (epoch ms), at which the night's erasing was due: 03.00 WIB. */
export function erasingDue(now: number): number {
  const today = wibMidnight(now) + AT_HOUR * HOUR_MS
  return today <= now ? today : today - DAY_MS
}

export interface Eraser {
  readonly running: boolean
  last(): Promise<PrivacyState['last']>
  /** Erases what is due now; resolves when it is gone. */
  eraseNow(): Promise<void>
  stop(): Promise<void>
}

interface Batch {
  cases: number
  erased: Record<string, number>
  more: boolean
}

/**
 * Erases each night what is past its retention period, in short transactions, each with its line in the log; then, once more, what was erased on request and
 * a restore brought back. One of all servers does it, the latter each for what it noted; a night that was missed is made up for ten minutes after the start.
 */
export function startEraser({
  db,
  log,
  now,
  config,
  simulated,
  jobs,
}: Pick<Services, 'db' | 'log' | 'now' | 'config' | 'simulated' | 'jobs'>): Eraser {
  const started = now().getTime()
  let running: Promise<void> | null = null
  let last_due = 0
  let stopping = false
  const breath = () => new Promise((resolve) => setTimeout(resolve, BREATH_MS))

  async function eraseByAge(total: { cases: number; rows: number }): Promise<void> {
    const days = retentionDays(await db.value('setting', { key: 'retention' }))
    for (const period of PERIODS) {
      for (let more = true; more && !stopping;) {
        const rule = { period, days: days[period] }
        const batch = await db.value<Batch>('privacy_erase_due', {
          ...{ rule, limit: BATCH, actor: ACTOR },
          ...{ now: now(), simulated },
        })
        total.cases += batch.cases
        total.rows += Object.values(batch.erased).reduce((sum, n) => sum + n, 0)
        more = batch.more
        if (more) await breath()
      }
    }
  }

  /** Every case it can; throws after the last when one was left. */
  async function eraseNoted(): Promise<number> {
    let left = 0
    const noted = await notedErasures(erasuresFile(config))
    const cases = await eraseAgain(db, noted, { actor: ACTOR, now, simulated }, async (failed) => {
      if (failed) left++
      if (failed)
        log.error(
          { err: failed.error, job: 'erasure', incident_id: failed.incident_id },
          'a case could not be erased again',
        )
      await breath()
      return !stopping
    })
    if (left > 0) throw new Error(`${left} cases that were erased on request and came back could not be erased again`)
    return cases
  }

  async function run(due: Date | null): Promise<void> {
    const total = { cases: 0, rows: 0 }
    // What was asked for at another machine is noted there: each server does its own again.
    if (!(await db.maybe('erasure_claim', { now: now(), due }))) {
      if (due !== null) await eraseNoted()
      return
    }
    let fault: string | null = null
    try {
      await eraseByAge(total)
      total.cases += await eraseNoted()
      log.info({ job: 'erasure', ...total }, 'personal data past its time is erased')
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error)
      log.error({ err: error, job: 'erasure', ...total }, 'personal data past its time could not be erased')
    }
    jobs.note('erasure', fault === null)
    if (!stopping) await db.rows('erasure_end', { ...total, fault, now: now() })
  }

  function begin(due: Date | null): Promise<void> {
    running ??= run(due)
      .catch((error: unknown) => {
        jobs.note('erasure', false)
        log.error({ err: error, job: 'erasure' }, 'the erasing could not be noted')
        // The night is not over for who could not even ask whose it is.
        if (isDatabaseAway(error)) last_due = 0
      })
      .finally(() => (running = null))
    return running
  }

  const timer = setInterval(() => {
    const at = now().getTime()
    const due = erasingDue(at)
    if (at - started < SETTLE_MS || last_due === due) return
    last_due = due
    void begin(new Date(due))
  }, TICK_MS)

  return {
    get running() {
      return running !== null
    },
    async last() {
      return privacyState.shape.last.safeParse(await db.value('setting', { key: 'erasure' })).data ?? null
    },
    eraseNow: () => begin(null),
    async stop() {
      stopping = true
      clearInterval(timer)
      await running
    },
  }
}
