import type { LiveEta } from '../../geo/sla/forecast.ts'
import { wibDay } from '../../geo/sla/shift.ts'
import type { Call } from '../../geo/wire/calls.ts'
import type { ClientMessage, Heartbeat, Hello, LiveEvent, ServerMessage } from '../../geo/wire/live.ts'
import type { Unit } from '../../geo/wire/masterdata.ts'
import { Connection } from '../live/connection.ts'
import { moment } from '../live/server_clock.ts'
import { staleness } from '../live/staleness.ts'
import type { Staleness } from '../live/staleness.ts'
import { VitalSigns } from '../live/vital_signs.ts'
import type { RoutingSaid } from '../text/routing.ts'
import { ChangeQueue } from './change_queue.ts'
import { NO_CHANGES, Picture } from './picture.ts'
import type { Changes } from './picture.ts'
import { shownClosures, shownKey } from './closures.ts'
import type { ShownClosure } from './closures.ts'
import { Ranking } from './ranking.ts'
import type { Urgent } from './urgency.ts'

const TICK_MS = 250
const PULSE_MS = 1000
/** A tick later than this was held up by this page itself. */
const LATE_MS = 1200
/** A page that was held up itself catches up sooner than this. */
const LAG_MS = 3000
/** A server that freezes must not gather our questions. */
const ASK_MS = 4000
/** After a longer silence (a night asleep, hours without a network) the whole picture comes anew: lines of hours would be played like a film. */
const REJOIN_SECONDS = 600
/** Published before the first heartbeat: neither fresh nor stale. */
const UNBORN: Staleness = { stale: false, reason: null, age_seconds: 0 }

/**
 * The live picture as the pages see it. Messages patch plain maps; one flush per animation frame publishes what changed
 * as `$state.raw`; once a second the clocks and the staleness are looked at again, even when no frame comes.
 */
export class LiveFeed {
  /** A snapshot was taken: before that every figure is unknown, not zero. */
  has_picture = $state(false)
  connected = $state(false)
  /** The server lets nobody in with what this page has; whatever picture there is stays, and grows old. */
  refused = $state(false)
  simulated = $state(false)
  /** Who looks may see incidents at all: without that an empty list says nothing. */
  sees_incidents = $state(true)
  /** Server time of the second shown, epoch ms. */
  now = $state(Date.now())
  list = $state.raw<Urgent[]>([])
  units = $state.raw<Unit[]>([])
  /** Calls a PBX told of that nobody has said anything about yet, the oldest first. */
  calls = $state.raw<Call[]>([])
  /** Closures in force or to come at the second shown: one that begins or ends by time changes this by itself. */
  closures = $state.raw<readonly ShownClosure[]>([])
  staleness = $state.raw<Staleness>(UNBORN)
  /** Server time when the last message was heard, epoch ms; what it told of may be older: see {@link as_of}. */
  heard_at = $state(0)
  map_hash = $state<string | null>(null)
  skew_seconds = $state(0)
  /** What is served now; this page may be older. */
  version = $state('')
  /** Above this a wall begins anew; null: it decides itself. */
  heap_budget_mb: number | null = null
  /** Who gives the driving times. */
  routing = $state.raw<RoutingSaid>({ routing: 'own' })

  /** Walls that paint, and those that can sound, as the server last said; null: it does not say. */
  walls = $state.raw<Heartbeat['walls'] | null>(null)
  /** Operators at work; null: not known. */
  operators = $state<number | null>(null)

  readonly picture = new Picture()
  /** Driving seconds left by where a unit is now, where the page knows (the wall's map); else the ETA of the dispatch counts. */
  eta: LiveEta | undefined
  private readonly ranking = new Ranking()
  private readonly signs = new VitalSigns(moment())
  private readonly connection: Connection
  private readonly queue = new ChangeQueue((changes) => this.publish(changes))
  private readonly heard = new Set<(line: LiveEvent) => void>()
  private ticked_at = performance.now()
  private late = false
  private fixes_due = false
  private lags_since: number | null = null
  private invalid = false
  private asking = false
  private readonly timer: ReturnType<typeof setInterval>
  private readonly pulse: ReturnType<typeof setInterval> | undefined
  private deferred: ReturnType<typeof setTimeout> | undefined

