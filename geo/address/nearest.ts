import Flatbush from 'flatbush'
import { bearingDeg, distanceM, fromLocalM, type LonLat } from '../earth.ts'
import { directionWord } from './compass.ts'
import { toCityM, type GazetteerIndex } from './index.ts'
import { streetName } from './street_name.ts'
import { nameTokens } from './tokens.ts'
import type { GazetteerEntry } from './types.ts'

interface Spatial {
  segments: Flatbush | null
  /** Four flat metres a segment (from x, y, to x, y), and whether its street ends at its from or to: bits 1 and 2. */
  ends: Float64Array
  streetOf: Int32Array
  lastOf: Uint8Array
  points: Flatbush | null
  placeOf: Int32Array
  /** Per place: by how much it counts as farther (above 1) or nearer (below 1). */
  factorOf: Float64Array
}

const NEAR_STREET_M = 500
const NEAR_LANDMARK_M = 1500
/** On the street itself nobody is on a side of it. */
const ON_STREET_M = 8
/** Two streets this near, which meet this near, are one crossing to a driver. */
export const CROSSING_M = 30
/** Streets of drawn layers that stop this short of each other still meet. */
const TOUCHING_M = 15

/** Distance alone does not make a landmark: this much is added before factors are compared. */
const START_M = 20
const OFFICIAL = 0.6
const KNOWN = 0.8
const SMALL = 1.2
const VAGUE = 2
/** What people steer by, once it has a name of its own. */
const KNOWN_CLASSES = new Set(
  `masjid gereja klenteng vihara rs puskesmas sd smp sma smk mi mts ma universitas kantorlurah kantorcamat polres polsek
  koramil kodim damkar stasiun terminal pelabuhan pasar spbu gor hotel museum ponpes`.split(/\s+/),
)
const SMALL_CLASSES = new Set(['tk', 'ra', 'paud', 'tpq', 'musala', 'toko', 'yayasan'])

/** By how much a place counts as farther or nearer than it is: official and well-known ones lead better than vague names. */
export function landmarkFactor(entry: Pick<GazetteerEntry, 'name' | 'type' | 'category'>): number {
  const tokens = nameTokens(entry.name)
  const naming = tokens.filter(({ kind }) => kind === 'word' || kind === 'number' || kind === 'title').length
  // "Masjid", "Sekolah", "Jembatan 2 ?": nobody can be sent there
  if (naming === 0 || entry.name.includes('?') || (tokens.length === 1 && entry.type === 'place')) return VAGUE
  if (entry.type === 'facility' || entry.category === 'landmark') return OFFICIAL
  const sort = tokens.find(({ kind }) => kind === 'class')?.text
  if (sort === undefined) return 1
  return KNOWN_CLASSES.has(sort) ? KNOWN : SMALL_CLASSES.has(sort) ? SMALL : 1
}

