import { bestAdditions, LocationTooLarge } from '../../geo/coverage/best_additions.ts'
import { STANDARD_TURNOUT_SECONDS, usualTurnout } from '../../geo/coverage/fleet.ts'
import { weightParts, worthRow } from '../../geo/coverage/objective.ts'
import { firstToReach, meanSeconds, sumOf, within } from '../../geo/coverage/reached.ts'
import { latLngToCell } from 'h3-js'
import type { LonLat } from '../../geo/earth.ts'
import type { BestPosts, BestPostsInput } from '../../geo/wire/coverage_what_if.ts'
import { breath } from '../breath.ts'
import { cityCells } from '../city/city_cells.ts'
import { inSlices } from '../city/model.ts'
import { invalid } from '../errors.ts'
import type { CoverageServices } from './coverage.ts'
import { driveRow, readGround, round, sideOf, told, type CoverageGround } from './coverage_basis.ts'
import { makeScenario, placeName, shiftOf } from './coverage_what_if.ts'

/** Centres of these cells are candidates: some 430 in the city, 350 m apart. */
const CANDIDATE_RESOLUTION = 9
/** A post stands at a road: a centre further off is none. */
const BESIDE_ROAD_M = 150
/** Of several public buildings in one H3 10 cell (130 m) the first stands for all. */
const PLACE_RESOLUTION = 10
const SINGLES = 10

/** The best places for one or two more posts: exact among all choices of the candidates. */
export async function bestPosts(services: CoverageServices, input: BestPostsInput, now: Date): Promise<BestPosts> {
  await breath()
  const started = performance.now()
  const { city, simulated } = services
  const { objective, weight, add } = input
  const limit = input.minutes * 60
  const scenario = await makeScenario(services, input, now)
  const ground = await readGround(services, input.agency_kind, shiftOf(input.changes), now)
  const weights = ground.weights[weight]
  const total = sumOf(weights)
  if (total <= 0) throw invalid('weight', weight === 'people' ? 'penduduk belum diimpor' : 'tidak ada permintaan')
  const standing = sideOf(city, ground, scenario.after, scenario.arcs).reached.seconds
  const turnout = input.turnout_seconds ?? (usualTurnout(scenario.before.units) || STANDARD_TURNOUT_SECONDS)
  const places = await candidatesOf(services, input.candidates)
  if (places.length === 0) throw invalid('candidates', 'tidak ada tempat di dalam kota dekat jalan')
  const seconds = await inSlices(secondsOf(services, ground, places, scenario.arcs, turnout))
  await breath()

  const parts = weightParts(weights)
  const columns = [...parts.keys()].filter((cell) => parts[cell] > 0)
  const pick = (row: Float64Array) => Float64Array.from(columns, (cell) => row[cell])
  const picked = pick(parts)
  const worth = (row: Float64Array) => worthRow(objective, pick(row), picked, limit)
  const rows = seconds.map(worth)
  const base = worth(standing)
  const chosen = solve(rows, base, add)

  const least = (a: Float64Array, b: Float64Array) => a.map((s, cell) => Math.min(s, b[cell]))
  const placeOf = (j: number, before: Float64Array) => {
    const after = least(before, seconds[j])
    const gained = within(after, weights, limit) - within(before, weights, limit)
    const { label, district } = city.reverse(places[j][0], places[j][1])
    return {
      location: { type: 'Point' as const, coordinates: [places[j][0], places[j][1]] as [number, number] },
      place: label || placeName(services, places[j]),
      kelurahan: district,
      gained: round(gained, 2),
      gained_share: round(gained / total, 4),
      seconds_saved: round((meanSeconds(before, weights) ?? 3_600) - (meanSeconds(after, weights) ?? 3_600), 1),
    }
  }
  let now_seconds = standing
  const best = chosen.map((j) => {
    const place = placeOf(j, now_seconds)
    now_seconds = least(now_seconds, seconds[j])
    return place
  })
  const gains = rows.map((row) => row.reduce((sum, w, c) => sum + Math.max(0, w - base[c]), 0))
  const singles = [...gains.keys()]
    .sort((a, b) => gains[b] - gains[a] || a - b)
    .slice(0, SINGLES)
    .filter((j) => gains[j] > 0)
    .map((j) => placeOf(j, standing))
  const summed = (row: Float64Array) => {
    const reached = within(row, weights, limit)
    return {
      within: round(reached, 2),
      within_share: round(reached / total, 4),
      mean_seconds: told(meanSeconds(row, weights)),
    }
  }
  return {
    agency_kind: input.agency_kind,
    minutes: input.minutes,
    from: input.from,
    computed_at: now.toISOString(),
    simulated,
    objective,
    weight,
    candidates: places.length,
    best,
    singles,
    before: summed(standing),
    after: summed(now_seconds),
    advice: adviceOf(best, input, summed(standing).within_share, summed(now_seconds).within_share),
    demand: ground.demand,
    took_ms: Math.round(performance.now() - started),
  }
}

