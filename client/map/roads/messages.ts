import type { LonLat } from '../../../geo/earth.ts'
import type { RoadClosure } from '../../../geo/roads/closures.ts'
import type { WayQuestion } from '../../../geo/track/road_way.ts'
import type { RoadWay } from '../../../geo/track/way.ts'

/**
 * What the map asks of its road worker, and what that answers. Questions and ways come by the thousand each second, so they travel as
 * one array of numbers that changes hands instead of being copied. NaN stands for null.
 */
export type ToRoads =
  | { what: 'roads'; roads: GeoJSON.FeatureCollection }
  /** Those in force, and the hour of the day (WIB) that prices traffic. */
  | { what: 'closures'; closures: readonly RoadClosure[]; hour: number }
  | { what: 'ask'; asked: Float64Array<ArrayBuffer> }

export type FromRoads =
  | { what: 'ready'; roads: number }
  /** In the order asked. */
  | { what: 'ways'; ways: Float64Array<ArrayBuffer> }

const QUESTION = 7

const orNaN = (value: number | null | undefined) => value ?? NaN
const orNull = (value: number) => (Number.isNaN(value) ? null : value)

export function packQuestions(questions: readonly WayQuestion[]): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(questions.length * QUESTION)
  let at = 0
  for (const { fix, heading, speed_mps, accuracy_m, destination } of questions) {
    packed[at++] = fix[0]
    packed[at++] = fix[1]
    packed[at++] = orNaN(heading)
    packed[at++] = speed_mps
    packed[at++] = orNaN(accuracy_m)
    packed[at++] = orNaN(destination?.[0])
    packed[at++] = orNaN(destination?.[1])
  }
  return packed
}

export function questionsIn(packed: Float64Array): WayQuestion[] {
  return Array.from({ length: packed.length / QUESTION }, (_, i) => {
    const [lon, lat, heading, speed_mps, accuracy_m, to_lon, to_lat] = packed.subarray(i * QUESTION, (i + 1) * QUESTION)
    return {
      fix: [lon, lat],
      heading: orNull(heading),
      speed_mps,
      accuracy_m: orNull(accuracy_m),
      destination: Number.isNaN(to_lon) ? null : [to_lon, to_lat],
    }
  })
}

/** Of each way its number of places (-1: none), how far it may be reckoned, its seconds, then lon, lat, metres of each place. */
export function packWays(ways: readonly (RoadWay | null)[]): Float64Array<ArrayBuffer> {
  const length = ways.reduce((sum, way) => sum + 3 + (way ? way.coordinates.length * 3 : 0), 0)
  const packed = new Float64Array(length)
  let at = 0
  for (const way of ways) {
    packed[at++] = way ? way.coordinates.length : -1
    packed[at++] = way ? way.ahead_m : 0
    packed[at++] = orNaN(way?.seconds)
    way?.coordinates.forEach(([lon, lat], i) => {
      packed[at++] = lon
      packed[at++] = lat
      packed[at++] = way.metres[i]
    })
  }
  return packed
}

export function waysIn(packed: Float64Array): (RoadWay | null)[] {
  const ways: (RoadWay | null)[] = []
  for (let at = 0; at < packed.length;) {
    const count = packed[at]
    const way: RoadWay = { coordinates: [], metres: [], ahead_m: packed[at + 1], seconds: orNull(packed[at + 2]) }
    at += 3
    for (let i = 0; i < count; i++, at += 3) {
      way.coordinates.push([packed[at], packed[at + 1]] satisfies LonLat)
      way.metres.push(packed[at + 2])
    }
    ways.push(count < 0 ? null : way)
  }
  return ways
}
