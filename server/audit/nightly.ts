import { wibMidnight } from '../../geo/sla/shift.ts'
import { auditState, type AuditState } from '../../geo/wire/audit.ts'
import type { Services } from '../services.ts'
import { appendAnchor, readAnchors } from './anchors.ts'
import { BrokenLog } from './chain.ts'
import { checkLog } from './check.ts'
import { restoresOf } from './restores.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** WIB, when the room is quietest. */
const AT_HOUR = 2
const TICK_MS = 60_000
/** A start has better things to do. */
const SETTLE_MS = 10 * TICK_MS
/** Between two batches: the embedded database has one session, and others are to have it too. */
const BREATH_MS = 20
/** Of its lines in the server's log. */
const JOB = 'auditor'

/** The last moment, not after `now` (epoch ms), at which the night's check was due: 02.00 WIB. */
export function lastDue(now: number): number {
  const today = wibMidnight(now) + AT_HOUR * HOUR_MS
  return today <= now ? today : today - DAY_MS
}

export interface Auditor {
  /** What the last check found; null when there was none yet. */
  state(): Promise<AuditState>
  /** Checks now, in the background: the state tells. */
  checkNow(): Promise<void>
  /** Of this process, for metrics. */
  readonly last: { ended_at: number; broken: boolean } | null
  stop(): Promise<void>
}

/**
 * Checks the log each night and notes its head in a file outside the database, so that a tail cut off, or a whole log written anew, shows too. One of
 * all servers does it. A check that a night missed (the machine was off) is made up for, ten minutes after the start.
 */
export function startAuditor({ db, log, now, config }: Pick<Services, 'db' | 'log' | 'now' | 'config'>): Auditor {
  const started = now().getTime()
  let last: Auditor['last'] = null
  let running: Promise<void> | null = null
  let checked = 0
  let stopping = false

  async function run(due: Date | null): Promise<void> {
    const claimed = await db.maybe<{ mine: boolean }>('audit_claim', { now: now(), due })
    if (!claimed) return
    checked = 0
    const end = (found: { seq: number; hash: string; anchors: number; fault: string | null }) =>
      db.rows('audit_end', { ...found, now: now() })
    try {
      const found = await checkLog(db, config.anchors_file, async (seq) => {
        checked = seq
        if (stopping) throw new Error('the server ends')
        await new Promise((resolve) => setTimeout(resolve, BREATH_MS))
      })
      const { log_id } = await db.one<{ log_id: string }>('live_head')
      appendAnchor(config.anchors_file, { at: now().toISOString(), log_id, seq: found.seq, hash: found.hash })
      const { seq, hash, anchors } = found
      await end({ seq, hash, anchors, fault: null })
      for (const lost of found.lost)
        log.warn({ job: JOB, lost }, 'lines that were noted did not come along when the database moved')
      last = { ended_at: now().getTime(), broken: false }
      log.info({ job: JOB, seq: found.seq, anchors: found.anchors }, 'the log is whole')
    } catch (error) {
      if (stopping) return
      // A file that cannot be written is a fault of the check as a broken chain is: nobody may take it for a quiet night.
      const fault = error instanceof Error ? error.message : String(error)
      await end({ seq: checked, hash: '', anchors: 0, fault })
      last = { ended_at: now().getTime(), broken: true }
      log.error(
        { err: error, job: JOB, seq: checked },
        error instanceof BrokenLog ? 'THE LOG IS NOT WHOLE' : 'the log could not be checked',
      )
    }
  }

  function begin(due: Date | null): Promise<void> {
    running ??= run(due)
      .catch((error: unknown) => log.error({ err: error, job: JOB }, 'the check of the log could not be noted'))
      .finally(() => (running = null))
    return running
  }

  const timer = setInterval(() => {
    const at = now().getTime()
    if (at - started < SETTLE_MS) return
    const due = lastDue(at)
    if (last === null || last.ended_at < due) void begin(new Date(due))
  }, TICK_MS)

  return {
    get last() {
      return last
    },
    async state() {
      // Before the row is read: whoever hears that none runs is told what the last one found.
      const runs = running !== null
      const found = auditState.shape.last.safeParse(await db.value('setting', { key: 'audit' }))
      // A file that cannot be read is told by the check itself.
      const noted = (() => {
        try {
          return readAnchors(config.anchors_file)
        } catch {
          return []
        }
      })()
      const restores = await restoresOf(db, noted)
      return { running: runs, checked: runs ? checked : null, last: found.data ?? null, restores }
    },
    async checkNow() {
      void begin(null)
    },
    async stop() {
      stopping = true
      clearInterval(timer)
      await running
    },
  }
}
