import { lastBackupAt } from '../backup/note.ts'
import type { FixRefusal } from '../../geo/wire/field.ts'
import type { HealthPart, HealthReport, HealthState } from '../../geo/wire/health.ts'
import type { OutboxFigures } from '../integrations/kominfo/sender.ts'
import type { SlowQueries } from '../db/slow.ts'
import { JOBS, type JobBook } from '../jobs/job_book.ts'
import type { Services } from '../services.ts'
import type { Probe } from './probe.ts'
import { finding, type Finding } from './finding.ts'
import { JOB_WORDS, REFUSAL_WORDS, SCREEN_WORDS } from './words.ts'

const EVERY_MS = 10_000
const SHARED_MS = 1_000
const HOUR = 3_600
/** The night's check of the log, and the backup, are due each day; two hours are forgiven. */
const DAILY_SECONDS = 26 * HOUR
const OUTBOX_LATE_SECONDS = 15 * 60
const RECENT_MS = 10 * 60_000
const VERY_SLOW_MS = 2_000

interface PositionsRow {
  units: number
  placed: number
  stale: number
  lost: number
  refusing: number
  refused: { callsign: string; reason: FixRefusal } | null
}
/**
 * How the whole service stands, for /admin#health: each part with words, the one thing to do, and since when this server sees it so. Looked at by
 * itself, so that `since` is right when somebody comes to read. Never rejects: what cannot be read is told as unknown.
 */