/** Trees over street segments and places in flat metres; built at the first question. */
function spatialOf(index: GazetteerIndex): Spatial {
  const known = index.cache.spatial as Spatial | null
  if (known) return known
  const ends: number[] = []
  const streets: number[] = []
  const last: number[] = []
  const places: number[] = []
  const factors: number[] = []
  index.entries.forEach((entry, ordinal) => {
    if (entry.geometry.type === 'Point') {
      places.push(ordinal)
      factors.push(landmarkFactor(entry))
    }
    if (entry.geometry.type !== 'MultiLineString' || nameTokens(entry.name).length === 0) return
    for (const line of entry.geometry.coordinates) {
      for (let i = 1; i < line.length; i++) {
        ends.push(...toCityM(index, line[i - 1]), ...toCityM(index, line[i]))
        streets.push(ordinal)
        last.push((i === 1 ? 1 : 0) + (i === line.length - 1 ? 2 : 0))
      }
    }
  })
  const segments = streets.length > 0 ? new Flatbush(streets.length) : null
  for (let i = 0; i < ends.length; i += 4) {
    const [ax, ay, bx, by] = ends.slice(i, i + 4)
    segments?.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  segments?.finish()
  const points = places.length > 0 ? new Flatbush(places.length) : null
  for (const ordinal of places) {
    const { geometry } = index.entries[ordinal]
    if (geometry.type === 'Point') points?.add(...toCityM(index, geometry.coordinates))
  }
  points?.finish()
  const spatial = {
    segments,
    ends: Float64Array.from(ends),
    streetOf: Int32Array.from(streets),
    lastOf: Uint8Array.from(last),
    points,
    placeOf: Int32Array.from(places),
    factorOf: Float64Array.from(factors),
  }
  index.cache.spatial = spatial
  return spatial
}

type Flat = [x: number, y: number]

interface Hit {
  segment: number
  at: Flat
  distance_m: number
  /** 0 at the segment's from, 1 at its to. */
  t: number
}

/** The point of a segment nearest to p, all in flat metres. */
function hitOf(ends: Float64Array, segment: number, [x, y]: Flat): Hit {
  const [ax, ay, bx, by] = ends.subarray(segment * 4, segment * 4 + 4)
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0
  const at: Flat = [ax + t * dx, ay + t * dy]
  return { segment, at, distance_m: Math.hypot(at[0] - x, at[1] - y), t }
}

export interface NearStreet {
  name: string
  distance_m: number
  /** Compass word of the side p lies on; null on the street itself and where it has ended. */
  side: string | null
  /** Compass word of the end beyond which p lies, or null. */
  beyond: string | null
  /** Compass word from the street's nearest point to p. */
  direction: string
  /** The other street of a crossing that p lies at. */
  crossing: string | null
}

/** The named street nearest to p, within 500 m; exact, as if every segment had been looked at. */
export function nearestStreet(index: GazetteerIndex, p: LonLat): NearStreet | null {
  const { segments, ends, streetOf, lastOf } = spatialOf(index)
  if (!segments) return null
  const flat = toCityM(index, p)
  // boxes of slanting segments are only a lower bound: the best of a few bounds how far all must be looked at
  const few = segments.neighbors(...flat, 4, NEAR_STREET_M).map((i) => hitOf(ends, i, flat))
  const bound = Math.min(NEAR_STREET_M, ...few.map((hit) => hit.distance_m))
  const reach = Math.max(bound, CROSSING_M)
  const hits = segments.neighbors(...flat, Infinity, reach + 0.001).map((i) => hitOf(ends, i, flat))
  let best: Hit | null = null
  for (const hit of hits) if (hit.distance_m <= NEAR_STREET_M && (!best || hit.distance_m < best.distance_m)) best = hit
  if (!best) return null
  const street = streetOf[best.segment]
  const direction = directionWord(bearingDeg(fromLocalM(best.at, index.areas.centre), p))
  const isEnd = (best.t === 0 && lastOf[best.segment] & 1) || (best.t === 1 && lastOf[best.segment] & 2)
  const beyond = isEnd && best.distance_m >= ON_STREET_M && isAlong(ends, best, flat) ? direction : null
  const other = crossedBy(spatialOf(index), hits, street, flat)
  return {
    name: streetName(index.entries[street]),
    distance_m: best.distance_m,
    side: best.distance_m < ON_STREET_M || beyond ? null : direction,
    beyond,
    direction,
    crossing: other === null ? null : streetName(index.entries[other]),
  }
}

/** Whether p lies ahead of a segment's end rather than beside it: within 45 degrees of its line. */
function isAlong(ends: Float64Array, { segment, at }: Hit, [x, y]: Flat): boolean {
  const [ax, ay, bx, by] = ends.subarray(segment * 4, segment * 4 + 4)
  const along = (x - at[0]) * (bx - ax) + (y - at[1]) * (by - ay)
  return Math.abs(along) > Math.SQRT1_2 * Math.hypot(x - at[0], y - at[1]) * Math.hypot(bx - ax, by - ay)
}

/** The nearest other street that comes as near to p and meets the first one there; null where there is none. */
function crossedBy({ ends, streetOf }: Spatial, hits: readonly Hit[], street: number, flat: Flat): number | null {
  const near = hits.filter((hit) => hit.distance_m <= CROSSING_M)
  const own = near.filter((hit) => streetOf[hit.segment] === street)
  const others = near.filter((hit) => streetOf[hit.segment] !== street).sort((a, b) => a.distance_m - b.distance_m)
  for (const other of others) {
    for (const mine of own) {
      const at = meetingOf(ends, mine.segment, other.segment)
      if (at && Math.hypot(at[0] - flat[0], at[1] - flat[1]) <= CROSSING_M) return streetOf[other.segment]
    }
  }
  return null
}

/** Where two segments cross, or come within a lane's width of it; null when they do not. */
function meetingOf(ends: Float64Array, a: number, b: number): Flat | null {
  const [ax, ay, bx, by] = ends.subarray(a * 4, a * 4 + 4)
  const [cx, cy, dx, dy] = ends.subarray(b * 4, b * 4 + 4)
  const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
  if (cross !== 0) {
    const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross
    const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / cross
    if (t >= 0 && t <= 1 && u >= 0 && u <= 1) return [ax + t * (bx - ax), ay + t * (by - ay)]
  }
  let best: Hit | null = null
  for (const [segment, end] of [
    [b, [ax, ay]],
    [b, [bx, by]],
    [a, [cx, cy]],
    [a, [dx, dy]],
  ] as [number, Flat][]) {
    const hit = hitOf(ends, segment, end)
    if (hit.distance_m <= TOUCHING_M && (!best || hit.distance_m < best.distance_m)) best = hit
  }
  return best && best.at
}

export interface NearLandmark {
  name: string
  distance_m: number
  point: LonLat
}

/** How far a landmark is in the eyes of a driver: the least wins. */
export const landmarkWorth = (distance_m: number, factor: number): number => (distance_m + START_M) * factor

/** The landmark a driver would know, within 1.5 km; exact by {@link landmarkWorth}, as if every place had been looked at. */
export function nearestLandmark(index: GazetteerIndex, p: LonLat): NearLandmark | null {
  const { points, placeOf, factorOf } = spatialOf(index)
  if (!points) return null
  const flat = toCityM(index, p)
  let best: (NearLandmark & { worth: number }) | null = null
  const look = (found: readonly number[]) => {
    for (const i of found) {
      const entry = index.entries[placeOf[i]]
      if (entry.geometry.type !== 'Point') continue
      const point: LonLat = [entry.geometry.coordinates[0], entry.geometry.coordinates[1]]
      const distance_m = distanceM(point, p)
      const worth = landmarkWorth(distance_m, factorOf[i])
      if (distance_m <= NEAR_LANDMARK_M && (!best || worth < best.worth))
        best = { name: entry.name, distance_m, point, worth }
    }
    return best
  }
  const first = look(points.neighbors(...flat, 8, NEAR_LANDMARK_M))
  // nothing beyond this can be worth as much, however well known; a per mille for the flat map
  const reach = first ? Math.min(NEAR_LANDMARK_M, first.worth / OFFICIAL - START_M) * 1.001 : NEAR_LANDMARK_M
  return look(points.neighbors(...flat, Infinity, Math.max(0, reach)))
}
