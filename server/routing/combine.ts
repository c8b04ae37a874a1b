import { distanceM, type LonLat } from '../../geo/earth.ts'
import type { Route } from '../../geo/roads/route.ts'
import type { Price } from '../../geo/roads/search.ts'
import type { OsrmRoute, OsrmTable } from './osrm_answer.ts'
import type { RoutedPrice } from './types.ts'

/** A delay shorter than this is not worth a word. */
const WORTH_SAYING_S = 1

const NOWHERE: RoutedPrice = {
  seconds: Infinity,
  metres: Infinity,
  off_road_m: 0,
  shut_end: false,
  routing: 'osrm',
  notes: [],
}

/**
 * OSRM's drives with the closures that only we know: its seconds, and what the closures add to our own drive between the same
 * two places, never less than nothing. What they cut off for us is cut off. So closing a road makes no drive shorter.
 *
 * @param table one row for each point that is not null
 * @param ours our own drives, where the table says no metres
 * @param closed our own drives with closures and without; null while none is in force
 */
export function combine(
  points: readonly (LonLat | null)[],
  table: OsrmTable,
  ours: readonly Price[] | null,
  closed: readonly [withThem: readonly Price[], without: readonly Price[]] | null,
): RoutedPrice[] {
  let row = -1
  return points.map((point, i) => {
    if (point === null) return NOWHERE
    row++
    const { seconds: delay, shut_end } = closed ? delayOf(closed[0][i], closed[1][i]) : NO_DELAY
    const seconds = table.seconds[row] + delay
    const notes = ['waktu dari OSRM']
    if (delay >= WORTH_SAYING_S && delay < Infinity) notes.push(`penutupan jalan menambah ${Math.round(delay)} dtk`)
    if (shut_end) notes.push('ujungnya di jalan tertutup: dihitung sampai titiknya')
    return {
      seconds,
      metres: seconds === Infinity ? Infinity : (table.metres?.[row] ?? ours?.[i].metres ?? Infinity),
      off_road_m: table.off_road_m?.[row] ?? ours?.[i].off_road_m ?? 0,
      shut_end: false,
      routing: 'osrm',
      notes,
    }
  })
}

const NO_DELAY = { seconds: 0, shut_end: false }

/** Where our graph leads from neither, closures change nothing that it knows of. */
function delayOf(withThem: Price, without: Price): { seconds: number; shut_end: boolean } {
  if (without.seconds === Infinity) return NO_DELAY
  return { seconds: Math.max(0, withThem.seconds - without.seconds), shut_end: withThem.shut_end }
}

/** OSRM's route as one of ours; without its seconds for each stretch they are shared out by length. Streets are not named. */
export function wayOf({ routes: [route], waypoints }: OsrmRoute, from: LonLat, to: LonLat): Route {
  const { coordinates } = route.geometry
  const told = route.legs?.[0].annotation?.duration
  const lengths = coordinates.slice(1).map((point, i) => distanceM(coordinates[i], point))
  const shares = told?.length === lengths.length ? told : lengths
  const whole = shares.reduce((sum, share) => sum + share, 0)
  let gone = 0
  const off = (asked: LonLat, i: number): number =>
    waypoints?.[i].distance ?? distanceM(asked, coordinates[i === 0 ? 0 : coordinates.length - 1])
  return {
    seconds: route.duration,
    metres: route.distance,
    off_road_m: off(from, 0) + off(to, 1),
    coordinates,
    // Turns take time too: the stretches are drawn out to the whole.
    elapsed_seconds: [
      0,
      ...shares.map((share) => ((gone += share), whole === 0 ? 0 : (route.duration * gone) / whole)),
    ],
    names: [],
  }
}
