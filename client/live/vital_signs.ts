import type { Hello, ServerMessage } from '../../geo/wire/live.ts'
import { secondsSince, ServerClock } from './server_clock.ts'
import type { Moment } from './server_clock.ts'
import type { Vitals } from './staleness.ts'

/** While the map is built its frames come late; one that has not painted by then is stalled, not slow. */
const BUILDING_SECONDS = 20
/** When the two local clocks part by more than this, one of them stood still or the other was set. */
const PARTED_MS = 1000
/** A word from the server is due each second: so long it may take to say which. */
const UNSURE_MS = 1500
/** A page so far behind is stale whatever else it is told. */
const MOST_HEADS = 64

/** The part of the vitals that has to be remembered: a ledger of moments, with no clock or timer of its own. */
export class VitalSigns {
  private readonly clock = new ServerClock()
  /** When the last heartbeat or snapshot arrived. */
  private heard_at: Moment
  /** Since when the clocks are known to have parted; monotonic, like every number below. */
  private parted_at: number | null = null
  private checked: { value: string; seen_at: number } | null = null
  private checked_seconds = 0
  /** Heads of the log that were told and are not held yet, oldest first. */
  private heads: { seq: number; told_at: number }[] = []
  private held_seq = -1
  private building_at: number | null = null
  /** Null until the map painted once. */
  private painted_at: number | null = null

  constructor(at: Moment) {
    this.heard_at = at
  }

  /** A socket was asked for, answered, and greeted us. */
  greeted(hello: Hello, asked: number, answered: number): void {
    this.clock.opened(Date.parse(hello.server_time), asked, answered)
  }

  heard(message: ServerMessage, at: Moment): void {
    if (message.type === 'event') return
    const server_time = Date.parse(message.server_time)
    const leapt_ms = this.clock.observe(server_time, at)
    if (message.type === 'heartbeat') {
      if (this.checked?.value !== message.checked_at) this.checked = { value: message.checked_at, seen_at: at.mono }
      // By the server's clock, less what that was set ahead by, and never younger than what was seen here.
      const said_ms = server_time - Date.parse(message.checked_at) - leapt_ms
      this.checked_seconds = Math.max(said_ms, at.mono - this.checked.seen_at) / 1000
      if (message.seq > (this.heads.at(-1)?.seq ?? this.held_seq)) {
        if (this.heads.length === MOST_HEADS) this.heads.pop()
        this.heads.push({ seq: message.seq, told_at: at.mono })
      }
    } else if (message.type === 'snapshot') {
      this.checked_seconds = 0
      this.heads = []
    } else return
    this.heard_at = at
    this.parted_at = null
  }

  /** The picture holds every line up to here. */
  holds(seq: number): void {
    this.held_seq = seq
    while (this.heads.length > 0 && this.heads[0].seq <= seq) this.heads.shift()
  }

  /** There is a picture to paint from now on. */
  builds(at: Moment): void {
    this.building_at = at.mono
  }

  painted(at: Moment): void {
    this.painted_at = at.mono
  }

  /** A hidden page paints nothing; what it painted before, or did not, says nothing once it is seen again. */
  shown(at: Moment): void {
    if (this.painted_at !== null) this.painted_at = at.mono
    else if (this.building_at !== null) this.building_at = at.mono
  }

  /** To be called a few times a second. */
  tick(at: Moment): void {
    if (this.parted_ms(at) <= PARTED_MS) this.parted_at = null
    else this.parted_at ??= at.mono
  }

  server_now(at: Moment): number {
    return this.clock.now(at) + this.slept_ms(at)
  }

  get skew_seconds(): number {
    return this.clock.skew_seconds ?? 0
  }

  vitals(at: Moment): Omit<Vitals, 'has_picture' | 'connected' | 'refused' | 'invalid'> {
    return {
      heard_seconds: (at.mono - this.heard_at.mono + this.slept_ms(at)) / 1000,
      delay_seconds: this.clock.delay_seconds,
      checked_seconds: this.checked_seconds,
      behind_seconds: this.heads.length === 0 ? 0 : (at.mono - this.heads[0].told_at) / 1000,
      painted_seconds: this.unpainted_seconds(at),
    }
  }

  /** By how much the wall clock ran ahead of the other since the server was last heard. */
  private parted_ms(at: Moment): number {
    return secondsSince(this.heard_at, at) * 1000 - (at.mono - this.heard_at.mono)
  }

  /** What the monotonic clock missed, for all that is known. A machine that slept hears nothing at first; one whose clock was set, at once. */
  private slept_ms(at: Moment): number {
    const parted_ms = this.parted_ms(at)
    if (parted_ms <= PARTED_MS) return parted_ms
    return this.parted_at !== null && at.mono - this.parted_at > UNSURE_MS ? parted_ms : 0
  }

  private unpainted_seconds(at: Moment): number {
    if (this.building_at === null) return 0
    const building = (at.mono - this.building_at) / 1000
    if (building < BUILDING_SECONDS) return 0
    return this.painted_at === null ? building : (at.mono - this.painted_at) / 1000
  }
}
