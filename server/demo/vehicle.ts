import { bearingDeg, distanceM, fromLocalM, type LonLat } from '../../geo/earth.ts'
import type { Route } from '../../geo/roads/route.ts'
import { randomOf, type Random } from './random.ts'

/** A drive along a road route. `pace` scales its times: 1 as planned, more is slower. */
interface Leg {
  route: Route
  pace: number
  elapsed_seconds: number
}

export interface Fix {
  location: { type: 'Point'; coordinates: LonLat }
  speed_kmh: number
  heading: number
  accuracy_m: number
}

/** One unit's vehicle: where it truly is, and what its tracker would say. Pure but for its own seeded chance. */
export interface Vehicle {
  readonly at: LonLat
  readonly moving: boolean
  /** Starts a drive; `done_seconds` of it already lie behind. */
  drive(route: Route, pace: number, done_seconds?: number): void
  stand(at: LonLat): void
  /** Lets `seconds` of the simulation pass. */
  advance(seconds: number): void
  /** A tracker's reading: off by a few metres that wander slowly. `speed_factor`: how much faster than life the simulation runs. */
  fix(speed_factor: number): Fix
}

const NOISE_M = { moving: 3, standing: 1.2 }
/** Of the error of the last fix this much is still in the next: receivers wander, they do not jump. */
const MEMORY = 0.85
const MAX_KMH = 200

export function createVehicle(seed: string, start: LonLat): Vehicle {
  const random: Random = randomOf(seed, 'vehicle')
  let at = start
  let heading = random.between(0, 360)
  let speed_kmh = 0
  let leg: Leg | null = null
  let mood = 1
  let error: [number, number] = [0, 0]

  function place(): void {
    if (!leg) return
    const { coordinates, elapsed_seconds } = leg.route
    let i = 1
    while (i < coordinates.length - 1 && elapsed_seconds[i] < leg.elapsed_seconds) i++
    const [a, b] = [coordinates[i - 1], coordinates[i]]
    const span = elapsed_seconds[i] - elapsed_seconds[i - 1]
    const f = span > 0 ? Math.min(1, (leg.elapsed_seconds - elapsed_seconds[i - 1]) / span) : 1
    at = [a[0] + f * (b[0] - a[0]), a[1] + f * (b[1] - a[1])]
    if (distanceM(a, b) > 1) heading = bearingDeg(a, b)
    speed_kmh = span > 0 ? (distanceM(a, b) / span / leg.pace) * mood * 3.6 : 0
  }

  return {
    get at() {
      return at
    },
    get moving() {
      return leg !== null
    },
    drive(route, pace, done_seconds = 0) {
      if (route.coordinates.length < 2 || route.seconds === 0) return
      leg = { route, pace, elapsed_seconds: Math.min(done_seconds / pace, route.seconds) }
      place()
    },
    stand(point) {
      leg = null
      at = point
      speed_kmh = 0
    },
    advance(seconds) {
      if (!leg) return
      // Traffic gives and takes: a mood that drifts around 1.
      mood = Math.min(1.25, Math.max(0.75, 1 + (mood - 1) * 0.93 + random.normal() * 0.035))
      leg.elapsed_seconds += (seconds * mood) / leg.pace
      place()
      if (leg.elapsed_seconds < leg.route.seconds) return
      leg = null
      speed_kmh = 0
    },
    fix(speed_factor) {
      const spread = (leg ? NOISE_M.moving : NOISE_M.standing) * Math.sqrt(1 - MEMORY ** 2)
      error = [error[0] * MEMORY + random.normal() * spread, error[1] * MEMORY + random.normal() * spread]
      const [lon, lat] = fromLocalM(error, at)
      return {
        location: { type: 'Point', coordinates: [round(lon, 6), round(lat, 6)] },
        speed_kmh: round(Math.min(MAX_KMH, speed_kmh * speed_factor), 1),
        heading: round(heading, 0) % 360,
        accuracy_m: round(random.between(4, 11), 0),
      }
    },
  }
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
