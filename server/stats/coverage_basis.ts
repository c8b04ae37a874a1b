import { cellArea } from 'h3-js'
import type { CellSet } from '../../geo/coverage/cells.ts'
import type { Demand } from '../../geo/coverage/demand.ts'
import { sourcesOf, type Fleet } from '../../geo/coverage/fleet.ts'
import { cellsByArea } from '../../geo/coverage/gaps.ts'
import { reachSeconds } from '../../geo/coverage/reach.ts'
import {
  firstToReach,
  meanSeconds,
  medianSeconds,
  reachBands,
  type Reached,
  type Weights,
} from '../../geo/coverage/reached.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { ShiftName } from '../../geo/sla/shift.ts'
import type { CoverageExcluded, CoverageSource, ReachBand } from '../../geo/wire/coverage.ts'
import { readCoverage, type CoverageCity } from '../city/coverage.ts'
import { readDemand } from '../city/past_demand.ts'
import type { Services } from '../services.ts'
import { inShift } from './coverage_roads.ts'

type Needed = Pick<Services, 'db' | 'city' | 'simulated'>

/** The city as coverage weighs it. */
export interface CoverageGround {
  city: CoverageCity
  weights: Weights
  by_area: number[][]
  demand: { basis: Demand['basis']; n: number; from: string; to: string; total: number; incident_types: string[] }
}

interface Fixed {
  area_km2: Float64Array
  by_area: number[][]
}
const fixed = new WeakMap<CellSet, Fixed>()
const fixedOf = (cells: CellSet): Fixed => {
  const held = fixed.get(cells) ?? {
    area_km2: Float64Array.from(cells.cells, (cell) => cellArea(cell, 'km2')),
    by_area: cellsByArea(cells),
  }
  fixed.set(cells, held)
  return held
}

/** A year of incidents changes little in a minute; the answer says until when it was read. */
const FRESH_MS = 60_000
interface ReadDemand {
  at: number
  read: Promise<{ demand: CoverageGround['demand']; row: Float64Array }>
}
const read_demand = new WeakMap<CellSet, Map<string, ReadDemand>>()

/** Cells, people and past demand of a kind (of a shift alone, where told). */
export async function readGround(
  services: Needed,
  agency_kind: string,
  shift: ShiftName | null,
  now: Date,
): Promise<CoverageGround> {
  const city = await readCoverage(services.db, services.city)
  const { cells, people } = city
  const { area_km2, by_area } = fixedOf(cells)
  const held = read_demand.get(cells) ?? new Map<string, ReadDemand>()
  read_demand.set(cells, held)
  const key = `${agency_kind} ${shift ?? ''}`
  let last = held.get(key)
  const age = last ? now.getTime() - last.at : Infinity
  if (!last || age < 0 || age >= FRESH_MS) {
    last = { at: now.getTime(), read: demandRow(services, agency_kind, city, shift, now) }
    held.set(key, last)
    last.read.catch(() => held.delete(key))
  }
  const { demand, row } = await last.read
  return { city, weights: { area_km2, people: people.people, demand: row }, by_area, demand }
}

async function demandRow(
  services: Needed,
  agency_kind: string,
  city: CoverageCity,
  shift: ShiftName | null,
  now: Date,
): Promise<{ demand: CoverageGround['demand']; row: Float64Array }> {
  const past = await readDemand(services, agency_kind, city, now, shift === null ? undefined : inShift(shift))
  const row = new Float64Array(city.cells.cells.length)
  for (const each of past.demand.by_capability) for (const [cell, w] of each.entries()) row[cell] += w
  const { basis, n, total } = past.demand
  return {
    demand: { basis, n, from: past.from.toISOString(), to: now.toISOString(), total, incident_types: past.types },
    row,
  }
}

/** 25 kB each. */
const MOST_DRIVES = 1_000
const drives = new WeakMap<Float64Array, Map<string, Float64Array>>()

/** Seconds of driving from a place to each cell over roads at these seconds: one search, kept as long as the seconds are. */
export function driveRow(
  router: Services['city']['router'],
  { placed }: CoverageCity,
  from: LonLat,
  arcs: Float64Array,
): Float64Array {
  const held = drives.get(arcs) ?? new Map<string, Float64Array>()
  drives.set(arcs, held)
  const key = from.join()
  const found = held.get(key)
  if (found) return found
  const row = reachSeconds(router, placed, from, arcs)
  const [oldest] = held.keys()
  if (held.size >= MOST_DRIVES) held.delete(oldest)
  held.set(key, row)
  return row
}

/** What a fleet reaches over roads at these seconds. */
export interface Side {
  sources: CoverageSource[]
  excluded: CoverageExcluded[]
  reached: Reached
}
export function sideOf({ router }: Services['city'], ground: CoverageGround, fleet: Fleet, arcs: Float64Array): Side {
  const { sources, excluded } = sourcesOf(fleet)
  const rows = sources.map(({ location }) => driveRow(router, ground.city, location.coordinates, arcs))
  const turnout = sources.map(({ turnout_seconds }) => turnout_seconds)
  return { sources, excluded, reached: firstToReach(rows, turnout, ground.city.cells.cells.length) }
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
/** Whole seconds for the wire; null where nobody comes. */
export const told = (seconds: number | null): number | null =>
  seconds === null || seconds === Infinity ? null : Math.round(seconds)

const spread = (seconds: Float64Array, weights: Float64Array) => ({
  mean_seconds: told(meanSeconds(seconds, weights)),
  median_seconds: told(medianSeconds(seconds, weights)),
})
/** Bands and spreads as on the wire. */
export function totalsOf({ seconds }: Reached, weights: Weights, minutes: readonly number[]) {
  const { people, demand } = weights
  return {
    reach: reachBands(seconds, weights, minutes).map(roundBand),
    people_seconds: spread(seconds, people),
    demand_seconds: spread(seconds, demand),
  }
}
const roundBand = ({
  area_km2,
  area_share,
  people,
  people_share,
  demand,
  demand_share,
  ...band
}: ReachBand): ReachBand => ({
  ...band,
  area_km2: round(area_km2, 3),
  area_share: round(area_share, 6),
  people_share: people_share && round(people_share, 6),
  demand_share: demand_share && round(demand_share, 6),
  people: round(people, 1),
  demand: round(demand, 2),
})
