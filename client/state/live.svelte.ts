import { wibDay } from '../../geo/sla/shift.ts'
import { incidentClocks } from '../../geo/sla/incident_clocks.ts'
import type { ClientMessage, Hello, ServerMessage } from '../../geo/wire/live.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { Connection } from '../live/connection.ts'
import { moment, secondsSince, ServerClock } from '../live/server_clock.ts'
import type { Moment } from '../live/server_clock.ts'
import { staleness } from '../live/staleness.ts'
import type { Staleness } from '../live/staleness.ts'
import { NO_CHANGES, Picture } from './picture.ts'
import type { Changes } from './picture.ts'
import { byUrgency, urgent } from './urgency.ts'
import type { Urgent } from './urgency.ts'

/** While the map is built its frames come late; one that has not painted by then is stalled, not slow. */
const BUILDING_SECONDS = 20
/** The clock below ticks four times a second. */
const LATE_MS = 1200
/** Published before the first heartbeat: neither fresh nor stale. */
const UNBORN: Staleness = { stale: false, reason: null, age_seconds: 0 }

/**
 * The live picture as the pages see it. Messages patch plain maps; one flush per animation frame publishes what changed
 * as `$state.raw`; once a second the clocks and the staleness are looked at again, even when no frame comes.
 */
export class Live {
  /** A snapshot was taken: before that every figure is unknown, not zero. */
  has_picture = $state(false)
  connected = $state(false)
  /** Why there is no picture: the session was refused. */
  refused = $state(false)
  simulated = $state(false)
  /** Server time of the second shown, epoch ms. */
  now = $state(Date.now())
  list = $state.raw<Urgent[]>([])
  units = $state.raw<Unit[]>([])
  staleness = $state.raw<Staleness>(UNBORN)
  /** Server time of the last heard message, epoch ms. */
  heard_at = $state(0)
  map_hash = $state<string | null>(null)
  skew_seconds = $state(0)
  version = $state('')
  readonly started = Date.now()

  readonly picture = new Picture()
  private readonly clock = new ServerClock()
  private readonly connection: Connection
  private readonly flushed = new Set<(changes: Changes) => void>()
  private pending: Changes | null = null
  private frame = 0
  private heard: Moment = moment()
  private checked_seconds = 0
  private head = -1
  private looked_at = performance.now()
  private behind_since: Moment | null = null
  private invalid = false
  /** Null until the map painted once: building it takes its time. */
  private painted: Moment | null = null
  private readonly timer: ReturnType<typeof setInterval>

  constructor(url = '/live') {
    this.connection = new Connection(url, {
      message: (m) => this.take(m),
      connected: (hello) => this.greet(hello),
      disconnected: () => this.lose(),
      invalid: (reason) => {
        this.invalid = true
        console.warn('live message refused:', reason)
      },
      held: () =>
        this.picture.seq >= 0 && this.picture.log_id !== null
          ? { seq: this.picture.seq, log_id: this.picture.log_id }
          : null,
    })
    this.timer = setInterval(() => this.second(), 250)
    document.addEventListener('visibilitychange', this.shown)
  }

  /** Server time at this very moment, epoch ms. */
  server_now(): number {
    return this.clock.now(Date.now())
  }

  /** Called after each flush with what changed; returns the way to stop it. */
  onflush(listener: (changes: Changes) => void): () => void {
    this.flushed.add(listener)
    return () => this.flushed.delete(listener)
  }

  /** The map painted a frame: it is alive. */
  saw_paint(): void {
    this.painted = moment()
  }

  send(message: ClientMessage): void {
    this.connection.send(message)
  }

  close(): void {
    clearInterval(this.timer)
    cancelAnimationFrame(this.frame)
    document.removeEventListener('visibilitychange', this.shown)
    this.connection.close()
  }

  /** A hidden page paints nothing; what it painted before says nothing once it is seen again. */
  private readonly shown = () => {
    if (this.painted) this.painted = moment()
    this.second()
  }

  private greet(hello: Hello): void {
    this.connected = true
    this.refused = false
    this.simulated = hello.simulated
    if (this.version !== '' && this.version !== hello.version) location.reload()
    this.version = hello.version
  }

