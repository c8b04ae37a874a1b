import { incidentClocks } from '../../../geo/sla/incident_clocks.ts'
import type { LiveEta } from '../../../geo/sla/forecast.ts'
import { wibDay } from '../../../geo/sla/shift.ts'
import type { Call } from '../../../geo/wire/calls.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import type { Replay } from '../../../geo/wire/replay.ts'
import type { Staleness } from '../../live/staleness.ts'
import { shownClosures, shownKey, type ShownClosure } from '../../state/closures.ts'
import { ChangeQueue } from '../../state/change_queue.ts'
import type { Live } from '../../state/live.svelte.ts'
import { NO_CHANGES, Picture, type Changes } from '../../state/picture.ts'
import { byUrgency, urgent, type Urgent } from '../../state/urgency.ts'
import type { RoutingSaid } from '../../text/routing.ts'
import { play, type Timed } from './play.ts'

const FRESH: Staleness = { stale: false, reason: null, age_seconds: 0 }

/**
 * A past picture with the face of a live one, for the parts of the wall: told by a player what to show and what happened next, its clock is the
 * player's. It says nothing to the server: what paints here is no wall.
 */
export class ReplaySource implements Live {
  has_picture = $state(false)
  connected = $state(true)
  refused = $state(false)
  sees_incidents = true
  simulated = $state(false)
  now = $state(0)
  list = $state.raw<Urgent[]>([])
  units = $state.raw<Unit[]>([])
  calls = $state.raw<Call[]>([])
  closures = $state.raw<readonly ShownClosure[]>([])
  staleness = $state.raw<Staleness>(FRESH)
  heard_at = $state(0)
  map_hash = $state<string | null>(null)
  skew_seconds = $state(0)
  version = $state('')
  routing = $state.raw<RoutingSaid>({ routing: 'own' })
  /** What only the feed of now knows. */
  readonly walls = null
  readonly operators = null
  readonly heap_budget_mb = null
  /** Driving seconds left, from whoever matched the units to the roads: the map. */
  eta: LiveEta | undefined

  readonly picture = new Picture()
  private readonly queue = new ChangeQueue((changes) => this.publish(changes))

  constructor(private readonly clock: () => number) {}

  get as_of(): number {
    return this.now
  }

  server_now(): number {
    return this.clock()
  }

  onflush(listener: (changes: Changes) => void): () => void {
    return this.queue.listen(listener)
  }

  /** Lines are part of the picture here, and of nothing else. */
  onevent(): () => void {
    return () => undefined
  }

  saw_paint(): void {}

  send(): void {}

  close(): void {
    this.queue.stop()
  }

  get day(): string {
    return wibDay(this.now)
  }

  /** Another moment altogether. */
  show(then: Replay): void {
    // How a unit moved before is not known: from here on only what its fixes say.
    this.picture.tracks.clear()
    this.simulated = then.simulated
    this.queue.add(this.picture.apply(then))
  }

  /** What happened next; true when the picture must be fetched whole. */
  tell(one: Timed): boolean {
    const changes = play(this.picture, one)
    this.queue.add(changes)
    return changes.restart
  }

  /** To be called whenever the clock moved. */
  tick(staleness: Staleness): void {
    const now = this.clock()
    const held = this.staleness
    if (staleness.reason !== held.reason || Math.floor(staleness.age_seconds) !== Math.floor(held.age_seconds))
      this.staleness = staleness
    if (Math.floor(now / 1000) === Math.floor(this.now / 1000)) return
    this.now = now
    this.heard_at = now
    if (this.has_picture) this.rank()
    if (shownKey(shownClosures(this.picture.closures, now)) !== shownKey(this.closures))
      this.queue.add({ ...NO_CHANGES, closures: true })
  }

  /** All anew each time: the clock of a replay is turned back too, which client/state/ranking.ts does not reckon with. */
  private rank(): void {
    const { incidents, types } = this.picture
    const now = Math.floor(this.clock() / 1000) * 1000
    this.list = Array.from(incidents.values(), (one) =>
      urgent(one, incidentClocks(one, now, types.get(one.incident_type), this.eta)),
    ).sort(byUrgency)
  }

  private publish(changes: Changes): void {
    this.now = this.clock()
    if (changes.units || changes.positions) this.units = [...this.picture.units.values()]
    if (changes.incidents || changes.masterdata) this.rank()
    if (changes.closures) this.closures = shownClosures(this.picture.closures, this.now)
    if (changes.map || changes.masterdata) this.map_hash = this.picture.map_hash
    this.has_picture = true
  }
}
