import { areaDifferences, changedCells, differenceOf } from '../../geo/coverage/difference.ts'
import { changeFleet, ChangeFault, type Fleet } from '../../geo/coverage/fleet.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { ShiftName } from '../../geo/sla/shift.ts'
import type { CoverageChange, WhatIf, WhatIfInput } from '../../geo/wire/coverage_what_if.ts'
import { breath } from '../breath.ts'
import { invalid } from '../errors.ts'
import type { CoverageServices } from './coverage.ts'
import { readGround, round, sideOf, told, totalsOf, type CoverageGround, type Side } from './coverage_basis.ts'
import { fleetOfShift, readFleet } from './coverage_fleet.ts'
import { roadsAfter, type RoadEffect } from './coverage_roads.ts'

/** A place further off the road than this is said to be so: its crew would walk. */
const OFF_ROAD_M = 100

/** A scenario made: who sets off over which roads, before and after. */
export interface Scenario {
  ground: CoverageGround
  before: Fleet
  after: Fleet
  arcs: Float64Array
  effects: (RoadEffect | null)[]
}

type Asked = Pick<WhatIfInput, 'agency_kind' | 'from' | 'changes'>

export const shiftOf = (changes: readonly CoverageChange[]): ShiftName | null =>
  changes.reduce<ShiftName | null>((last, change) => (change.kind === 'shift' ? change.shift : last), null)

/** Makes the changes of a scenario in their order. With a change of shift, demand is that shift's on both sides. 422 names the change at fault. */
export async function makeScenario(services: CoverageServices, asked: Asked, now: Date): Promise<Scenario> {
  const { agency_kind, from, changes } = asked
  const shift = shiftOf(changes)
  const { fleet } = await readFleet(services, agency_kind, from, now)
  const ground = await readGround(services, agency_kind, shift, now)
  for (const [i, change] of changes.entries())
    if ('location' in change && !services.city.reverse(...pair(change.location.coordinates)).inside_city)
      throw invalid(`changes.${i}.location`, 'di luar kota')
  const { arcs, effects } = await roadsAfter(services, changes, now)
  const onDuty = shift === null ? fleet : await fleetOfShift(services, fleet, agency_kind, shift, now)
  let after = onDuty
  try {
    for (const [i, change] of changes.entries()) after = changeFleet(after, change, i, (at) => placeName(services, at))
  } catch (error) {
    if (error instanceof ChangeFault) throw invalid(`changes.${error.index}.${error.field}`, error.reason)
    throw error
  }
  return { ground, before: fleet, after, arcs, effects }
}

const pair = ([lon, lat]: readonly number[]): [number, number] => [lon, lat]

/** How a place is spoken of: what is nearest, and the kelurahan. */
export function placeName({ city }: Pick<CoverageServices, 'city'>, [lon, lat]: LonLat): string {
  const { label } = city.reverse(lon, lat)
  return label || `${lat.toFixed(5)}, ${lon.toFixed(5)}`
}

