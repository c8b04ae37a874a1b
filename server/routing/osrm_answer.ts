import { z } from 'zod'
import { distanceM, type LonLat } from '../../geo/earth.ts'
import { lonLat } from '../../geo/wire/primitives.ts'
import { OsrmFault } from './types.ts'

/** A road farther off than this from what was asked about is another city's: the wrong map, or lat before lon. */
const ELSEWHERE_M = 5_000

const seconds = z.number().nonnegative()
/** `location` is the point on the road, `distance` the straight metres to it from what was asked about. */
const waypoint = z.object({ location: lonLat, distance: z.number().nonnegative().optional() })

/** The part of a `/table` answer that is read; a cell is null where no road leads. */
const table = z.object({
  durations: z.array(z.tuple([seconds.nullable()])),
  // OSRM older than 5.18 gives none.
  distances: z.array(z.tuple([seconds.nullable()])).optional(),
  sources: z.array(waypoint).optional(),
  destinations: z.array(waypoint).optional(),
})

const route = z.object({
  routes: z
    .array(
      z.object({
        duration: seconds,
        distance: seconds,
        geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(lonLat).min(1) }),
        legs: z
          .array(z.object({ annotation: z.object({ duration: z.array(seconds) }).optional() }))
          .length(1)
          .optional(),
      }),
    )
    .min(1),
  waypoints: z.array(waypoint).length(2).optional(),
})
export type OsrmRoute = z.infer<typeof route>

/** Drives of some points to one place, in their order; Infinity where no road leads. */
export interface OsrmTable {
  seconds: number[]
  /** null: this server does not say. */
  metres: number[] | null
  /** Straight metres off the road at both ends; null: this server does not say. */
  off_road_m: number[] | null
}

/** Reads one chunk of a table that was asked for `points` to `to`. Throws an {@link OsrmFault}. */
export function readTable(body: unknown, points: readonly LonLat[], to: LonLat): OsrmTable {
  const { durations, distances, sources, destinations } = take(table, body)
  const sized = (name: string, rows: readonly unknown[] | undefined, wanted: number): void => {
    if (rows && rows.length !== wanted)
      throw new OsrmFault('invalid', `${name}: ${rows.length} rows where ${wanted} were asked for`)
  }
  sized('durations', durations, points.length)
  sized('distances', distances, points.length)
  sized('sources', sources, points.length)
  sized('destinations', destinations, 1)
  if (sources && destinations) holdPlaces([...points, to], [...sources, ...destinations])
  return {
    seconds: durations.map(([cell]) => cell ?? Infinity),
    metres: distances ? distances.map(([cell]) => cell ?? Infinity) : null,
    off_road_m:
      sources && destinations
        ? sources.map(({ location, distance }, i) => offM(points[i], location, distance) + offOf(destinations[0], to))
        : null,
  }
}

/** Reads a route that was asked for between two places. Throws an {@link OsrmFault}. */
export function readRoute(body: unknown, from: LonLat, to: LonLat): OsrmRoute {
  const answer = take(route, body)
  if (answer.waypoints) holdPlaces([from, to], answer.waypoints)
  return answer
}

const offM = (asked: LonLat, found: readonly [number, number], told: number | undefined): number =>
  told ?? distanceM(asked, found)
const offOf = (found: z.infer<typeof waypoint>, asked: LonLat): number => offM(asked, found.location, found.distance)

/** One point far off the map is that point's trouble; all of them are the map's. */
function holdPlaces(asked: readonly LonLat[], found: readonly z.infer<typeof waypoint>[]): void {
  const away = found.filter(({ location }, i) => distanceM(asked[i], location) > ELSEWHERE_M).length
  if (away === found.length) throw new OsrmFault('invalid', 'its roads lie elsewhere: another map, or lat before lon')
  if (away > 0) throw new OsrmFault('place', `no road within ${ELSEWHERE_M} m of ${away} of ${found.length} points`)
}

function take<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new OsrmFault('invalid', `${issue.path.join('.') || 'answer'}: ${issue.message}`)
}