  constructor(
    url = '/live',
    /** Another version is served than at first. */
    private readonly renew = () => location.reload(),
    /** What tells that the page paints: its map's frames (told by saw_paint), or, of a page of words, that the browser asks for frames at all. */
    painted_by: 'frames' | 'map' = 'frames',
  ) {
    this.connection = new Connection(url, {
      message: (m) => this.take(m),
      connected: (hello, asked, answered) => this.greet(hello, asked, answered),
      disconnected: (revoked) => this.lose(revoked),
      invalid: (reason) => {
        this.invalid = true
        console.warn('live message refused:', reason)
      },
      held: () =>
        this.picture.seq >= 0 &&
        this.picture.log_id !== null &&
        this.signs.vitals(moment()).heard_seconds < REJOIN_SECONDS
          ? { seq: this.picture.seq, log_id: this.picture.log_id }
          : null,
    })
    this.timer = setInterval(() => this.tick(), TICK_MS)
    if (painted_by === 'frames') this.pulse = setInterval(() => requestAnimationFrame(() => this.saw_paint()), PULSE_MS)
    document.addEventListener('visibilitychange', this.shown)
  }

  /** Server time at this very moment, epoch ms. */
  server_now(): number {
    return this.signs.server_now(moment())
  }

  /** Called after each flush with what changed; returns the way to stop it. */
  onflush(listener: (changes: Changes) => void): () => void {
    return this.queue.listen(listener)
  }

  /** Called with each line of the log as it is heard, for whoever wants more than the picture; returns the way to stop it. */
  onevent(listener: (line: LiveEvent) => void): () => void {
    this.heard.add(listener)
    return () => this.heard.delete(listener)
  }

  /** The map painted a frame: it is alive. */
  saw_paint(): void {
    this.signs.painted(moment())
  }

  send(message: ClientMessage): void {
    this.connection.send(message)
  }

  close(): void {
    clearInterval(this.timer)
    clearInterval(this.pulse)
    clearTimeout(this.deferred)
    this.queue.stop()
    document.removeEventListener('visibilitychange', this.shown)
    this.connection.close()
  }

  private readonly shown = () => {
    this.signs.shown(moment())
    this.tick()
  }

  private greet(hello: Hello, asked: number, answered: number): void {
    this.signs.greeted(hello, asked, answered)
    this.connected = true
    this.refused = false
    this.simulated = hello.simulated
    this.sees_incidents = hello.sees_incidents !== false
    const renewed = this.version !== '' && this.version !== hello.version
    this.version = hello.version
    this.heap_budget_mb = hello.wall_heap_mb ?? null
    if (renewed) this.renew()
  }

  private lose(revoked: boolean): void {
    this.connected = false
    if (revoked) this.refused = true
    else void this.askSession()
  }

  /** A refused upgrade tells the browser nothing; the session endpoint does. */
  private async askSession(): Promise<void> {
    if (this.asking) return
    this.asking = true
    const refused = await fetch('/api/session', { cache: 'no-store', signal: AbortSignal.timeout(ASK_MS) }).then(
      (answer) => answer.status === 401 || answer.status === 403,
      () => false,
    )
    this.asking = false
    if (!this.connected) this.refused = refused
  }

