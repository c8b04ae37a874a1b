import type { Replay, ReplayMark, ReplayMarks } from '../../../geo/wire/replay.ts'
import { timed, type Timed } from './play.ts'
import { screensAt, stalenessThen } from './screens.ts'
import { ReplaySource } from './source.svelte.ts'
import { TapeError, type Tape } from './tape.ts'
import { addressAt } from './wib.ts'

export const SPEEDS = [1, 2, 4, 8, 16, 32, 64] as const
export const SPANS_HOURS = [1, 2, 6, 12, 24] as const
const HOUR_MS = 3_600_000
const TICK_MS = 100
/** While somebody drags, only where he comes to rest for so long is fetched. */
const SETTLE_MS = 120
/** The newest moment that is surely recorded and told: clocks of two machines part a little. */
const NOW_MARGIN_MS = 3_000
/** Of one passage asked for. */
const PASSAGE_MS = 12 * HOUR_MS
/** Fetched ahead: so much of real time, and never less than so much of the past. */
const AHEAD_MS = 8_000
const LEAST_AHEAD_MS = 120_000
const FAR_HOURS = 48
const RETRY_MS = 3_000

/** Plays a tape: which moment is shown, how fast it goes on, and what stands along the time line. Times are epoch ms. */
export class Player {
  /** The moment shown. */
  at = $state(0)
  playing = $state(false)
  speed = $state<number>(1)
  /** A picture is being fetched; the clock waits. */
  waiting = $state(true)
  error = $state.raw<TapeError | null>(null)
  /** What is known of the moment beside the picture. */
  then = $state.raw<Replay | null>(null)
  marks = $state.raw<ReplayMarks | null>(null)
  from = $state(0)
  to = $state(0)
  /** The screen whose own picture is shown; null: the first that painted. */
  screen = $state<string | null>(null)
  /** It came to the newest moment there is. */
  ended = $state(false)
  tape = $state.raw<Tape>() as Tape

  readonly source: ReplaySource
  private span_ms = 2 * HOUR_MS
  private to_newest = false
  private base = { at: 0, mono: 0 }
  private last = 0
  private queue: Timed[] = []
  private loaded_until = 0
  private asked = { from: 0, to: 0, next: null as string | null }
  private fetching = false
  /** Goes up with each jump: answers to older questions are let go. */
  private run = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private settle: ReturnType<typeof setTimeout> | undefined
  private readonly timer: ReturnType<typeof setInterval>

  constructor(tape: Tape, at: number) {
    this.tape = tape
    this.source = new ReplaySource(() => this.clock())
    this.timer = setInterval(() => this.tick(), TICK_MS)
    this.seek(at)
  }

  close(): void {
    clearInterval(this.timer)
    clearTimeout(this.settle)
    clearTimeout(this.retry)
    this.run++
    this.source.close()
  }

  /** Another tape, from its beginning. */
  load(tape: Tape): void {
    this.tape = tape
    this.marks = null
    this.then = null
    this.from = this.to = 0
    this.screen = null
    this.playing = false
    this.loaded_until = 0
    this.seek(tape.from ?? Date.now())
  }

  readonly screens = $derived(screensAt(this.marks?.screens ?? this.then?.screens ?? [], this.at))
  readonly chosen = $derived(
    this.screens.find(({ screen_id }) => screen_id === this.screen) ??
      this.screens.find(({ state }) => state !== 'silent'),
  )

  get newest(): number {
    return this.tape.to ?? Date.now() - NOW_MARGIN_MS
  }

  /** The end of the time line: of one that went up to the newest moment when it was laid, the newest there is now. */
  get end(): number {
    return this.to_newest ? this.newest : this.to
  }

  play(): void {
    if (this.at >= this.newest - 1000) return void (this.ended = true)
    this.last = this.newest
    this.rebase()
    this.playing = true
    this.fetch()
  }

  pause(): void {
    this.rebase()
    this.playing = false
    this.keepAddress()
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }

  setSpeed(speed: number): void {
    this.rebase()
    this.speed = speed
    this.fetch()
  }

  /** One step faster or slower. */
  shift(steps: 1 | -1): void {
    const next = SPEEDS[SPEEDS.findIndex((speed) => speed === this.speed) + steps]
    if (next !== undefined) this.setSpeed(next)
  }

  /** Shows another moment; goes on playing if it did. */
  seek(wanted: number): void {
    this.last = this.newest
    const at = Math.min(this.last, Math.max(this.tape.from ?? 0, wanted))
    this.ended = wanted > this.last && this.tape.name === null
    const on = this.source.has_picture && !this.waiting && at >= this.clock() && at <= this.loaded_until
    this.base = { at, mono: performance.now() }
    this.at = at
    this.follow()
    if (on) return this.tick()
    this.run++
    this.waiting = true
    clearTimeout(this.settle)
    this.settle = setTimeout(() => void this.open(at), this.source.has_picture ? SETTLE_MS : 0)
  }

  step(ms: number): void {
    this.seek(this.clock() + ms)
  }