  private lose(): void {
    this.connected = false
    if (this.has_picture) return
    // A refused upgrade tells the browser nothing; the session endpoint does.
    fetch('/api/session', { cache: 'no-store' }).then(
      (answer) => (this.refused = answer.status === 401 || answer.status === 403),
      () => (this.refused = false),
    )
  }

  private take(message: ServerMessage): void {
    if (message.type !== 'event') this.clock.observe(Date.parse(message.server_time), Date.now())
    const changes = this.picture.apply(message)
    if (changes.restart) {
      // What the line itself changed (a new map) is told now: the fresh snapshot no longer differs in it.
      this.schedule(changes)
      return this.connection.restart()
    }
    if (message.type === 'heartbeat') {
      this.head = message.seq
      this.checked_seconds = (Date.parse(message.server_time) - Date.parse(message.checked_at)) / 1000
    }
    if (message.type === 'snapshot') {
      this.head = message.seq
      this.checked_seconds = 0
      this.invalid = false
    }
    if (message.type === 'heartbeat' || message.type === 'snapshot') {
      this.heard = moment()
      this.heard_at = this.server_now()
    }
    if (this.picture.seq >= this.head) this.behind_since = null
    else this.behind_since ??= moment()
    if (changes !== NO_CHANGES || message.type === 'event') this.schedule(changes)
  }

  private schedule(changes: Changes): void {
    this.pending = this.pending ? merge(this.pending, changes) : changes
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.flush())
  }

  private flush(): void {
    this.frame = 0
    const changes = this.pending
    this.pending = null
    if (!changes) return
    if (changes.units || changes.positions) this.units = [...this.picture.units.values()]
    if (changes.incidents || changes.masterdata) this.rank()
    if (changes.map || changes.masterdata) this.map_hash = this.picture.map_hash
    if (this.picture.seq >= 0) this.has_picture = true
    for (const listener of this.flushed) listener(changes)
  }

  private second(): void {
    const late = performance.now() - this.looked_at > LATE_MS
    this.looked_at = performance.now()
    // This thread was held up itself: what waits in the socket's queue is read before the picture is called stale.
    if (late) return
    const now = this.server_now()
    if (Math.floor(now / 1000) !== Math.floor(this.now / 1000)) {
      this.now = now
      if (this.has_picture) this.rank()
    }
    this.judge()
  }

  private rank(): void {
    const { incidents, types } = this.picture
    const now = Math.floor(this.server_now() / 1000) * 1000
    this.list = Array.from(incidents.values(), (i) =>
      urgent(i, incidentClocks(i, now, types.get(i.incident_type))),
    ).sort(byUrgency)
  }

  private judge(): void {
    const at = moment()
    const next = staleness({
      has_picture: this.has_picture,
      connected: this.connected,
      heard_seconds: secondsSince(this.heard, at),
      delay_seconds: this.clock.delay_seconds,
      checked_seconds: this.checked_seconds,
      behind_seconds: this.behind_since ? secondsSince(this.behind_since, at) : 0,
      invalid: this.invalid,
      painted_seconds: document.hidden ? null : this.unpainted_seconds(at),
      skew_seconds: this.clock.skew_seconds,
    })
    this.skew_seconds = this.clock.skew_seconds ?? 0
    const held = this.staleness
    if (next.reason !== held.reason || Math.floor(next.age_seconds) !== Math.floor(held.age_seconds))
      this.staleness = next
  }

  private unpainted_seconds(at: Moment): number {
    const building = (Date.now() - this.started) / 1000
    if (building < BUILDING_SECONDS) return 0
    return this.painted ? secondsSince(this.painted, at) : building
  }

  /** The WIB day of the second shown. */
  get day(): string {
    return wibDay(this.now)
  }
}

function merge(a: Changes, b: Changes): Changes {
  return {
    incidents: a.incidents || b.incidents,
    units: a.units || b.units,
    positions: a.positions || b.positions,
    masterdata: a.masterdata || b.masterdata,
    map: a.map || b.map,
    restart: a.restart || b.restart,
  }
}
