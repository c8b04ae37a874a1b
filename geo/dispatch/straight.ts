import { distanceM } from '../earth.ts'
import type { LonLat } from '../earth.ts'
import type { UnitPrice } from './types.ts'

/** A road is longer than the line: the usual detour of towns in the plain. */
const DETOUR = 1.3
/** Between towns, horn on; in town the planning speeds of geo/roads/speed.ts are slower. */
const KMH = 40

/** The drive along a straight line at planning values, for where no road of ours leads. Metres are the line itself. */
export function straightPrice(from: LonLat, to: LonLat): UnitPrice {
  const metres = distanceM(from, to)
  return { seconds: (metres * DETOUR) / (KMH / 3.6), metres, off_road_m: 0, straight: true }
}
