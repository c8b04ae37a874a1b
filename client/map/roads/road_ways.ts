import type { LonLat } from '../../../geo/earth.ts'
import { inForce } from '../../../geo/roads/closure_times.ts'
import type { LiveEta } from '../../../geo/sla/forecast.ts'
import { wibHour } from '../../../geo/sla/shift.ts'
import { fixAgeSeconds, STALE_AFTER_SECONDS } from '../../../geo/track/freshness.ts'
import type { WayQuestion } from '../../../geo/track/road_way.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import type { Live } from '../../state/live.svelte.ts'
import type { Track } from '../../state/picture.ts'
import type { HeldWay, KnownWays } from '../movers.ts'
import type { FromRoads, ToRoads } from './messages.ts'

const STANDING = { speed_mps: 0, heading: null }
const GOING = new Set(['notified', 'acknowledged', 'en_route'])

/**
 * The ways of units along the road, worked out beside the page: towards their incident, or straight on. Asked anew with each fix of
 * a unit that moves or has somewhere to go. Knows nothing of how they are drawn.
 */
export class RoadWays implements KnownWays {
  ready = false
  private readonly ways = new Map<string, HeldWay>()
  /** What was asked of a unit last, and the fix it was asked for. */
  private readonly asked = new Map<string, { track: Track; destination: string | null }>()
  /** Tracks of the questions under way: answers come in the order asked. */
  private readonly flights: Track[][] = []
  private readonly worker: Worker
  private priced = ''

  constructor(
    private readonly live: Live,
    private readonly changed: () => void,
  ) {
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<FromRoads>) => this.hear(data)
    // A worker that failed is not asked again: units are then reckoned straight on, as without roads.
    this.worker.onerror = (event) => {
      event.preventDefault()
      console.warn('road worker:', event.message)
      this.stop()
    }
  }

  /** Other roads: what was worked out before is gone with them. */
  roads(roads: GeoJSON.FeatureCollection): void {
    this.ready = false
    this.ways.clear()
    this.asked.clear()
    this.priced = ''
    this.post({ what: 'roads', roads })
  }

  stop(): void {
    this.ready = false
    this.ways.clear()
    this.worker.terminate()
  }

  held(unit_id: string): HeldWay | undefined {
    return this.ways.get(unit_id)
  }

  /** Fixes, units or closures changed: asks for what is not known yet. */
  look(): void {
    if (!this.ready) return
    this.price()
    const { units, tracks } = this.live.picture
    const now = this.live.server_now()
    const asked: [string, WayQuestion][] = []
    const tracks_asked: Track[] = []
    for (const [id, unit] of units) {
      const track = tracks.get(id) ?? atPost(unit)
      if (!track) continue
      const destination = this.destination(unit)
      const goal = destination && unit.incident_id
      const before = this.asked.get(id)
      if (before && before.track.last.at === track.last.at && before.destination === goal) continue
      if (!destination && track.motion.speed_mps === 0) {
        this.ways.delete(id)
        this.asked.delete(id)
        continue
      }
      this.asked.set(id, { track, destination: goal })
      const held = this.ways.get(id)
      if (held) held.outdated_at ??= now
      const { speed_mps, heading } = track.motion
      tracks_asked.push(track)
      asked.push([
        id,
        {
          fix: track.last.location,
          heading,
          speed_mps,
          destination,
          accuracy_m: unit.position?.accuracy_m ?? null,
        },
      ])
    }
    for (const id of this.ways.keys()) if (!units.has(id)) this.ways.delete(id)
    if (asked.length === 0) return
    this.flights.push(tracks_asked)
    this.post({ what: 'ask', asked })
  }

  /**
   * Driving seconds left to an assignment's incident, by the unit's newest fix. Null: not under way, or nobody knows where it
   * is; and while OSRM gives the times, since two clocks for one drive are worse than an old one.
   */
  readonly eta: LiveEta = (assignment) => {
    const unit = assignment.unit_id === null ? undefined : this.live.picture.units.get(assignment.unit_id)
    if (!this.ready || this.live.routing.routing === 'osrm' || unit?.assignment_id !== assignment.id) return null
    if (assignment.status !== 'en_route') return null
    const held = this.ways.get(unit.id)
    const seconds = held?.way?.seconds ?? null
    const track = this.live.picture.tracks.get(unit.id)
    if (!held || seconds === null || !track) return null
    const age_seconds = fixAgeSeconds(track.last.at, this.live.server_now())
    if (age_seconds > STALE_AFTER_SECONDS) return null
    return Math.max(0, seconds - fixAgeSeconds(held.track.last.at, this.live.server_now()))
  }

  private destination(unit: Unit): LonLat | null {
    if (unit.incident_id === null || !GOING.has(unit.assignment_status ?? '')) return null
    const [lon, lat] = this.live.picture.incidents.get(unit.incident_id)?.location.coordinates ?? []
    return lon === undefined || lat === undefined ? null : [lon, lat]
  }

  /** Closures begin and end, and the hour turns: the worker is told when any of it did. */
  private price(): void {
    const now = this.live.server_now()
    const closures = inForce(this.live.picture.closures, now)
    const hour = wibHour(now)
    const key = `${hour} ${closures.map((c) => `${c.id}:${c.revision}`).join()}`
    if (key === this.priced) return
    this.priced = key
    this.asked.clear()
    this.post({
      what: 'closures',
      hour,
      closures: closures.map(({ geometry, speed_factor, depth_cm }) => ({ geometry, speed_factor, depth_cm })),
    })
  }

  private post(message: ToRoads): void {
    this.worker.postMessage(message)
  }

  private hear(message: FromRoads): void {
    if (message.what === 'ready') {
      this.ready = message.roads > 0
      this.look()
    } else {
      const tracks = this.flights.shift() ?? []
      const now = this.live.server_now()
      for (const [i, [id, way]] of message.ways.entries()) {
        const newest = this.asked.get(id)?.track
        if (newest) this.ways.set(id, { track: tracks[i], way, outdated_at: newest === tracks[i] ? null : now })
      }
    }
    this.changed()
  }
}

/** A unit that never sent a fix stands at its post, which is all that is known. */
function atPost(unit: Unit): Track | null {
  const [lon, lat] = unit.station_location?.coordinates ?? []
  if (lon === undefined || lat === undefined) return null
  return { last: { location: [lon, lat], at: 0, speed_kmh: null, heading: null }, motion: STANDING }
}
