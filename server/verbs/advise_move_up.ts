import type { Demand } from '../../geo/coverage/demand.ts'
import { bestPlaces, MoveUpTooLarge, type MoveUpProblem } from '../../geo/coverage/move_up.ts'
import { reachSeconds } from '../../geo/coverage/reach.ts'
import { standing, steps } from '../../geo/coverage/standing.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Station } from '../../geo/wire/masterdata.ts'
import type { MoveUp } from '../../geo/wire/move_up.ts'
import { readCoverage, type CoverageCity } from '../city/coverage.ts'
import { readDemand } from '../city/past_demand.ts'
import { invalid } from '../errors.ts'
import type { Services } from '../services.ts'
import { idleUnits, type Idle } from './idle_units.ts'
import { withJob } from './jobs.ts'

type Needed = Pick<Services, 'db' | 'city' | 'simulated' | 'candidates'>

export interface MoveUpQuestion {
  agency_kind: string
  minutes: number
  posts: 'own' | 'all'
}

/** Less is not worth a crew's drive. */
const WORTH_SHARE = 0.005
const WORTH_SECONDS = 10

/**
 * Which idle units of a kind to shift to which posts so that most of the expected demand is reached in time; busy, off-duty and unmanned ones count as
 * away. Nothing is changed. 422 for a kind without followed units, without roads, or too large to search exactly.
 */
export async function adviseMoveUp(
  { db, city, simulated, candidates }: Needed,
  question: MoveUpQuestion,
  now: Date,
): Promise<MoveUp> {
  const { agency_kind, minutes } = question
  const kind = city.agency_kinds.find((each) => each.kind === agency_kind)
  if (!kind) throw invalid('agency_kind', `tidak ada instansi berjenis ${agency_kind}`)
  if (!kind.tracked) throw invalid('agency_kind', 'unit jenis ini tidak dipantau, hanya diberi tahu')
  if (city.router.graph.link_count === 0) throw invalid('agency_kind', 'jaringan jalan kosong; impor jalan kota')
  const coverage = await readCoverage(db, city)
  const units = (await candidates()).map((unit) => withJob(unit, city.incident_types, now, true))
  const posts = city.stations.filter((station) => question.posts === 'all' || station.agency_kind === agency_kind)
  const { idle, away } = idleUnits(
    units.filter((unit) => unit.agency_kind === agency_kind),
    posts,
    { [agency_kind]: kind.position_age_limit_seconds },
  )
  const past = await readDemand({ db, city, simulated }, agency_kind, coverage, now)
  const problem = problemOf(city, coverage, past.demand, idle, posts, now, minutes)

  const places = search(problem)
  const { people } = coverage.people
  const nameAt = (i: number) => {
    const at = posts.findIndex((post) => post.location.coordinates.join() === idle[i].position.join())
    return at >= 0 ? posts[at].name : 'posisi sekarang'
  }
  const moves = steps(problem, places, people).map(({ unit, place, before, after }) => {
    const post = posts[place - idle.length]
    const gain = {
      demand_share: after.demand_share - before.demand_share,
      people: after.people_reached - before.people_reached,
      mean_seconds: (before.mean_seconds ?? 0) - (after.mean_seconds ?? 0),
    }
    return {
      unit_id: idle[unit].unit.unit_id,
      callsign: idle[unit].unit.callsign,
      from: nameAt(unit),
      station_id: post.id,
      station_name: post.name,
      station_location: post.location,
      drive_seconds: city.router.price(post.location.coordinates as LonLat, [idle[unit].position], {
        seconds: city.seconds(now),
      })[0].seconds,
      worth:
        gain.demand_share >= WORTH_SHARE ||
        gain.mean_seconds >= WORTH_SECONDS ||
        gain.people >= WORTH_SHARE * coverage.people.total,
      gain,
    }
  })
  const before = standing(
    problem,
    problem.units.map((unit) => unit.at),
    people,
  )
  const after = standing(problem, places, people)
  return {
    agency_kind,
    minutes,
    computed_at: now.toISOString(),
    advice: adviceOf(idle.length, posts.length, moves),
    demand: {
      basis: past.demand.basis,
      n: past.demand.n,
      from: past.from.toISOString(),
      to: now.toISOString(),
      total: past.demand.total,
      incident_types: past.types,
    },
    people: {
      total: coverage.people.total,
      year: coverage.year,
      kelurahan_by_buildings: coverage.people.by_buildings,
      kelurahan_evenly: coverage.people.evenly,
    },
    before,
    after,
    moves,
    idle: idle.map(({ unit }, i) => ({ unit_id: unit.unit_id, callsign: unit.callsign, from: nameAt(i) })),
    away: away.map(({ unit_id, callsign, reason }) => ({ unit_id, callsign, reason })),
    posts: posts.map(({ id, name }) => ({ station_id: id, name })),
  }
}

/** Places are first where each idle unit stands, then the posts. Units that stand alike share a place, so that the search sees that they are alike. */
function problemOf(
  { router, seconds }: Services['city'],
  { placed }: CoverageCity,
  demand: Demand,
  idle: readonly Idle[],
  posts: readonly Station[],
  now: Date,
  minutes: number,
): MoveUpProblem {
  const spots = [...idle.map(({ position }) => position), ...posts.map((post) => post.location.coordinates as LonLat)]
  const first = spots.map((spot) => spots.findIndex((other) => other.join() === spot.join()))
  const arcs = seconds(now)
  const rows = new Map(
    [...new Set(first)].map((spot) => [spot, reachSeconds(router, placed, spots[spot], arcs)] as const),
  )
  const drive = spots.map((_, i) => rows.get(first[i]) ?? new Float64Array(placed.length))
  const same = (i: number) => {
    const post = posts.findIndex((_, p) => first[idle.length + p] === first[i])
    return post < 0 ? first[i] : idle.length + post
  }
  return {
    units: idle.map(({ unit }, i) => ({
      at: same(i),
      turnout_seconds: unit.turnout_seconds,
      serves: Uint8Array.from(demand.capabilities, (c) => (c === null || unit.capabilities.includes(c) ? 1 : 0)),
    })),
    posts: posts.map((_, p) => idle.length + p),
    drive,
    demand: demand.by_capability,
    limit_seconds: minutes * 60,
  }
}

function search(problem: MoveUpProblem): number[] {
  try {
    return bestPlaces(problem).places
  } catch (error) {
    if (error instanceof MoveUpTooLarge) throw invalid('agency_kind', error.message)
    throw error
  }
}

function adviceOf(idle: number, posts: number, moves: MoveUp['moves']): string {
  if (idle === 0) return 'Tidak ada unit yang siaga: tidak ada yang dapat digeser.'
  if (posts === 0) return 'Tidak ada pos untuk jenis ini.'
  if (moves.length === 0) return 'Tidak perlu digeser: tidak ada pergeseran yang lebih baik.'
  const worth = moves.filter((move) => move.worth)
  if (worth.length === 0) return 'Tidak perlu digeser: yang lebih baik hanya sedikit sekali.'
  const share = worth.reduce((sum, move) => sum + move.gain.demand_share, 0)
  return share >= WORTH_SHARE
    ? `Geser ${worth.length} unit: ${(share * 100).toFixed(1).replace('.', ',')} % permintaan lebih banyak terjangkau.`
    : `Geser ${worth.length} unit: jangkauan sama, rata-rata lebih cepat.`
}
