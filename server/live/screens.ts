import type { Logger } from 'pino'
import type { ClientMessage } from '../../geo/wire/live.ts'
import { SCREEN_SILENT_SECONDS, SCREEN_STATES } from '../../geo/wire/screen.ts'
import type { ScreenRow, ScreenState, StaleReason } from '../../geo/wire/screen.ts'
import type { Database } from '../db/database.ts'
import { createSpans } from './screen_spans.ts'

type Told = Extract<ClientMessage, { type: 'painted' }>
/** The newest word of a screen, with who let it in and when it was heard. */
export type Painted = Omit<Told, 'type'> & { heard_at: string; role: string }
/** A row of table `screen`: of screens that older pages told of, some is missing. */
type Row = { screen_id: string; heard_at: string } & { [K in keyof Painted]?: Painted[K] | null } & {
  name: string | null
  first_seen_at: string | null
}

const WRITE_EVERY_MS = 10_000
/** Where other servers may be asked: their newest word of a screen must be younger than what counts as silence (SCREEN_SILENT_SECONDS). */
const WRITE_FOR_OTHERS_MS = 4_000
/** Beside what this server hears itself, others write each 10 s: so old their newest word may be. */
const ELSEWHERE_MS = 30_000
const KEEP_MS = 24 * 3_600_000
const MAX_SCREENS = 1_000

/** What can be told of a screen that said nothing of it. */
const UNTOLD = {
  stale: null,
  scene: 'live',
  sound: 'off',
  loaded: 'opened',
  dom_nodes: null,
  heap_mb: null,
  contexts: 0,
  seq: 0,
  version: '',
} as const

/**
 * What screens tell of themselves: kept here for now, and written a few seconds later, all together, for whoever asks another server, after
 * a restart, or tomorrow (tables `screen`, `screen_span`). A database that is away only lets that wait.
 */
