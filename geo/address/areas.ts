import type { MultiPolygon, Position } from 'geojson'
import { distanceM, toLocalM, type LonLat } from '../earth.ts'
import { boxOf, inPolygon, meet, nearestOnLines, pointInside, type Box } from './shapes.ts'
import type { CityAreas, KelurahanArea, NeighbourArea, NeighbourhoodArea } from './types.ts'

/** The city's areas with their boxes; built once per import. */
export interface AreaIndex {
  city_name: string
  kelurahan: readonly KelurahanArea[]
  neighbours: readonly NeighbourArea[]
  neighbourhoods?: readonly NeighbourhoodArea[]
  boxes: Box[]
  neighbourBoxes: Box[]
  cityBox: Box
  centre: LonLat
}

export function buildAreas(areas: CityAreas): AreaIndex {
  const boxes = areas.kelurahan.map((area) => boxOf(area.geometry.coordinates.flat(2)))
  const corners = boxes.flatMap((box): Position[] => [
    [box[0], box[1]],
    [box[2], box[3]],
  ])
  const cityBox = corners.length > 0 ? boxOf(corners) : ([0, 0, 0, 0] as Box)
  return {
    ...areas,
    boxes,
    neighbourBoxes: areas.neighbours.map((area) => boxOf(area.geometry.coordinates.flat(2))),
    cityBox,
    centre: [(cityBox[0] + cityBox[2]) / 2, (cityBox[1] + cityBox[3]) / 2],
  }
}

function within(p: Position, box: Box): boolean {
  return p[0] >= box[0] && p[0] <= box[2] && p[1] >= box[1] && p[1] <= box[3]
}

/**
 * A beach, a pier and a sliver between two maps belong to the kelurahan beside them: as far as this, where the map knows the
 * neighbours and none of them holds the point. sql/functions/locate_kelurahan.sql says the same.
 */
const BESIDE_M = 100
/** More than BESIDE_M in degrees, this near the equator. */
const BESIDE_DEGREES = 0.001

/** The kelurahan that holds p (or lies beside it, where nothing does), or null outside the city. */
export function kelurahanAt(areas: AreaIndex, p: Position): KelurahanArea | null {
  const at = areas.kelurahan.findIndex((area, i) => within(p, areas.boxes[i]) && inPolygon(p, area.geometry))
  return at < 0 ? kelurahanBeside(areas, p) : areas.kelurahan[at]
}

function kelurahanBeside(areas: AreaIndex, p: Position): KelurahanArea | null {
  const near = areas.kelurahan.filter((_, i) => within(p, widened(areas.boxes[i])))
  if (near.length === 0 || areas.neighbours.length === 0 || neighbourAt(areas, p)) return null
  let best: KelurahanArea | null = null
  let least = BESIDE_M
  for (const area of near) {
    const away = nearestOnLines(p, area.geometry.coordinates.flat())?.distance_m ?? Infinity
    if (away > least) continue
    best = area
    least = away
  }
  return best
}

const widened = ([west, south, east, north]: Box): Box => [
  west - BESIDE_DEGREES,
  south - BESIDE_DEGREES,
  east + BESIDE_DEGREES,
  north + BESIDE_DEGREES,
]

/** The neighbouring kecamatan that holds p, or null. */
export function neighbourAt(areas: AreaIndex, p: Position): NeighbourArea | null {
  const at = areas.neighbours.findIndex((area, i) => within(p, areas.neighbourBoxes[i]) && inPolygon(p, area.geometry))
  return at < 0 ? null : areas.neighbours[at]
}

/** Beyond this the flat map around a point is wrong, and the corners of the border are as good as its edges. */
const FLAT_M = 50_000

/** The point of the city's border nearest to p and how far it is; null without a city. Far away it is the nearest corner. */
export function nearestBorder(areas: AreaIndex, p: Position): { point: LonLat; distance_m: number } | null {
  const far = distanceM(areas.centre, p) > FLAT_M
  const away = areas.boxes.map((box) =>
    distanceM(p, [Math.max(box[0], Math.min(p[0], box[2])), Math.max(box[1], Math.min(p[1], box[3]))]),
  )
  const order = away.map((_, i) => i).sort((a, b) => away[a] - away[b])
  let best: { point: LonLat; distance_m: number } | null = null
  for (const i of order) {
    // some metres and a per mille: the map is flat near by, and boxes are none on the globe
    if (best && away[i] * 0.999 - (far ? 500 : 0) > best.distance_m) break
    const rings = areas.kelurahan[i].geometry.coordinates.flat()
    const hit = far ? nearestCorner(p, rings) : nearestOnLines(p, rings)
    if (hit && (!best || hit.distance_m < best.distance_m)) best = hit
  }
  return best
}

function nearestCorner(p: Position, rings: readonly Position[][]): { point: LonLat; distance_m: number } | null {
  let best: { point: LonLat; distance_m: number } | null = null
  for (const ring of rings) {
    for (const corner of ring) {
      const distance_m = distanceM(corner, p)
      if (!best || distance_m < best.distance_m) best = { point: [corner[0], corner[1]], distance_m }
    }
  }
  return best
}

/** Straight-line metres from p to the nearest edge of the city's kelurahan (0 inside). */
export function borderDistanceM(areas: AreaIndex, p: Position): number {
  return kelurahanAt(areas, p) ? 0 : (nearestBorder(areas, p)?.distance_m ?? Infinity)
}

/** Whether some lines run through a polygon. */
export function linesTouch(lines: readonly Position[][], polygon: MultiPolygon, box: Box): boolean {
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) {
      if (within(line[i], box) && inPolygon(line[i], polygon)) return true
    }
  }
  const rings = polygon.coordinates.flat()
  return lines.some((line) =>
    line.some((b, i) => {
      if (i === 0) return false
      const a = line[i - 1]
      if (
        Math.max(a[0], b[0]) < box[0] ||
        Math.min(a[0], b[0]) > box[2] ||
        Math.max(a[1], b[1]) < box[1] ||
        Math.min(a[1], b[1]) > box[3]
      )
        return false
      return rings.some((ring) => ring.some((d, k) => k > 0 && meet(a, b, ring[k - 1], d) !== null))
    }),
  )
}

/** km² of a polygon, its holes left out; flat around the first vertex of each ring. */
export function areaKm2(polygon: MultiPolygon): number {
  let sum = 0
  for (const rings of polygon.coordinates) {
    rings.forEach((ring, r) => {
      let twice = 0
      for (let i = 1; i < ring.length; i++) {
        const a = toLocalM(ring[i - 1], ring[0])
        const b = toLocalM(ring[i], ring[0])
        twice += a[0] * b[1] - b[0] * a[1]
      }
      sum += (r === 0 ? 1 : -1) * Math.abs(twice / 2)
    })
  }
  return sum / 1e6
}

/** A point inside a neighbouring kecamatan or the whole regency's middle one. */
export function pointOfNeighbour(area: NeighbourArea): LonLat {
  return pointInside(area.geometry)
}
