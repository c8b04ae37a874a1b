import { z } from 'zod'
import { wibDay } from '../../geo/sla/shift.ts'
import { district, slaCell } from '../../geo/wire/stats.ts'
import { moment, secondsSince } from '../live/server_clock.ts'
import type { Moment } from '../live/server_clock.ts'
import type { District, SlaCell } from '../../geo/wire/stats.ts'

const EVERY_MS = 30_000
/** After an event the figures are asked again this soon, for all that came meanwhile. */
const SETTLE_MS = 2000
/** However much happens, the server rests this many times as long as the last answer took. */
const REST = 4
/** Without any figures yet. */
const RETRY_MS = 2000
const DAY_MS = 86_400_000

/** One set of figures with its age. A failed refresh keeps the old rows and lets their age grow: never an empty answer. */
export class Figures<T> {
  /** Null until the first answer: unknown, not zero. */
  rows = $state.raw<readonly T[] | null>(null)
  failed = $state(false)
  /** When what is shown was answered, on both local clocks: neither a clock that was set nor a machine that slept makes figures younger. */
  taken: Moment | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  /** When they are asked next, and until when the server rests; on the monotonic clock. */
  private due = Infinity
  private rests_until = 0
  private busy = false
  /** Something happened that the answer under way may not count. */
  private outdated = false
  private stopped = false

  constructor(
    private readonly url: () => string,
    private readonly row: z.ZodType<T>,
    /** Rows of before: shown, and growing old, until the first answer. */
    kept?: { rows: readonly T[]; taken: Moment },
  ) {
    if (kept) {
      this.rows = kept.rows
      this.taken = kept.taken
    }
    void this.refresh()
  }

  /** Something happened that these figures count. What is planned sooner stays: events without end must not put it off. */
  nudge(): void {
    if (this.busy) this.outdated = true
    else this.plan(Math.max(SETTLE_MS, this.rests_until - performance.now()))
  }

  /** Age of what is shown; null while nothing is. Not reactive: whoever shows it looks each second. */
  get age_seconds(): number | null {
    return this.taken === null ? null : secondsSince(this.taken, moment())
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  private plan(ms: number): void {
    const due = performance.now() + ms
    if (this.stopped || due >= this.due) return
    this.due = due
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.refresh(), ms)
  }

  private async refresh(): Promise<void> {
    const asked = performance.now()
    this.due = Infinity
    this.busy = true
    this.outdated = false
    try {
      const answer = await fetch(this.url(), { signal: AbortSignal.timeout(20_000), cache: 'no-store' })
      if (!answer.ok) throw new Error(`${answer.status}`)
      this.rows = z.array(this.row).parse(await answer.json())
      this.taken = moment()
      this.failed = false
    } catch (error) {
      if (error instanceof z.ZodError) console.warn('figures not understood:', this.url(), error.issues[0].message)
      this.failed = true
    } finally {
      const now = performance.now()
      this.rests_until = now + Math.min(EVERY_MS, (now - asked) * REST)
      this.busy = false
      this.plan(this.failed && this.rows === null ? RETRY_MS : EVERY_MS)
      if (this.outdated) this.nudge()
    }
  }
}

/** `from=&to=` of the last `days` days with today, WIB; `to` is exclusive. */
export function lastDays(days: number, now: number): string {
  return `from=${wibDay(now - (days - 1) * DAY_MS)}&to=${wibDay(now + DAY_MS)}`
}

/** The wall's figures: kecamatan over 30 days, kelurahan and heat over 12 months. */
export class WallFigures {
  readonly kecamatan: Figures<District>
  readonly kelurahan: Figures<District>
  readonly cells: Figures<SlaCell>

  constructor(now: () => number) {
    this.kecamatan = new Figures(() => `/api/stats/districts?level=kecamatan&${lastDays(30, now())}`, district)
    this.kelurahan = new Figures(() => `/api/stats/districts?level=kelurahan&${lastDays(365, now())}`, district)
    this.cells = new Figures(() => `/api/sla/cells?stage=opd&${lastDays(365, now())}`, slaCell)
  }

  nudge(): void {
    for (const figures of [this.kecamatan, this.kelurahan, this.cells]) figures.nudge()
  }

  stop(): void {
    for (const figures of [this.kecamatan, this.kelurahan, this.cells]) figures.stop()
  }
}
