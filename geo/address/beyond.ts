import type { MultiPolygon, Position } from 'geojson'
import { bearingDeg, distanceM, type LonLat } from '../earth.ts'
import { borderDistanceM, nearestBorder, neighbourAt, type AreaIndex } from './areas.ts'
import { directionWord } from './compass.ts'
import type { GazetteerIndex } from './index.ts'
import { neighbourPlace } from './outside.ts'
import type { Box } from './shapes.ts'
import { TOWNS } from './towns.ts'

/** A point this near to a known town belongs to its surroundings, where no layer says more. */
const AROUND_TOWN_M = 25_000
/** Beyond this nobody of this room's partners is called. */
const FAR_M = 100_000
const OF_SEA = 'Laut Jawa'

/**
 * The sea north of Java and the ocean south of it, as boxes [west, south, east, north] that hold no land but small islands:
 * only where neither a layer nor the city's own coast says more.
 */
const SEAS: readonly [name: string, box: [number, number, number, number]][] = [
  [OF_SEA, [108.4, -6.35, 114.4, -4]],
  [OF_SEA, [106, -5.85, 108.4, -3.6]],
  ['Samudra Hindia', [95, -30, 114, -8.9]],
  ['Samudra Hindia', [80, -40, 95, -9]],
]

/** Whether a point lies at sea before the city's coast: beyond its border, and no known land north of it. */
function isBeforeCoast(
  { cityBox, neighbours, neighbourBoxes, kelurahan, boxes }: AreaIndex,
  [lon, lat]: Position,
): boolean {
  const [west, south, east, north] = cityBox
  if (lat <= south || lon <= west - 0.3 || lon >= east + 0.3 || lat >= north + 1.5) return false
  const holdsNorth = (area: { geometry: MultiPolygon }, box: Box) =>
    box[3] > lat &&
    box[0] < lon + 0.02 &&
    box[2] > lon - 0.02 &&
    area.geometry.coordinates.some((rings) =>
      rings.some((ring) => ring.some((p) => Math.abs(p[0] - lon) < 0.02 && p[1] > lat)),
    )
  return !(
    neighbours.some((area, i) => holdsNorth(area, neighbourBoxes[i])) ||
    kelurahan.some((area, i) => holdsNorth(area, boxes[i]))
  )
}

/**
 * Which kecamatan and regency hold a point outside, or what is known of it: the sea by its name, the surroundings of the nearest
 * town ("sekitar Kota Semarang"), or that it is far away.
 */
export function placeOutside(index: GazetteerIndex, point: LonLat): { district: string | null; county: string | null } {
  const neighbour = neighbourAt(index.areas, point)
  if (neighbour) return neighbourPlace(neighbour)
  const sea = isBeforeCoast(index.areas, point)
    ? OF_SEA
    : SEAS.find(([, box]) => point[0] > box[0] && point[1] > box[1] && point[0] < box[2] && point[1] < box[3])?.[0]
  if (sea) return { district: null, county: sea }
  let town: { regency: string; away: number } | null = null
  for (const each of TOWNS) {
    const away = distanceM(each.point, point)
    if (away < (town?.away ?? AROUND_TOWN_M)) town = { regency: each.regency, away }
  }
  if (town) return { district: null, county: `sekitar ${town.regency}` }
  const border = borderDistanceM(index.areas, point)
  return { district: null, county: border < FAR_M ? 'Luar wilayah yang terpetakan' : 'Jauh di luar wilayah layanan' }
}

/** How far a point outside lies from the city's border, and the compass word for where, seen from there; null without a city. */
export function awayFromCity(areas: AreaIndex, point: LonLat): { border_m: number; direction: string } | null {
  const nearest = nearestBorder(areas, point)
  return nearest && { border_m: nearest.distance_m, direction: directionWord(bearingDeg(nearest.point, point)) }
}
