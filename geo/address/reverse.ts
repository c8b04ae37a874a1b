import Flatbush from 'flatbush'
import { bearingDeg, distanceM, type LonLat } from '../earth.ts'
import { borderDistanceM, kelurahanAt } from './areas.ts'
import { placeOutside } from './answer.ts'
import { directionWord, sayMetres } from './compass.ts'
import { checkPosition } from './geocode.ts'
import { toCityM, type GazetteerIndex } from './index.ts'
import { outsideLabel } from './outside.ts'
import { nearestOnLines } from './shapes.ts'
import type { ReverseAnswer } from './types.ts'

interface Spatial {
  segments: Flatbush | null
  /** Street ordinal of each segment. */
  streetOf: Int32Array
  points: Flatbush | null
  placeOf: Int32Array
}

/** Names too general to lead a driver ("Masjid", "Sekolah"). */
const VAGUE = 2
const NEAR_STREET_M = 500
const NEAR_LANDMARK_M = 1500
/** Within a building's size of its point one is at the place itself. */
const AT_LANDMARK_M = 40

/** Trees over street segments and places in flat metres; built at the first question. */
function spatialOf(index: GazetteerIndex): Spatial {
  const known = index.cache.spatial as Spatial | null
  if (known) return known
  const boxes: [number, number, number, number][] = []
  const streets: number[] = []
  const places: number[] = []
  index.entries.forEach((entry, ordinal) => {
    if (entry.geometry.type === 'Point') places.push(ordinal)
    if (entry.geometry.type !== 'MultiLineString') return
    for (const line of entry.geometry.coordinates) {
      for (let i = 1; i < line.length; i++) {
        const a = toCityM(index, line[i - 1])
        const b = toCityM(index, line[i])
        boxes.push([Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])])
        streets.push(ordinal)
      }
    }
  })
  const segments = boxes.length > 0 ? new Flatbush(boxes.length) : null
  for (const box of boxes) segments?.add(...box)
  segments?.finish()
  const points = places.length > 0 ? new Flatbush(places.length) : null
  for (const ordinal of places) {
    const { geometry } = index.entries[ordinal]
    if (geometry.type === 'Point') points?.add(...toCityM(index, geometry.coordinates))
  }
  points?.finish()
  const spatial = { segments, streetOf: Int32Array.from(streets), points, placeOf: Int32Array.from(places) }
  index.cache.spatial = spatial
  return spatial
}

/** The named street nearest to p, within 500 m, with the side of it p lies on. */
export function nearestStreet(
  index: GazetteerIndex,
  p: LonLat,
): { name: string; distance_m: number; side: string | null } | null {
  const { segments, streetOf } = spatialOf(index)
  if (!segments) return null
  // boxes of slanting segments are only a lower bound: look at some more streets than one
  const near = new Set(segments.neighbors(...toCityM(index, p), 24, NEAR_STREET_M).map((i) => streetOf[i]))
  let best: { name: string; distance_m: number; side: string | null } | null = null
  for (const ordinal of near) {
    const { geometry, name } = index.entries[ordinal]
    const hit = geometry.type === 'MultiLineString' ? nearestOnLines(p, geometry.coordinates) : null
    if (hit && hit.distance_m <= NEAR_STREET_M && (!best || hit.distance_m < best.distance_m)) {
      best = {
        name,
        distance_m: hit.distance_m,
        side: hit.distance_m < 3 ? null : directionWord(bearingDeg(hit.point, p)),
      }
    }
  }
  return best
}

/** The landmark a driver would know: among the near ones, official facilities and telling names count as nearer. */
function nearestLandmark(index: GazetteerIndex, p: LonLat): { name: string; distance_m: number; point: LonLat } | null {
  const { points, placeOf } = spatialOf(index)
  if (!points) return null
  let best: { name: string; distance_m: number; point: LonLat; worth: number } | null = null
  for (const i of points.neighbors(...toCityM(index, p), 16, NEAR_LANDMARK_M)) {
    const entry = index.entries[placeOf[i]]
    if (entry.geometry.type !== 'Point') continue
    const point: LonLat = [entry.geometry.coordinates[0], entry.geometry.coordinates[1]]
    const distance_m = distanceM(point, p)
    const vague = entry.name.trim().split(/\s+/).length < VAGUE
    const worth = (distance_m + 20) * (entry.type === 'facility' || entry.category === 'landmark' ? 0.6 : vague ? 2 : 1)
    if (!best || worth < best.worth) best = { name: entry.name, distance_m, point, worth }
  }
  return best
}

/**
 * What a driver is told about a position: kelurahan, nearest named street and side, nearest landmark with distance and
 * direction. Outside the city: which kecamatan and regency. Throws {@link AddressError} for what is no position.
 */
export function reverse(index: GazetteerIndex, lon: number, lat: number): ReverseAnswer {
  checkPosition([lon, lat])
  const point: LonLat = [lon, lat]
  const area = kelurahanAt(index.areas, point)
  if (!area) {
    const { district, county } = placeOutside(index, point)
    const border = borderDistanceM(index.areas, point)
    return {
      label: outsideLabel(index, [district, county].filter(Boolean).join(', '), border),
      inside_city: false,
      kelurahan_code: null,
      district,
      county,
      street: null,
      street_distance_m: null,
      street_side: null,
      landmark: null,
      distance_m: null,
      bearing_deg: null,
      direction: null,
      point,
      ...(Number.isFinite(border) ? { border_distance_m: Math.round(border) } : {}),
    }
  }
  const street = nearestStreet(index, point)
  const landmark = nearestLandmark(index, point)
  const bearing = landmark ? bearingDeg(landmark.point, point) : null
  const direction = bearing === null ? null : directionWord(bearing)
  const byStreet =
    street && (street.distance_m < 30 ? street.name : `${sayMetres(street.distance_m)} dari ${street.name}`)
  const byLandmark = landmark && `${sayMetres(landmark.distance_m)} ${direction} ${landmark.name}`
  // At a place that has a name, its name comes first: that is what the caller said and what a driver looks for.
  const words = landmark && landmark.distance_m < AT_LANDMARK_M ? [landmark.name, byStreet] : [byStreet, byLandmark]
  words.push(`Kel. ${area.name}`)
  return {
    label: words.filter(Boolean).join(', '),
    inside_city: true,
    kelurahan_code: area.code,
    district: area.name,
    county: index.areas.city_name,
    street: street?.name ?? null,
    street_distance_m: street && Math.round(street.distance_m),
    street_side: street?.side ?? null,
    landmark: landmark?.name ?? null,
    distance_m: landmark ? Math.round(landmark.distance_m) : street && Math.round(street.distance_m),
    bearing_deg: bearing === null ? null : Math.round(bearing),
    direction,
    point,
  }
}