/** Before and after a scenario, and what it gains and loses. */
export async function whatIf(services: CoverageServices, input: WhatIfInput, now: Date): Promise<WhatIf> {
  await breath()
  const started = performance.now()
  const { city, simulated } = services
  const { minutes, changes } = input
  const made = await makeScenario(services, input, now)
  const { ground } = made
  const { weights, by_area } = ground
  const before = sideOf(city, ground, made.before, city.seconds(now))
  const after = sideOf(city, ground, made.after, made.arcs)
  const [was, is] = [before.reached.seconds, after.reached.seconds]
  const changed = changedCells(was, is)
  const difference = differenceOf(was, is, weights, minutes)
  const shown = ({ sources, excluded, reached }: Side) => ({
    ...totalsOf(reached, weights, minutes),
    sources,
    excluded,
  })
  return {
    agency_kind: input.agency_kind,
    minutes: [...minutes],
    from: input.from,
    computed_at: now.toISOString(),
    simulated,
    changes: changes.map((change, i) => wordsOf(services, made, change, i)),
    before: shown(before),
    after: shown(after),
    difference: {
      ...difference,
      reach: difference.reach.map((band) => ({
        minutes: band.minutes,
        area_km2: round(band.area_km2, 3),
        people: round(band.people, 1),
        demand: round(band.demand, 2),
        people_gained: round(band.people_gained, 1),
        people_lost: round(band.people_lost, 1),
      })),
      people_mean_seconds: tenth(difference.people_mean_seconds),
      people_median_seconds: tenth(difference.people_median_seconds),
      demand_mean_seconds: tenth(difference.demand_mean_seconds),
      demand_median_seconds: tenth(difference.demand_median_seconds),
      people_sooner: round(difference.people_sooner, 1),
      people_later: round(difference.people_later, 1),
    },
    kelurahan: areaDifferences(city.gazetteer.areas.kelurahan, by_area, was, is, weights, minutes).map((row) => ({
      ...row,
      people: round(row.people, 1),
      before_median_seconds: told(row.before_median_seconds),
      after_median_seconds: told(row.after_median_seconds),
      mean_seconds: round(row.mean_seconds, 1),
      people_within: row.people_within.map((n) => round(n, 1)),
    })),
    cells: {
      h3: changed.map((cell) => ground.city.cells.cells[cell]),
      before: changed.map((cell) => told(was[cell])),
      after: changed.map((cell) => told(is[cell])),
    },
    demand: ground.demand,
    took_ms: Math.round(performance.now() - started),
  }
}

const tenth = (seconds: number | null) => (seconds === null ? null : round(seconds, 1))

/** A change in words, with what its place and its roads are. */
function wordsOf(
  services: CoverageServices,
  { before, after, effects }: Scenario,
  change: CoverageChange,
  i: number,
): WhatIf['changes'][number] {
  const place = 'location' in change ? placeName(services, change.location.coordinates) : null
  const effect = effects[i]
  const notes: string[] = []
  if ('location' in change) {
    const at = services.city.router.snap(change.location.coordinates)
    if (at && at.distance_m > OFF_ROAD_M) notes.push(`${Math.round(at.distance_m)} m dari jalan terdekat`)
  }
  const post = (id: string) =>
    before.posts.find((each) => each.id === id)?.name ?? after.posts.find((each) => each.id === id)?.name ?? id
  const unit = (id: string) => before.units.find((each) => each.id === id)?.callsign ?? id
  if (change.kind === 'close_post' || change.kind === 'move_post') {
    const moved = before.units.filter((each) => each.post_id === change.station_id)
    if (moved.length === 0) notes.push('tidak ada unit yang bermarkas di sini')
  }
  return {
    words: said(change, post, unit, place, effect),
    place,
    closed_m: effect?.closed_m ?? null,
    slowed_m: effect?.slowed_m ?? null,
    notes,
  }
}

const length = (metres: number) =>
  metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1).replace('.', ',')} km`

function said(
  change: CoverageChange,
  post: (id: string) => string,
  unit: (id: string) => string,
  place: string | null,
  effect: RoadEffect | null,
): string {
  const parts = [
    ...(effect && effect.closed_m > 0 ? [`${length(effect.closed_m)} tertutup`] : []),
    ...(effect && effect.slowed_m > 0 ? [`${length(effect.slowed_m)} melambat`] : []),
  ]
  const roads = parts.join(', ')
  switch (change.kind) {
    case 'add_post':
      return `Pos baru di ${place}`
    case 'move_post':
      return `${post(change.station_id)} pindah ke ${place}`
    case 'close_post':
      return `${post(change.station_id)} ditutup`
    case 'add_unit':
      return `Unit tambahan di ${place}`
    case 'move_unit':
      return `${unit(change.unit_id)} pindah ke ${place}`
    case 'close_unit':
      return `${unit(change.unit_id)} ditarik`
    case 'flood':
      return `Rob seperti ${change.scenario}: ${roads}`
    case 'close_road':
      return `${effect?.streets.slice(0, 2).join(', ') || 'Jalan tanpa nama'}: ${roads}`
    case 'shift':
      return `Shift ${change.shift}`
  }
}