  private take(message: ServerMessage): void {
    this.signs.heard(message, moment())
    const changes = this.picture.apply(message)
    this.signs.holds(this.picture.seq)
    if (message.type === 'event') for (const listener of this.heard) listener(message)
    if (changes.restart) {
      // What the line itself changed (a new map) is told now: the fresh snapshot no longer differs in it.
      this.queue.add(changes)
      return this.connection.restart()
    }
    if (message.type === 'snapshot') this.invalid = false
    if (message.type === 'heartbeat') {
      const { walls } = message
      if (walls?.painting !== this.walls?.painting || walls?.sounding !== this.walls?.sounding)
        this.walls = walls ?? null
      this.operators = message.operators ?? null
    }
    if (message.type === 'heartbeat' || message.type === 'snapshot') {
      this.heard_at = this.server_now()
      const { routing, routing_since } = message
      if (routing !== this.routing.routing || routing_since !== this.routing.routing_since)
        this.routing = { routing, routing_since }
    }
    if (changes !== NO_CHANGES || message.type === 'event') this.queue.add(changes)
  }

  private publish(changes: Changes): void {
    // Fixes come four times a second; lists that speak of them are as good a second later. Maps are told below.
    if (changes.units) this.units = [...this.picture.units.values()]
    else if (changes.positions) this.fixes_due = true
    if (changes.incidents || changes.masterdata) this.rank()
    if (changes.calls)
      this.calls = [...this.picture.calls.values()].sort((a, b) => Date.parse(a.rang_at) - Date.parse(b.rang_at))
    if (changes.closures) this.closures = shownClosures(this.picture.closures, this.server_now())
    if (changes.map || changes.masterdata) this.map_hash = this.picture.map_hash
    if (this.picture.seq >= 0 && !this.has_picture) {
      this.has_picture = true
      this.signs.builds(moment())
    }
  }

  private tick(): void {
    const at = moment()
    const late = at.mono - this.ticked_at > LATE_MS
    const again = this.late
    this.late = late
    this.ticked_at = at.mono
    this.signs.tick(at)
    // This thread was held up itself: what waits in the socket's queue is read first. But once only: a page that is always
    // late would never say that it is stale.
    if (late && !again) this.deferred = setTimeout(() => this.look(), TICK_MS)
    else this.look()
  }

  private look(): void {
    clearTimeout(this.deferred)
    this.deferred = undefined
    const now = this.server_now()
    if (Math.floor(now / 1000) !== Math.floor(this.now / 1000)) {
      this.now = now
      if (this.fixes_due) this.units = [...this.picture.units.values()]
      this.fixes_due = false
      if (this.has_picture) this.rank()
      const closures = shownClosures(this.picture.closures, now)
      if (shownKey(closures) !== shownKey(this.closures)) this.queue.add({ ...NO_CHANGES, closures: true })
    }
    this.judge()
  }

  private rank(): void {
    const { incidents, types } = this.picture
    const now = Math.floor(this.server_now() / 1000) * 1000
    this.list = this.ranking.rank(incidents, types, now, this.eta)
  }

  private judge(): void {
    const at = moment()
    const vitals = this.signs.vitals(at)
    const next = staleness({
      ...vitals,
      has_picture: this.has_picture,
      connected: this.connected,
      refused: this.refused,
      invalid: this.invalid,
      painted_seconds: document.hidden ? null : vitals.painted_seconds,
    })
    this.skew_seconds = this.signs.skew_seconds
    // It hears the server and is old all the same: another socket may do better, and tells what a held-up one cannot.
    if (next.reason !== 'delayed' && next.reason !== 'behind') this.lags_since = null
    else if (at.mono - (this.lags_since ??= at.mono) > LAG_MS) this.connection.renew()
    const held = this.staleness
    if (next.reason !== held.reason || Math.floor(next.age_seconds) !== Math.floor(held.age_seconds))
      this.staleness = next
  }

  /** The moment of the city that is shown, server time, epoch ms: now, less the age of the picture. */
  get as_of(): number {
    return this.now - this.staleness.age_seconds * 1000
  }

  /** The WIB day of the second shown. */
  get day(): string {
    return wibDay(this.now)
  }
}

/** What pages know of a live picture, wherever it comes from: the feed of now, or a replay of a past moment (client/wall/replay/). */
export type Live = Pick<LiveFeed, keyof LiveFeed>
export const Live = LiveFeed
