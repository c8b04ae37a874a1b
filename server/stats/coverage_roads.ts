import { closureEffect } from '../../geo/roads/closure_effect.ts'
import { inForce } from '../../geo/roads/closure_times.ts'
import { applyClosures, type ClosureGeometry, type RoadClosure } from '../../geo/roads/closures.ts'
import { secondsAt, type RoadGraph } from '../../geo/roads/graph.ts'
import { SHIFTS, type ShiftName } from '../../geo/sla/shift.ts'
import type { CoverageChange } from '../../geo/wire/coverage_what_if.ts'
import { ApiError, invalid } from '../errors.ts'
import type { Services } from '../services.ts'
import { drawClosure } from '../verbs/draw_closure.ts'

/** The hour WIB in the middle of a shift, which stands for all of it. */
export function shiftHour(shift: ShiftName): number {
  const { from_hour, to_hour } = SHIFTS.find((each) => each.shift === shift) ?? SHIFTS[0]
  return (from_hour + Math.floor(((to_hour - from_hour + 24) % 24) / 2)) % 24
}
/** Whether an hour WIB lies in a shift. */
export function inShift(shift: ShiftName): (hour: number) => boolean {
  const { from_hour, to_hour } = SHIFTS.find((each) => each.shift === shift) ?? SHIFTS[0]
  return (hour) => (from_hour < to_hour ? hour >= from_hour && hour < to_hour : hour >= from_hour || hour < to_hour)
}

/** What one change does to the roads. */
export interface RoadEffect {
  closed_m: number
  slowed_m: number
  streets: string[]
}
interface Flood {
  closures: RoadClosure[]
  effect: RoadEffect
}

const floods = new WeakMap<RoadGraph, Promise<Flood>>()
/** Roads of a what-if worked out before, by the roads they start from. */
const known = new WeakMap<Float64Array, Map<string, Float64Array>>()
const MOST_KNOWN = 16
/** A point this far from every road means none of them. */
const BESIDE_ROAD_M = 250

/** The imported flood layer as closures, with what they do: read once for each import. */
function readFlood({ db, city }: Pick<Services, 'db' | 'city'>): Promise<Flood> {
  const { graph } = city.router
  const held = floods.get(graph)
  if (held) return held
  const made = db.rows<{ depth_cm: number; geometry: ClosureGeometry }>('coverage_flood').then((rows): Flood => {
    const closures = rows.map((row) => ({ ...row, speed_factor: 1 }))
    const { closed_m, slowed_m, streets } = closureEffect(graph, closures)
    return { closures, effect: { closed_m: Math.round(closed_m), slowed_m: Math.round(slowed_m), streets } }
  })
  floods.set(graph, made)
  made.catch(() => floods.delete(graph))
  return made
}

/**
 * Seconds of each arc after the changes of roads and shift, closures in force included, and what each change does. As if all closures were in force together:
 * the slowest counts. 422 names the change that cannot be made.
 */
export async function roadsAfter(
  services: Pick<Services, 'db' | 'city'>,
  changes: readonly CoverageChange[],
  now: Date,
): Promise<{ arcs: Float64Array; effects: (RoadEffect | null)[] }> {
  const { city } = services
  const { graph } = city.router
  const before = city.seconds(now)
  const extra: RoadClosure[] = []
  const effects: (RoadEffect | null)[] = []
  let shift: ShiftName | null = null
  const said: unknown[] = []
  for (const [i, change] of changes.entries()) {
    let effect: RoadEffect | null = null
    if (change.kind === 'shift') shift = change.shift
    else if (change.kind === 'flood') {
      const flood = await readFlood(services)
      if (flood.closures.length === 0) throw invalid(`changes.${i}.scenario`, 'lapis rob (flood) belum diimpor')
      extra.push(...flood.closures)
      effect = flood.effect
      said.push('flood')
    } else if (change.kind === 'close_road') {
      const { draw, depth_cm, speed_factor } = change
      const at = draw.by === 'point' ? city.router.snap(draw.at, true) : null
      if (at && at.distance_m > BESIDE_ROAD_M)
        throw invalid(`changes.${i}.draw.at`, 'tidak ada jalan di dekat titik ini')
      const drawn = await drawClosure(services, draw, { depth_cm, speed_factor }).catch((error: unknown) => {
        throw error instanceof ApiError && error.errors.length > 0
          ? invalid(`changes.${i}.${error.errors[0].field}`, error.errors[0].reason)
          : error
      })
      const { geometry, closed_m, slowed_m, streets } = drawn
      if (closed_m + slowed_m === 0) throw invalid(`changes.${i}.draw`, 'tidak ada jalan yang tertutup')
      const closed = { geometry, depth_cm: depth_cm ?? null, speed_factor: speed_factor ?? (depth_cm ? 1 : 0) }
      extra.push(closed)
      effect = { closed_m, slowed_m, streets }
      said.push(closed)
    }
    effects.push(effect)
  }
  if (shift === null && extra.length === 0) return { arcs: before, effects }
  const key = JSON.stringify([shift, said])
  const held = known.get(before) ?? new Map<string, Float64Array>()
  known.set(before, held)
  const found = held.get(key)
  if (found) return { arcs: found, effects }
  const open = shift === null ? (city.openSeconds(now) ?? before) : secondsAt(graph, shiftHour(shift))
  const standing = shift === null ? before : applyClosures(graph, inForce(city.closures, now.getTime()), open)
  const closed = applyClosures(graph, extra, open)
  const arcs = standing.map((s, arc) => Math.max(s, closed[arc]))
  const [oldest] = held.keys()
  if (held.size >= MOST_KNOWN) held.delete(oldest)
  held.set(key, arcs)
  return { arcs, effects }
}
