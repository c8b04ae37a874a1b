import type { LonLat } from '../../geo/earth.ts'
import { distanceM } from '../../geo/earth.ts'
import { glide, reckon } from '../../geo/track/reckon.ts'
import type { Track } from '../state/picture.ts'

/**
 * Where each unit is shown: gliding towards its reckoned place. Only units with a fix are here; the maps are reused, nothing
 * is allocated per frame but the places themselves.
 */
export class Movers {
  readonly shown = new Map<string, LonLat>()
  private at = 0

  /**
   * Moves everything to `now` (server time, epoch ms). `moved_m`: the furthest step since the last call; `moving`: something
   * will be elsewhere a moment later.
   */
  step(tracks: ReadonlyMap<string, Track>, now: number): { moved_m: number; moving: boolean } {
    const seconds = this.at === 0 ? 0 : Math.min(10, Math.max(0, (now - this.at) / 1000))
    this.at = now
    let moved_m = 0
    let moving = false
    for (const id of this.shown.keys()) if (!tracks.has(id)) this.shown.delete(id)
    for (const [id, { last, motion }] of tracks) {
      const target = reckon(last, motion, now)
      const before = this.shown.get(id)
      const gap_m = before ? distanceM(before, target.location) : 0
      // Within a metre of a standing target it is there: no creeping towards it for ever.
      const place = !before || (gap_m < 1 && !target.moving) ? target.location : glide(before, target.location, seconds)
      if (before) moved_m = Math.max(moved_m, distanceM(before, place))
      moving ||= target.moving || gap_m >= 1
      this.shown.set(id, place)
    }
    return { moved_m, moving }
  }
}