export function createScreens(options: { db: Database; log: Logger; now: () => Date; version: string }) {
  const { db, log, now, version } = options
  const painted = new Map<string, Painted>()
  const unwritten = new Set<string>()
  const spans = createSpans()
  /** Walls that other servers hear. */
  let elsewhere: Row[] = []
  let writing: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  async function write(): Promise<void> {
    const told = [...unwritten].flatMap((id) => painted.get(id) ?? [])
    const taken = spans.take()
    unwritten.clear()
    try {
      if (told.length > 0 || taken.length > 0)
        await db.rows('screens_heard', { screens: told, spans: taken, gap_seconds: SCREEN_SILENT_SECONDS })
      elsewhere = db.embedded ? [] : await rows(new Date(now().getTime() - ELSEWHERE_MS))
    } catch (error) {
      for (const { screen_id } of told) unwritten.add(screen_id)
      spans.putBack(taken)
      log.warn({ err: error }, 'what screens told could not be written; kept for the next time')
    }
  }

  const rows = async (since: Date | null): Promise<Row[]> =>
    (await db.rows<{ screen: Row }>('screens', { since })).map(({ screen }) => screen)

  function stateOf(
    screen: Pick<ScreenRow, 'heard_at' | 'painted_age_seconds' | 'stale' | 'sound' | 'version'>,
  ): ScreenState {
    if (now().getTime() - Date.parse(screen.heard_at) > SCREEN_SILENT_SECONDS * 1000) return 'lost'
    if (screen.painted_age_seconds > SCREEN_SILENT_SECONDS) return 'frozen'
    if (screen.stale !== null) return 'stale'
    if (screen.sound === 'blocked' || screen.sound === 'failed') return 'mute'
    return screen.version === version ? 'ok' : 'outdated'
  }

  function row(screen: Row): ScreenRow {
    const said = Object.fromEntries(Object.entries(screen).filter(([, value]) => value !== null))
    const painted_at = screen.painted_at ?? screen.heard_at
    const whole = {
      name: null,
      role: null,
      first_seen_at: null,
      ...UNTOLD,
      ...said,
      screen_id: screen.screen_id,
      heard_at: new Date(screen.heard_at).toISOString(),
      painted_at: new Date(painted_at).toISOString(),
      painted_age_seconds: Math.max(0, (now().getTime() - Date.parse(painted_at)) / 1000),
    }
    return { ...whole, version_current: whole.version === version, state: stateOf(whole) }
  }

  const lately = (): Painted[] => {
    const oldest = now().getTime() - KEEP_MS
    return [...painted.values()].filter(({ heard_at }) => Date.parse(heard_at) > oldest)
  }

  return {
    heard(message: Told, role: string): void {
      const at = now()
      const { type: _type, ...told } = message
      // A frame of the future is one of now.
      const painted_at = new Date(Math.min(Date.parse(told.painted_at), at.getTime())).toISOString()
      const screen: Painted = { ...told, painted_at, role, heard_at: at.toISOString() }
      painted.delete(told.screen_id)
      painted.set(told.screen_id, screen)
      unwritten.add(told.screen_id)
      if (painted.size > MAX_SCREENS) {
        const oldest = painted.keys().next().value as string
        painted.delete(oldest)
        unwritten.delete(oldest)
      }
      spans.heard(screen, staleOf(screen, at), at)
    },

    /** Those that this server heard itself in the last day: for figures that must cost nothing. */
    list: (): ScreenRow[] => lately().map((screen) => row({ ...screen, name: null, first_seen_at: null })),

    /** Every screen that is known, whichever server hears it, the worst first and then by name. */
    async all(): Promise<ScreenRow[]> {
      const known = new Map((await rows(null)).map((screen) => [screen.screen_id, screen]))
      for (const screen of lately()) {
        const kept = known.get(screen.screen_id)
        // One that was forgotten comes back with its next word.
        if (!kept && !unwritten.has(screen.screen_id)) continue
        if (kept && Date.parse(kept.heard_at) > Date.parse(screen.heard_at)) continue
        known.set(screen.screen_id, { name: null, first_seen_at: screen.heard_at, ...kept, ...screen })
      }
      const worst = (screen: ScreenRow) => SCREEN_STATES.indexOf(screen.state)
      return [...known.values()]
        .map(row)
        .sort((a, b) => worst(a) - worst(b) || (a.name ?? a.screen_id).localeCompare(b.name ?? b.screen_id))
    },

    forget(screen_id: string): void {
      painted.delete(screen_id)
      unwritten.delete(screen_id)
      elsewhere = elsewhere.filter((screen) => screen.screen_id !== screen_id)
    },

    /** Walls that painted in the last 10 s, and those of them on which an alarm would be heard in time. */
    walls(): { painting: number; sounding: number } {
      const known = new Map<string, ScreenRow>()
      for (const screen of elsewhere) {
        const told = row(screen)
        // What another server hears is as old as its last writing.
        const paints = Date.parse(told.heard_at) - Date.parse(told.painted_at) <= SCREEN_SILENT_SECONDS * 1000
        const heard = now().getTime() - Date.parse(told.heard_at) <= ELSEWHERE_MS
        if (paints && heard) known.set(told.screen_id, told)
      }
      for (const screen of this.list())
        if (screen.state === 'lost' || screen.state === 'frozen') known.delete(screen.screen_id)
        else known.set(screen.screen_id, screen)
      const sounding = [...known.values()].filter(({ sound, stale }) => sound === 'ready' && stale === null)
      return { painting: known.size, sounding: sounding.length }
    },

    /** Writes what was told since the last time; one at a time. */
    async write(): Promise<void> {
      await writing
      writing = write().finally(() => (writing = null))
      await writing
    },

    start(): void {
      timer = setInterval(() => void (writing ?? this.write()), db.embedded ? WRITE_EVERY_MS : WRITE_FOR_OTHERS_MS)
    },

    async stop(): Promise<void> {
      clearInterval(timer)
      await this.write()
    },
  }

  /** A page that is hidden paints nothing and says nothing of it: whoever sits before it sees no picture. */
  function staleOf(screen: Painted, at: Date): StaleReason | null {
    if (screen.stale !== null) return screen.stale
    return at.getTime() - Date.parse(screen.painted_at) > SCREEN_SILENT_SECONDS * 1000 ? 'renderer' : null
  }
}
export type Screens = ReturnType<typeof createScreens>
