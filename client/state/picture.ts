import { distanceM } from '../../geo/earth.ts'
import type { LonLat } from '../../geo/earth.ts'
import { motionOf } from '../../geo/track/reckon.ts'
import type { Fix, Motion } from '../../geo/track/reckon.ts'
import type { Call } from '../../geo/wire/calls.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Heartbeat, LiveEvent, Positions, ServerMessage, Snapshot } from '../../geo/wire/live.ts'
import type { Agency, Closure, IncidentType, Position, Unit } from '../../geo/wire/masterdata.ts'

const GONE = new Set<Incident['status']>(['closed', 'cancelled', 'duplicate', 'handed_over'])

/** Open as the wall means it: someone still has to do something. */
export const isOpen = (incident: Incident) => !GONE.has(incident.status)

/** Somebody still has to say what it was. */
const isUnfinished = (call: Call) => call.kind === null && call.incident_id === null

/** The last fix of a unit with what it says about its motion. */
export interface Track {
  last: Fix
  motion: Motion
}

/** What a message changed; whoever draws looks only at what is true here. */
export interface Changes {
  incidents: boolean
  units: boolean
  positions: boolean
  masterdata: boolean
  map: boolean
  /** Others than before, or one began or ended. */
  closures: boolean
  calls: boolean
  /** The picture can no longer be continued line by line: ask for a whole one. */
  restart: boolean
}

/** A unit whose case ended this long ago is on its way nowhere any more. */
const BACK_WITHIN_MS = 30 * 60_000
/** So near to its post it is back. */
const BACK_M = 150

export const NO_CHANGES: Readonly<Changes> = Object.freeze({
  incidents: false,
  units: false,
  positions: false,
  masterdata: false,
  map: false,
  closures: false,
  calls: false,
  restart: false,
})

/**
 * The whole live picture as plain maps, patched by messages. Nothing here is reactive: 5,000 rows are patched in
 * microseconds and published once a frame by `live.svelte.ts`.
 */
export class Picture {
  /** -1 before the first snapshot. */
  seq = -1
  log_id: string | null = null
  map_hash: string | null = null
  readonly incidents = new Map<string, Incident>()
  readonly units = new Map<string, Unit>()
  readonly agencies = new Map<string, Agency>()
  readonly types = new Map<string, IncidentType>()
  /** In force or to come when they were told; some may be over by now. */
  closures: readonly Closure[] = []
  /** Calls a PBX told of that nobody has said anything about yet; none for those who do not handle calls. */
  readonly calls = new Map<string, Call>()
  readonly tracks = new Map<string, Track>()
  /** When a unit's case ended (epoch ms of the log line), as far as this page has heard. */
  private readonly freed = new Map<string, number>()

  /** Known to be on its way back: its case ended while this page looked on, it is not at its post, and has no other case. */
  returning(unit_id: string, now: number): boolean {
    const at = this.freed.get(unit_id)
    if (at === undefined) return false
    const post = this.units.get(unit_id)?.station_location?.coordinates
    const place = this.tracks.get(unit_id)?.last.location
    if (now - at < BACK_WITHIN_MS && place && post && distanceM(place, post) > BACK_M) return true
    this.freed.delete(unit_id)
    return false
  }

  /** Applies one server message. Lines already held are ignored; a missing line asks for a restart. */
  apply(message: ServerMessage): Changes {
    if (message.type === 'hello') {
      this.log_id = message.log_id
      return NO_CHANGES
    }
    if (message.type === 'snapshot') return this.replace(message)
    if (message.type === 'event') return this.patch(message)
    if (message.type === 'positions') return this.move(message)
    return this.renewTypes(message)
  }

  private replace(snapshot: Snapshot): Changes {
    const map = snapshot.map_hash !== this.map_hash
    this.seq = snapshot.seq
    this.map_hash = snapshot.map_hash
    refill(this.incidents, snapshot.incidents.filter(isOpen), (i) => i.id)
    refill(this.units, snapshot.units, (u) => u.id)
    refill(this.agencies, snapshot.agencies, (a) => a.id)
    this.closures = snapshot.closures
    refill(this.calls, snapshot.calls, (c) => c.id)
    refill(this.types, snapshot.incident_types, (t) => t.code)
    for (const id of this.tracks.keys()) if (!this.units.get(id)?.position) this.tracks.delete(id)
    for (const unit of snapshot.units) if (unit.position) this.track(unit.id, unit.position)
    return {
      incidents: true,
      units: true,
      positions: true,
      masterdata: true,
      map,
      closures: true,
      calls: true,
      restart: false,
    }
  }

  private patch(event: LiveEvent): Changes {
    if (event.seq <= this.seq) return NO_CHANGES
    if (this.seq < 0 || event.seq !== this.seq + 1) return { ...NO_CHANGES, restart: true }
    this.seq = event.seq
    if (event.incident) {
      if (isOpen(event.incident)) this.incidents.set(event.incident.id, event.incident)
      else this.incidents.delete(event.incident.id)
    }
    for (const unit of event.units ?? []) {
      // Dropped from the master data and its last case over.
      const before = this.units.get(unit.id)
      if (unit.incident_id !== null) this.freed.delete(unit.id)
      else if (before?.incident_id) this.freed.set(unit.id, Date.parse(event.occurred_at ?? event.recorded_at ?? ''))
      if (!unit.active && unit.incident_id === null) this.units.delete(unit.id)
      else this.units.set(unit.id, { ...unit, position: before?.position ?? null })
    }
    if (event.call) {
      if (isUnfinished(event.call)) this.calls.set(event.call.id, event.call)
      else this.calls.delete(event.call.id)
    }
    if (event.closures) this.closures = event.closures
    const map = event.map_hash !== undefined && event.map_hash !== this.map_hash
    if (event.map_hash !== undefined) this.map_hash = event.map_hash
    return {
      incidents: event.incident !== undefined,
      units: event.units !== undefined,
      positions: false,
      masterdata: false,
      map,
      closures: event.closures !== undefined,
      calls: event.call !== undefined,
      restart: event.refresh === true,
    }
  }

  private renewTypes({ incident_types }: Heartbeat): Changes {
    if (!incident_types) return NO_CHANGES
    refill(this.types, incident_types, (type) => type.code)
    return { ...NO_CHANGES, masterdata: true }
  }

  private move(message: Positions): Changes {
    let moved = false
    for (const { unit_id, ...position } of message.positions) {
      const unit = this.units.get(unit_id)
      if (!unit || !isNewer(position, unit.position)) continue
      this.units.set(unit_id, { ...unit, position })
      this.track(unit_id, position)
      moved = true
    }
    return moved ? { ...NO_CHANGES, positions: true } : NO_CHANGES
  }

  private track(unit_id: string, position: Omit<Position, 'unit_id'>): void {
    const last: Fix = {
      location: position.location.coordinates as LonLat,
      at: Date.parse(position.fix_at),
      speed_kmh: position.speed_kmh,
      heading: position.heading,
    }
    const before = this.tracks.get(unit_id)
    if (before && before.last.at === last.at) return
    const motion = motionOf(last, before?.last ?? null)
    this.tracks.set(unit_id, { last, motion: { ...motion, heading: motion.heading ?? before?.motion.heading ?? null } })
  }
}

const isNewer = (position: { fix_at: string }, held: { fix_at: string } | null) =>
  held === null || Date.parse(position.fix_at) >= Date.parse(held.fix_at)

function refill<T>(map: Map<string, T>, rows: readonly T[], key: (row: T) => string): void {
  map.clear()
  for (const row of rows) map.set(key(row), row)
}
