import { functionsHash } from '../db/migrate.ts'
import type { MapStore } from '../map/store.ts'
import type { Services } from '../services.ts'
import { lookAtDisk, type DiskLook } from './disk.ts'
import { finding, type Finding } from './finding.ts'
import { inBoth } from './words.ts'

/** A database that does not answer within this is away, whatever it does; nor is a disk waited for longer. */
const PATIENCE_MS = 2_000
const SLOW_MS = 500
const FEED_SECONDS = 5
/** The clocks of server and database: told from here, and no picture can be trusted from there. */
const CLOCK_WARNING_SECONDS = 2
const CLOCK_DOWN_SECONDS = 60
const DISK_EVERY_MS = 10_000
/** A disk that has not answered for so long hangs. */
const DISK_SILENT_SECONDS = 40
const [DISK_WARNING_SHARE, DISK_WARNING_BYTES, DISK_DOWN_BYTES] = [0.05, 2e9, 1e8]
/** Probes that come together share an answer. */
const SHARED_MS = 500

/** What it comes to in time; null for what takes longer. */
async function within<T>(work: Promise<T>): Promise<T | null> {
  let bound: NodeJS.Timeout | undefined
  const silence = new Promise<null>((resolve) => (bound = setTimeout(() => resolve(null), PATIENCE_MS)))
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(bound)
  }
}

interface Row {
  seq: number
  clock: string
  functions_hash: string
  standby: boolean
}

/**
 * Without these nobody can be served from here. A full disk or a wrong clock is told, but stops nobody: reads and the feed go on, and a
 * proxy that took the only server out would take the picture from every screen.
 */
const NEEDED: Finding['id'][] = ['database', 'feed', 'map']

export interface Readiness {
  ready: boolean
  /** Head of the log; null: the database did not tell. */
  seq: number | null
  parts: Finding[]
}

/**
 * Whether this server can do its work: what /health/ready tells a proxy and a start-up, some milliseconds of work. It never rejects and
 * never takes longer than its patience with the database.
 */
export function createProbe({
  db,
  now,
  config,
  hub,
  city,
  map,
}: Pick<Services, 'db' | 'now' | 'config' | 'hub' | 'city'> & { map: MapStore }) {
  let disk: DiskLook | null = null
  let looking = false
  const look = async () => {
    if (looking) return
    looking = true
    disk = await lookAtDisk(config.data_dir)
    looking = false
  }
  const began_ms = performance.now()
  const first = look()
  const timer = setInterval(() => void look(), DISK_EVERY_MS)
  timer.unref()
  let shared: { at: number; answer: Promise<Readiness> } | null = null

  async function askDatabase(): Promise<{ row: Row; ms: number; clock_off: number } | null> {
    const started = performance.now()
    const row = await within(db.one<Row>('health_probe').catch(() => null))
    if (row === null) return null
    const ms = performance.now() - started
    const clock_off = (Date.parse(row.clock) - now().getTime() + ms / 2) / 1000
    return { row, ms, clock_off }
  }

  function diskFinding(): Finding {
    const free = disk?.free_bytes == null ? '?' : inBoth(`${(disk.free_bytes / 1e9).toFixed(1)} GB`)
    const age = (performance.now() - (disk?.at_ms ?? began_ms)) / 1000
    if (age > DISK_SILENT_SECONDS) return finding('disk', 'down', 'disk_silent', null, age)
    if (!disk) return finding('disk', 'unknown', 'disk_unread')
    if (!disk.writable) return finding('disk', 'down', 'disk_readonly', { fault: disk.fault ?? '?' }, age)
    if (disk.free_bytes !== null && disk.free_bytes < DISK_DOWN_BYTES)
      return finding('disk', 'down', 'disk_full', { free }, age)
    if (disk.free_bytes !== null && disk.free_bytes < DISK_WARNING_BYTES && (disk.free_share ?? 1) < DISK_WARNING_SHARE)
      return finding('disk', 'warning', 'disk_filling', { free }, age)
    return finding('disk', 'ok', 'disk_ok', { free }, age)
  }

  function databaseFinding(asked: Awaited<ReturnType<typeof askDatabase>>): Finding {
    if (!asked) return finding('database', 'down', 'database_away')
    if (asked.row.standby) return finding('database', 'down', 'database_standby')
    if (asked.row.functions_hash !== functionsHash) return finding('database', 'down', 'database_other_schema')
    const ms = Math.max(1, asked.ms).toFixed(0)
    if (asked.ms > SLOW_MS) return finding('database', 'warning', 'database_slow', { ms })
    return finding('database', 'ok', db.embedded ? 'database_embedded' : 'database_ok', { ms })
  }

  function clockFinding(clock_off: number | null): Finding {
    if (clock_off === null) return finding('clock', 'unknown', 'clock_unread')
    const off = Math.abs(clock_off)
    const s = inBoth(off.toFixed(off < 10 ? 1 : 0))
    if (off <= CLOCK_WARNING_SECONDS) return finding('clock', 'ok', 'clock_ok', { s })
    return finding('clock', off > CLOCK_DOWN_SECONDS ? 'down' : 'warning', 'clock_off', { s })
  }

  async function check(): Promise<Readiness> {
    const [asked] = await Promise.all([askDatabase(), within(first)])
    const feed_age = Math.max(0, (now().getTime() - hub.checked_at.getTime()) / 1000)
    const parts: Finding[] = [
      databaseFinding(asked),
      feed_age > FEED_SECONDS
        ? finding('feed', 'down', 'feed_stopped', null, feed_age)
        : finding('feed', 'ok', 'feed_ok', { n: hub.readers }, feed_age),
      diskFinding(),
      clockFinding(asked?.clock_off ?? null),
      map.hash() === '' || city.router.graph.node_count === 0
        ? finding('map', 'down', 'map_away')
        : finding('map', 'ok', 'map_ok'),
    ]
    const ready = parts.every(({ id, state }) => state !== 'down' || !NEEDED.includes(id))
    return { ready, seq: asked?.row.seq ?? null, parts }
  }

  return {
    check(): Promise<Readiness> {
      const at = performance.now()
      if (!shared || at - shared.at > SHARED_MS) shared = { at, answer: check() }
      return shared.answer
    },
    stop: () => clearInterval(timer),
  }
}
export type Probe = ReturnType<typeof createProbe>
