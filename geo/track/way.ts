import type { LonLat } from '../earth.ts'

/** A way along the road from a unit's last fix. */
export interface RoadWay {
  /** From the place on the road nearest to the fix; ends at the destination itself, where there is one. */
  coordinates: LonLat[]
  /** Metres from the start at each coordinate. */
  metres: number[]
  /** How far along it the unit may be reckoned: beyond, the way is not known, or leaves the road. */
  ahead_m: number
  /** Driving seconds from the start to the destination; null without one, and where no road leads there. */
  seconds: number | null
}

/** The place `metres` along a way, between its ends. */
export function alongWay(way: RoadWay, metres: number): LonLat {
  const { coordinates } = way
  let high = 1
  while (high < coordinates.length - 1 && way.metres[high] < metres) high++
  if (coordinates.length === 1) return coordinates[0]
  const low = high - 1
  const span = way.metres[high] - way.metres[low]
  const part = span === 0 ? 0 : Math.max(0, Math.min(1, (metres - way.metres[low]) / span))
  const [a, b] = [coordinates[low], coordinates[high]]
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]
}