  /** How much of the time line is seen at once. */
  setSpan(hours: number): void {
    this.span_ms = hours * HOUR_MS
    this.from = this.to = 0
    this.follow()
  }

  get span_hours(): number {
    return this.span_ms / HOUR_MS
  }

  /** The next thing that happened, or the one before; false when there is none within two days. */
  async jump(steps: 1 | -1): Promise<boolean> {
    const at = this.clock()
    const found = (marks: readonly ReplayMark[]) =>
      steps > 0
        ? marks.find((mark) => Date.parse(mark.at) > at + 500)
        : marks.findLast((mark) => Date.parse(mark.at) < at - 1500)
    const far = FAR_HOURS * HOUR_MS
    const here = found(this.marks?.marks ?? [])
    const mark =
      here ??
      (await this.attempt(async () => {
        const [from, to] = steps > 0 ? [at, Math.min(this.newest, at + far)] : [at - far, at]
        return from < to ? found((await this.tape.marks(from, to)).marks) : undefined
      }))
    // A moment after it, so that it is seen.
    if (mark) this.seek(Date.parse(mark.at) + 250)
    return mark !== undefined
  }

  async find(number: string): Promise<boolean> {
    const at = await this.attempt(() => this.tape.find(number))
    if (at !== undefined && at !== null) this.seek(at + 250)
    return at !== undefined && at !== null
  }

  private clock(): number {
    if (!this.playing || this.waiting) return this.base.at
    const at = this.base.at + (performance.now() - this.base.mono) * this.speed
    return Math.min(at, this.loaded_until, this.last)
  }

  private rebase(): void {
    this.base = { at: this.clock(), mono: performance.now() }
  }

  private async open(at: number): Promise<void> {
    const run = this.run
    const then = await this.attempt(() => this.tape.at(at))
    if (run !== this.run || then === undefined) return
    this.queue = []
    this.loaded_until = at
    this.asked = { from: 0, to: 0, next: null }
    this.then = then
    this.source.show(then)
    this.waiting = false
    this.base = { at, mono: performance.now() }
    this.tick()
    this.keepAddress()
    this.fetch()
  }

  private tick(): void {
    const at = this.clock()
    let due = 0
    while (due < this.queue.length && this.queue[due].at <= at) due++
    let anew = false
    for (const one of this.queue.splice(0, due)) anew ||= this.source.tell(one)
    this.at = at
    this.source.tick(stalenessThen(this.chosen, at))
    // Where the tape could not keep up the clock stood still: it goes on from there.
    if (at >= Math.min(this.loaded_until, this.last)) this.rebase()
    if (this.playing && at >= this.last) {
      this.pause()
      this.ended = true
    }
    if (anew) {
      this.run++
      this.waiting = true
      return void this.open(at)
    }
    if (this.playing) this.follow()
    this.fetch()
  }

  /** The next page, when it will be needed. */
  private fetch(): void {
    const ahead = this.playing ? Math.max(LEAST_AHEAD_MS, AHEAD_MS * this.speed) : LEAST_AHEAD_MS
    // A file that was no recording says nothing of the tape that plays.
    const broken = this.error !== null && this.error.why !== 'file'
    if (this.fetching || this.waiting || broken || this.loaded_until >= Math.min(this.last, this.at + ahead)) return
    void this.page()
  }

  private async page(): Promise<void> {
    const run = this.run
    this.fetching = true
    if (this.asked.next === null)
      this.asked = { from: this.loaded_until, to: Math.min(this.last, this.loaded_until + PASSAGE_MS), next: null }
    const { from, to, next } = this.asked
    const page = await this.attempt(() => this.tape.passage(from, to, next))
    this.fetching = false
    if (run !== this.run || !page) return
    this.queue.push(...timed(page))
    this.loaded_until = Date.parse(page.until)
    this.asked.next = page.next
  }

  /** Keeps the moment within the time line, and fetches what stands along it. */
  private follow(): void {
    if (this.at >= this.from && this.at <= this.to) return
    this.from = Math.max(this.tape.from ?? 0, Math.min(this.at - this.span_ms / 2, this.newest - this.span_ms))
    this.to = Math.min(this.from + this.span_ms, Math.max(this.newest, this.from + 60_000))
    const { from, to } = this
    const until = Math.min(to, this.newest)
    this.to_newest = to >= this.newest
    if (until > from)
      void this.attempt(() => this.tape.marks(from, until)).then((marks) => {
        if (marks && from === this.from) this.marks = marks
      })
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await work()
      this.error = null
      return value
    } catch (error) {
      this.error = error instanceof TapeError ? error : new TapeError('away')
      clearTimeout(this.retry)
      if (this.error.why === 'away') this.retry = setTimeout(() => this.again(), RETRY_MS)
      return undefined
    }
  }

  /** Tries again what failed. */
  again(): void {
    this.error = null
    this.from = this.to = 0
    this.seek(this.at)
  }

  private keepAddress(): void {
    if (this.tape.name !== null) return
    history.replaceState(null, '', addressAt(location.href, this.at))
  }
}
