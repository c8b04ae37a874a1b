import type { MultiPolygon, Position } from 'geojson'
import { distanceM, fromLocalM, type LonLat } from '../earth.ts'
import { isArea } from './area_entries.ts'
import { areaKm2, kelurahanAt, neighbourAt } from './areas.ts'
import { placeOutside } from './beyond.ts'
import { directionWord, sayMetres } from './compass.ts'
import { gapM, NOT_MEETING_M, type CrossingMatch } from './crossing.ts'
import type { GazetteerIndex } from './index.ts'
import type { Match } from './match.ts'
import { neighbourPlace, outsideResult } from './outside.ts'
import type { Relation } from './relation.ts'
import { clipLines, middleOf, multiLine, nearestOnLines, pointInside, reachM } from './shapes.ts'
import { streetName } from './street_name.ts'
import type { GeocodeResult } from './types.ts'

/** A survey point is good to a plot; a caller's "depan" reaches over the street. */
const PLACE_M = 40
const FACILITY_M = 30
const CROSSING_M = 25
const BESIDE_M = 30
/** A street said to be in a kelurahan that it only passes. */
const BESIDE_AREA_M = 300

/** The parts of a label that are known, parted by commas. */
function labelOf(name: string, kelurahan: string | null, kecamatan: string | null): string {
  return [name, kelurahan && `Kel. ${kelurahan}`, kecamatan && `Kec. ${kecamatan}`].filter(Boolean).join(', ')
}

/** Turns a match into an answer; what limits it (a kelurahan) and moves it (a relation) is applied by {@link related}. */
export function resultOf(index: GazetteerIndex, match: Match): GeocodeResult {
  const entry = index.entries[match.entry]
  const common = { id: entry.id, inside_city: true, county: index.areas.city_name, score: match.score }
  const why = match.named > 0.985 ? ['nama cocok'] : ['nama mirip']
  if (match.alias) why.push(`dikenal juga sebagai “${match.alias}”`)
  if (entry.geometry.type === 'MultiLineString') {
    const within = match.kelurahan === null ? null : index.areas.kelurahan[match.kelurahan]
    const part = match.kelurahan === null ? [] : partIn(index, match.entry, match.kelurahan)
    // beside the kelurahan, not in it: the point of the street nearest to it
    const beside =
      within && part.length === 0
        ? nearestOnLines(pointInside(within.geometry), entry.geometry.coordinates)?.point
        : null
    const lines = part.length > 0 ? part : entry.geometry.coordinates
    const point = beside ?? middleOf(lines)
    const area = kelurahanAt(index.areas, point)
    if (within) why.push(part.length > 0 ? `bagian di ${within.name}` : `di tepi ${within.name}`)
    const name = streetName(entry)
    return {
      ...common,
      type: 'street',
      name,
      street: name,
      point,
      area: multiLine(lines),
      why,
      district: (within ?? area)?.name ?? null,
      kelurahan_code: (within ?? area)?.code ?? null,
      label: labelOf(name, within?.name ?? null, within?.kecamatan ?? null),
      accuracy_m: beside ? BESIDE_AREA_M : Math.max(30, Math.round(reachM(point, lines))),
    }
  }
  if (entry.geometry.type === 'MultiPolygon') {
    const { point, accuracy_m } = middleOfArea(index, match.entry, entry.geometry)
    return {
      ...common,
      type: entry.type,
      name: entry.name,
      street: null,
      district: entry.kelurahan,
      kelurahan_code: entry.kelurahan_code,
      label: entry.type === 'kelurahan' ? labelOf(`Kel. ${entry.name}`, null, entry.kecamatan) : `Kec. ${entry.name}`,
      point,
      area: entry.geometry,
      accuracy_m,
      why,
    }
  }
  const point: LonLat = [entry.geometry.coordinates[0], entry.geometry.coordinates[1]]
  const area = kelurahanAt(index.areas, point)
  if (match.mention) why.push(`di ${area?.name ?? entry.kelurahan}`)
  const neighbour = !area ? neighbourAt(index.areas, point) : null
  const outside = neighbour && neighbourPlace(neighbour)
  return {
    ...common,
    type: entry.type,
    name: entry.name,
    street: entry.address,
    point,
    why,
    district: area?.name ?? entry.kelurahan ?? outside?.district ?? null,
    kelurahan_code: area?.code ?? entry.kelurahan_code,
    inside_city: area !== null || (outside === null && entry.kelurahan_code !== null),
    county: outside?.county ?? common.county,
    label: labelOf(entry.name, area?.name ?? entry.kelurahan, area?.kecamatan ?? entry.kecamatan),
    accuracy_m: entry.type === 'facility' ? FACILITY_M : PLACE_M,
  }
}

/** The part of a street inside a kelurahan; empty where it only runs beside it. */
function partIn(index: GazetteerIndex, street: number, kelurahan: number): Position[][] {
  const { parts } = index.cache
  const key = street * index.areas.kelurahan.length + kelurahan
  let part = parts.get(key)
  if (!part) {
    const { geometry } = index.entries[street]
    part =
      geometry.type === 'MultiLineString'
        ? clipLines(geometry.coordinates, index.areas.kelurahan[kelurahan].geometry)
        : []
    parts.set(key, part)
  }
  return part
}