function solve(rows: readonly Float64Array[], base: Float64Array, add: number): number[] {
  try {
    return bestAdditions({ rows, base, add }).chosen
  } catch (error) {
    if (error instanceof LocationTooLarge) throw invalid('candidates', error.message)
    throw error
  }
}

/** Whole seconds from each candidate to every cell, turn-out included; others get through between the searches. */
function* secondsOf(
  { city }: CoverageServices,
  ground: CoverageGround,
  places: readonly LonLat[],
  arcs: Float64Array,
  turnout: number,
): Generator<undefined, Float64Array[]> {
  const rows: Float64Array[] = []
  const size = ground.city.cells.cells.length
  for (const place of places) {
    yield
    rows.push(firstToReach([driveRow(city.router, ground.city, place, arcs)], [turnout], size).seconds)
  }
  return rows
}

/** Candidates in the city and at a road: each stands on the road. */
async function candidatesOf({ city }: CoverageServices, asked: BestPostsInput['candidates']): Promise<LonLat[]> {
  if (typeof asked !== 'string')
    return asked.map(({ coordinates }, i) => {
      if (!city.reverse(coordinates[0], coordinates[1]).inside_city) throw invalid(`candidates.${i}`, 'di luar kota')
      return coordinates
    })
  const points: LonLat[] = []
  if (asked === 'cells') {
    const { lon, lat } = await cityCells(city, CANDIDATE_RESOLUTION)
    for (const [i, x] of lon.entries()) points.push([x, lat[i]])
  } else {
    for (const { location } of city.stations) points.push(location.coordinates)
    for (const { type, geometry, kelurahan_code } of city.gazetteer.entries)
      if (type === 'facility' && geometry.type === 'Point' && kelurahan_code !== null)
        points.push([geometry.coordinates[0], geometry.coordinates[1]])
  }
  const seen = new Set<string>()
  return points.flatMap((point) => {
    const at = city.router.snap(point)
    if (!at || at.distance_m > BESIDE_ROAD_M) return []
    const key = asked === 'cells' ? at.position.join() : latLngToCell(at.position[1], at.position[0], PLACE_RESOLUTION)
    if (seen.has(key) || (asked === 'places' && !city.reverse(point[0], point[1]).inside_city)) return []
    seen.add(key)
    return [at.position]
  })
}

const percent = (share: number | null) => `${((share ?? 0) * 100).toFixed(1).replace('.', ',')} %`

function adviceOf(
  best: BestPosts['best'],
  { minutes, objective, weight }: BestPostsInput,
  before: number | null,
  after: number | null,
): string {
  const gains = best.filter((place) => place.gained > 0 || place.seconds_saved > 0)
  if (gains.length === 0) return 'Tidak ada tempat yang memperbaiki jangkauan.'
  const where = gains.map(({ place }) => place).join(' dan ')
  const what = weight === 'people' ? 'penduduk' : 'permintaan'
  const saved = gains.reduce((sum, place) => sum + place.seconds_saved, 0)
  const mean = `rata-rata ${Math.round(saved)} detik lebih cepat`
  return objective === 'mclp'
    ? `${where}: ${what} terjangkau dalam ${minutes} menit dari ${percent(before)} menjadi ${percent(after)}, ${mean}.`
    : `${where}: ${mean}; ${what} terjangkau dalam ${minutes} menit dari ${percent(before)} menjadi ${percent(after)}.`
}
