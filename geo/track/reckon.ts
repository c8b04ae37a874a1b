import { bearingDeg, distanceM, fromLocalM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import { fixAgeSeconds, STALE_AFTER_SECONDS } from './freshness.ts'
import { alongWay } from './way.ts'
import type { RoadWay } from './way.ts'

/** One fix as reckoning needs it; `at` is the phone's time, epoch ms. Speed and heading null: taken from the fix before. */
export interface Fix {
  location: LonLat
  at: number
  speed_kmh: number | null
  heading: number | null
}

export interface Motion {
  speed_mps: number
  /** Degrees clockwise from north; null while it stands and never moved. */
  heading: number | null
}

/** A reckoned unit never runs further ahead of its last fix than it would drive in this time. */
export const AHEAD_LIMIT_SECONDS = 10
/** Slower than this it stands: GPS jitter of a parked car must not make it creep. */
const STANDING_MPS = 0.8
/** Faster than this between two fixes is a jump, not a drive. */
const JUMP_MPS = 60

/** Speed and heading at the last fix: the phone's own, else the straight line from the fix before it. */
export function motionOf(last: Fix, previous: Fix | null): Motion {
  const seconds = previous ? (last.at - previous.at) / 1000 : 0
  const usable = previous !== null && seconds > 0 && seconds <= STALE_AFTER_SECONDS
  const distance_m = usable ? distanceM(previous.location, last.location) : 0
  const measured = usable && distance_m / seconds <= JUMP_MPS ? distance_m / seconds : 0
  const speed = last.speed_kmh === null ? measured : last.speed_kmh / 3.6
  const heading = last.heading ?? (usable && distance_m > 3 ? bearingDeg(previous.location, last.location) : null)
  return { speed_mps: speed < STANDING_MPS || speed > JUMP_MPS ? 0 : speed, heading }
}

export interface Reckoned {
  location: LonLat
  /** Metres ahead of the last fix, at most speed x {@link AHEAD_LIMIT_SECONDS}. */
  ahead_m: number
  /** True while the place still changes with time: something to paint. */
  moving: boolean
}

/**
 * Where the unit is now by dead reckoning: straight on from its last fix. After the limit it waits there, and once the fix
 * is stale it is put back on the fix itself, the last thing that is known.
 */
export function reckon(last: Fix, motion: Motion, now: number): Reckoned {
  const age_seconds = fixAgeSeconds(last.at, now)
  if (motion.speed_mps === 0 || motion.heading === null || age_seconds > STALE_AFTER_SECONDS) {
    return { location: last.location, ahead_m: 0, moving: false }
  }
  const ahead_m = motion.speed_mps * Math.min(age_seconds, AHEAD_LIMIT_SECONDS)
  const rad = (motion.heading * Math.PI) / 180
  const location = fromLocalM([Math.sin(rad) * ahead_m, Math.cos(rad) * ahead_m], last.location)
  return { location, ahead_m, moving: age_seconds < AHEAD_LIMIT_SECONDS }
}

/**
 * The same along the road: from where the fix lies on it, and no further than the way is known. Without a way (no road
 * there) it stays on its fix. Stale, or standing, it is on the fix itself, not on the road.
 */
export function reckonAlong(last: Fix, motion: Motion, way: RoadWay | null, now: number): Reckoned {
  const age_seconds = fixAgeSeconds(last.at, now)
  if (way === null || way.ahead_m === 0 || motion.speed_mps === 0 || age_seconds > STALE_AFTER_SECONDS)
    return { location: last.location, ahead_m: 0, moving: false }
  const ahead_m = Math.min(way.ahead_m, motion.speed_mps * Math.min(age_seconds, AHEAD_LIMIT_SECONDS))
  return {
    location: alongWay(way, ahead_m),
    ahead_m,
    moving: age_seconds < AHEAD_LIMIT_SECONDS && ahead_m < way.ahead_m,
  }
}
