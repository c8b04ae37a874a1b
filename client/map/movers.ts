import { EARTH_RADIUS_M } from '../../geo/earth.ts'
import type { LonLat } from '../../geo/earth.ts'
import { reckon, reckonAlong } from '../../geo/track/reckon.ts'
import type { Reckoned } from '../../geo/track/reckon.ts'
import type { RoadWay } from '../../geo/track/way.ts'
import type { Track } from '../state/picture.ts'

/** The shown place closes on the reckoned one, 63 % of the gap in this time. */
const TAU_SECONDS = 0.8
/** Further off it jumps: a unit does not slide across the city. */
const JUMP_M = 1500
/** Within this of a standing target it is there: no creeping towards it for ever. */
const THERE_M = 1
const DEGREE_M = (EARTH_RADIUS_M * Math.PI) / 180

/** The way that was worked out for a fix; `track` tells for which. */
export interface HeldWay {
  track: Track
  way: RoadWay | null
  /** A newer fix waits for its own way since then (epoch ms of the server's clock); null: none does. */
  outdated_at: number | null
}

/** What is known of roads: `undefined` for a unit nothing was worked out for yet. */
export interface KnownWays {
  readonly ready: boolean
  held(unit_id: string): HeldWay | undefined
}

const NO_ROADS: KnownWays = { ready: false, held: () => undefined }
/** So long a unit goes on along the way of its fix before while that of the newest is worked out. */
const WAY_WAIT_MS = 600

/**
 * Where each unit is shown: gliding towards its reckoned place, along the road where there is one. Only units with a fix are
 * here; places are written in place, a frame allocates nothing but what reckoning does.
 */
export class Movers {
  readonly shown = new Map<string, LonLat>()
  /** Metres that a unit is reckoned ahead of the start of its way. */
  readonly ahead = new Map<string, number>()
  private at = 0

  constructor(private readonly ways: KnownWays = NO_ROADS) {}

  /**
   * Moves everything to `now` (server time, epoch ms). `moved_m`: the furthest step since the last call; `moving`: something
   * will be elsewhere a moment later.
   */
  step(tracks: ReadonlyMap<string, Track>, now: number): { moved_m: number; moving: boolean } {
    const seconds = this.at === 0 ? 0 : Math.min(10, Math.max(0, (now - this.at) / 1000))
    this.at = now
    const part = 1 - Math.exp(-seconds / TAU_SECONDS)
    let moved_m = 0
    let moving = false
    if (this.shown.size > tracks.size) for (const id of this.shown.keys()) if (!tracks.has(id)) this.forget(id)
    for (const [id, track] of tracks) {
      const target = this.target(id, track, now)
      this.ahead.set(id, target.ahead_m)
      const place = this.shown.get(id)
      if (!place) {
        this.shown.set(id, [target.location[0], target.location[1]])
        moving ||= target.moving
        continue
      }
      const [dx, dy] = [target.location[0] - place[0], target.location[1] - place[1]]
      if (dx === 0 && dy === 0) {
        moving ||= target.moving
        continue
      }
      // Flat over a step: it decides what is painted, not where anything is.
      const gap_m = Math.hypot(dx * Math.cos((place[1] * Math.PI) / 180), dy) * DEGREE_M
      const jumps = gap_m > JUMP_M || (gap_m < THERE_M && !target.moving)
      place[0] = jumps ? target.location[0] : place[0] + dx * part
      place[1] = jumps ? target.location[1] : place[1] + dy * part
      const step_m = jumps ? gap_m : gap_m * part
      if (step_m > moved_m) moved_m = step_m
      moving ||= target.moving || gap_m >= THERE_M
    }
    return { moved_m, moving }
  }

  private target(id: string, { last, motion }: Track, now: number): Reckoned {
    if (!this.ways.ready) return reckon(last, motion, now)
    const held = this.ways.held(id)
    if (!held) return reckonAlong(last, motion, null, now)
    // Its own track, not the newest: a way begins at the fix it was worked out for.
    const waits = held.outdated_at !== null && now - held.outdated_at > WAY_WAIT_MS
    return waits ? reckonAlong(last, motion, null, now) : reckonAlong(held.track.last, held.track.motion, held.way, now)
  }

  private forget(id: string): void {
    this.shown.delete(id)
    this.ahead.delete(id)
  }
}