/** A point well inside an area, and the radius of a circle as large. */
function middleOfArea(
  index: GazetteerIndex,
  ordinal: number,
  area: MultiPolygon,
): { point: LonLat; accuracy_m: number } {
  const known = index.cache.middles.get(ordinal)
  if (known) return known
  const middle = {
    point: pointInside(area),
    accuracy_m: Math.round(Math.sqrt((areaKm2(area) * 1e6) / Math.PI)),
  }
  index.cache.middles.set(ordinal, middle)
  return middle
}

/** One answer for each point where two streets meet; the two streets themselves where they do not. */
export function crossingResults(index: GazetteerIndex, crossing: CrossingMatch): GeocodeResult[] {
  if (crossing.gap_m > NOT_MEETING_M) {
    const why = `kedua jalan tidak bertemu, terdekat ${sayMetres(gapM(index, crossing))}`
    return [crossing.a, crossing.b].map((entry) => {
      const whole = { entry, score: 0.5, said: 0.5, named: 1, used: [], sims: [], mention: null, kelurahan: null }
      return { ...resultOf(index, whole), why: [why] }
    })
  }
  const [a, b] = [crossing.a, crossing.b].map((each) => streetName(index.entries[each]))
  const why = [
    crossing.gap_m === 0 ? 'pertemuan dua jalan' : `kedua jalan tidak bertemu, terdekat ${sayMetres(crossing.gap_m)}`,
  ]
  return crossing.points.map((point) => {
    const area = kelurahanAt(index.areas, point)
    const name = `${a} – ${b}`
    return {
      id: null,
      type: 'crossing',
      name,
      street: a,
      district: area?.name ?? null,
      county: index.areas.city_name,
      kelurahan_code: area?.code ?? null,
      label: labelOf(`Simpang ${name}`, area?.name ?? null, area?.kecamatan ?? null),
      inside_city: true,
      point,
      accuracy_m: CROSSING_M + Math.round(crossing.gap_m / 2),
      score: crossing.score,
      why: [...why],
    }
  })
}

/** Moves or widens an answer by what was said about where the event lies to it. */
export function related(index: GazetteerIndex, result: GeocodeResult, relation: Relation | null): GeocodeResult {
  if (!relation) return result
  const { distance_m: metres, bearing_deg: bearing } = relation
  const moves = metres !== null && bearing !== null && !isArea(result)
  if (!moves) {
    const widen = metres ?? BESIDE_M
    return {
      ...result,
      accuracy_m: result.accuracy_m + Math.round(widen),
      why: [...result.why, `${relation.words.join(', ') || 'jarak'}: lingkaran diperlebar`],
    }
  }
  const angle = (bearing * Math.PI) / 180
  const point = fromLocalM([Math.sin(angle) * metres, Math.cos(angle) * metres], result.point)
  const area = kelurahanAt(index.areas, point)
  const neighbour = area ? null : neighbourAt(index.areas, point)
  const outside = neighbour && neighbourPlace(neighbour)
  const words = `${sayMetres(metres)} ${directionWord(bearing)} ${result.name}`
  const { area: _shape, ...rest } = result
  return {
    ...rest,
    point,
    inside_city: area !== null,
    kelurahan_code: area?.code ?? null,
    district: area?.name ?? outside?.district ?? null,
    county: area ? index.areas.city_name : (outside?.county ?? null),
    label: labelOf(words, area?.name ?? null, area?.kecamatan ?? outside?.district ?? null),
    // spoken distances are good to a quarter, spoken directions to half a point of the compass
    accuracy_m: Math.round(
      (result.type === 'street' ? Math.min(result.accuracy_m, 300) : result.accuracy_m) + 0.3 * metres,
    ),
    why: [...result.why, `digeser ${sayMetres(metres)} ke ${directionWord(bearing)}`],
  }
}

/** The answer for a bare position: what it lies in, or which regency it belongs to. */
export function positionResult(
  index: GazetteerIndex,
  point: LonLat,
  accuracy_m: number,
  score: number,
  why: string[],
): GeocodeResult {
  const area = kelurahanAt(index.areas, point)
  const name = `${point[1].toFixed(6)}, ${point[0].toFixed(6)}`
  if (area) {
    return {
      id: null,
      type: 'coordinate',
      name,
      street: null,
      district: area.name,
      county: index.areas.city_name,
      kelurahan_code: area.code,
      label: labelOf(name, area.name, area.kecamatan),
      inside_city: true,
      point,
      accuracy_m,
      score,
      why,
    }
  }
  return outsideResult(index, point, { name, ...placeOutside(index, point), accuracy_m, score, why })
}

/** Metres from a result to a point, rounded. */
export function awayM(result: GeocodeResult, near: LonLat): number {
  return Math.round(distanceM(result.point, near))
}