export function createHealthReport(
  services: Pick<
    Services,
    'db' | 'log' | 'now' | 'screens' | 'outbox' | 'routing' | 'auditor' | 'copies' | 'simulated' | 'version'
  > & {
    probe: Probe
    jobs: JobBook
    slow: SlowQueries
  },
) {
  const { db, log, now, screens, outbox, routing, auditor, copies, simulated, version, probe, jobs, slow } = services
  const started_at = now().toISOString()
  const held = new Map<HealthPart, { state: HealthState; since: string; or_earlier: boolean }>()
  let shared: { at: number; answer: Promise<HealthReport> } | null = null

  const ageOf = (at: string | Date) => Math.max(0, (now().getTime() - new Date(at).getTime()) / 1000)

  function copiesPart(): Finding {
    const { standby, standby_age_seconds, synchronous } = copies.state()
    if (synchronous === false) return finding('copies', 'down', 'copies_one_machine')
    if (standby === 'none')
      return synchronous === null
        ? finding('copies', 'off', 'copies_off')
        : finding('copies', 'ok', 'copies_synchronous')
    if (standby !== 'ok')
      return finding(
        ...(['copies', 'warning'] as const),
        standby === 'away' ? 'copies_away' : 'copies_lagging',
        null,
        standby_age_seconds,
      )
    return finding('copies', 'ok', synchronous ? 'copies_ok_synchronous' : 'copies_ok', null, standby_age_seconds)
  }

  async function screensPart(): Promise<Finding> {
    // One that was switched off yesterday is missed by nobody.
    const list = (await screens.all()).filter(({ heard_at }) => ageOf(heard_at) < 24 * HOUR)
    const worst = list.find(({ state }) => state !== 'ok')
    if (list.length === 0) return finding('screens', 'off', 'screens_off')
    if (!worst || worst.state === 'ok') return finding('screens', 'ok', 'screens_ok', { n: list.length })
    const unnamed = worst.screen_id.slice(0, 8)
    const name = worst.name ?? ([`tanpa nama (${unnamed})`, `without a name (${unnamed})`] as const)
    const age = ageOf(worst.heard_at)
    if (worst.state === 'mute') return finding('screens', 'warning', 'screens_mute', { name }, age)
    // While another wall of the room is well, nobody is blind.
    const grave = list.every(({ state }) => state === 'lost' || state === 'frozen' || state === 'stale')
    const values = { name, state: SCREEN_WORDS[worst.state] }
    return finding('screens', grave ? 'down' : 'warning', 'screens_bad', values, age)
  }

  async function positionsPart(): Promise<Finding> {
    const row = await db.one<PositionsRow>('health_positions', { now: now(), simulated })
    const { units, placed, stale, lost, refused } = row
    const values = { units, fresh: placed - stale, lost }
    if (placed === 0) return finding('positions', 'off', 'positions_off')
    if (lost === placed) return finding('positions', 'down', 'positions_lost')
    if (lost > 0) return finding('positions', 'warning', 'positions_some_lost', values)
    if (!refused) return finding('positions', 'ok', 'positions_ok', values)
    const { callsign, reason } = refused
    return finding('positions', 'warning', 'positions_refused', { ...values, callsign, reason: REFUSAL_WORDS[reason] })
  }

  async function kominfoPart(): Promise<Finding> {
    const to = outbox.destination()
    const { dead, pending: n, oldest_at }: OutboxFigures = await outbox.figures()
    if (dead > 0) return finding('kominfo', 'warning', 'kominfo_dead', { n: dead })
    const age = oldest_at === null ? null : ageOf(oldest_at)
    if (to === 'none') return finding('kominfo', 'off', 'kominfo_off', { n }, age)
    if (age !== null && age > OUTBOX_LATE_SECONDS) return finding('kominfo', 'warning', 'kominfo_late', { n }, age)
    return finding('kominfo', 'ok', n === 0 ? 'kominfo_sent' : 'kominfo_pending', { n }, age)
  }

  function routingPart(): Finding {
    const { routing: who, since } = routing.state
    if (who === 'own') return finding('routing', 'ok', 'routing_own')
    if (who === 'osrm') return finding('routing', 'ok', 'routing_osrm')
    return finding('routing', 'warning', 'routing_away', null, since ? ageOf(since) : null)
  }

  async function auditPart(): Promise<Finding> {
    const { last } = await auditor.state()
    if (!last) return finding('audit', 'off', 'audit_off')
    const age = ageOf(last.ended_at)
    if (last.fault !== null) return finding('audit', 'down', 'audit_broken', { fault: last.fault }, age)
    return age > DAILY_SECONDS
      ? finding('audit', 'warning', 'audit_missed', null, age)
      : finding('audit', 'ok', 'audit_ok', null, age)
  }

  async function backupPart(): Promise<Finding> {
    const made_at = await lastBackupAt(db)
    if (made_at === null) return finding('backup', 'off', 'backup_off')
    const age = ageOf(made_at)
    return age > DAILY_SECONDS
      ? finding('backup', 'warning', 'backup_old', null, age)
      : finding('backup', 'ok', 'backup_ok', null, age)
  }

  function jobsPart(): Finding {
    const failed = JOBS.filter((job) => !jobs.pages[job].last_ok)
    if (failed.length === 0) return finding('jobs', 'ok', 'jobs_ok')
    const names = (language: 0 | 1) => failed.map((job) => JOB_WORDS[job][language]).join(', ')
    const { ended_at } = jobs.pages[failed[0]]
    const values = { jobs: [names(0), names(1)] as const }
    return finding('jobs', 'warning', 'jobs_failed', values, ended_at ? ageOf(ended_at) : null)
  }

  function queriesPart(): Finding {
    const recent = slow.last && now().getTime() - slow.last.at.getTime() < RECENT_MS ? slow.last : null
    if (!recent) return finding('queries', 'ok', 'queries_none')
    const { name, ms } = recent
    const very = ms > VERY_SLOW_MS
    return finding(
      ...(['queries', very ? 'warning' : 'ok'] as const),
      very ? 'queries_very_slow' : 'queries_slow',
      { name, ms },
      ageOf(recent.at),
    )
  }

  /** Told to the log once, not at each look. */
  function unread(id: HealthPart, error: unknown): null {
    if (held.get(id)?.state !== 'unknown') log.warn({ err: error, part: id }, 'a part of the health page')
    return null
  }

  async function make(): Promise<HealthReport> {
    const { parts: ready } = await probe.check()
    const away = ready.some(({ id, state }) => id === 'database' && state === 'down')
    // Each would wait for its own connection: with the database away the page must not.
    const asked = async (id: HealthPart, ask: () => Promise<Finding>): Promise<Finding> =>
      (await (away ? null : ask().catch((error: unknown) => unread(id, error)))) ?? finding(id, 'unknown', 'not_read')
    const found = [
      ...ready,
      finding('servers', 'ok', 'servers_ok', { version, hours: Math.floor(ageOf(started_at) / HOUR) }),
      copiesPart(),
      await asked('screens', screensPart),
      ...(await Promise.all([asked('positions', positionsPart), asked('kominfo', kominfoPart)])),
      routingPart(),
      ...(await Promise.all([asked('audit', auditPart), asked('backup', backupPart)])),
      jobsPart(),
      queriesPart(),
    ]
    const checked_at = now().toISOString()
    const parts = found.map((each) => {
      const before = held.get(each.id)
      const seen =
        before?.state === each.state
          ? before
          : { state: each.state, since: checked_at, or_earlier: (before?.state ?? 'unknown') === 'unknown' }
      held.set(each.id, seen)
      return { ...each, since: seen.since, or_earlier: seen.or_earlier }
    })
    return { checked_at, version, started_at, parts }
  }

  const timer = setInterval(() => void report(), EVERY_MS)
  timer.unref()
  function report(): Promise<HealthReport> {
    const at = performance.now()
    if (!shared || at - shared.at > SHARED_MS) shared = { at, answer: make() }
    return shared.answer
  }
  return { report, stop: () => clearInterval(timer) }
}
export type Health = ReturnType<typeof createHealthReport>
