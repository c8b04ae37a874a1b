import { agreements, type Agreement, type Arrival } from '../../geo/coverage/achieved.ts'
import { cellAt, type CellSet } from '../../geo/coverage/cells.ts'
import type { Fleet } from '../../geo/coverage/fleet.ts'
import { secondsAt, type RoadGraph } from '../../geo/roads/graph.ts'
import { hourFactor } from '../../geo/roads/speed.ts'
import type { ModelledAgainstAchieved } from '../../geo/wire/coverage.ts'
import { YEAR_MS } from '../city/past_demand.ts'
import type { Services } from '../services.ts'
import { round, sideOf, told, type CoverageGround } from './coverage_basis.ts'

const hours = new WeakMap<RoadGraph, Map<number, Float64Array>>()

/** Free roads in the traffic of an hour; hours alike share one row, so that drives over it are worked out once. */
function freeRoads(graph: RoadGraph, hour: number): Float64Array {
  const held = hours.get(graph) ?? new Map<number, Float64Array>()
  hours.set(graph, held)
  const factor = hourFactor(hour)
  const arcs = held.get(factor) ?? secondsAt(graph, hour)
  held.set(factor, arcs)
  return arcs
}

interface Row {
  lon: number
  lat: number
  hour: number
  seconds: number
}

const FRESH_MS = 60_000
const read = new WeakMap<CellSet, Map<string, { at: number; rows: Promise<Row[]> }>>()

/** A year of arrivals changes little in a minute. */
function readRows({ db, simulated }: Pick<Services, 'db' | 'simulated'>, kind: string, cells: CellSet, now: Date) {
  const held = read.get(cells) ?? new Map<string, { at: number; rows: Promise<Row[]> }>()
  read.set(cells, held)
  const last = held.get(kind)
  if (last && now.getTime() >= last.at && now.getTime() - last.at < FRESH_MS) return last
  const from = new Date(now.getTime() - YEAR_MS)
  const next = {
    at: now.getTime(),
    rows: db.rows<Row>('coverage_achieved', { agency_kind: kind, from, to: now, simulated }),
  }
  held.set(kind, next)
  next.rows.catch(() => held.delete(kind))
  return next
}

/** The model from the posts of today, free roads in the traffic of each case's hour, against what the first crew of the kind took. */
export async function readAchieved(
  services: Pick<Services, 'db' | 'city' | 'simulated'>,
  agency_kind: string,
  ground: CoverageGround,
  posts: Fleet,
  minutes: readonly number[],
  now: Date,
): Promise<ModelledAgainstAchieved> {
  const { city } = services
  const { cells } = ground.city
  const { kelurahan } = city.gazetteer.areas
  const last = readRows(services, agency_kind, cells, now)
  const modelled = new Map<Float64Array, Float64Array>()
  const arrivals = (await last.rows).flatMap(({ lon, lat, hour, seconds }): Arrival[] => {
    const cell = cellAt(cells, lon, lat)
    if (cell < 0) return []
    const arcs = freeRoads(city.router.graph, hour)
    const reached = modelled.get(arcs) ?? sideOf(city, ground, posts, arcs).reached.seconds
    modelled.set(arcs, reached)
    const { code, name } = kelurahan[cells.area[cell]]
    return [{ code, name, modelled: reached[cell], achieved: seconds }]
  })
  const figures = agreements(arrivals, minutes)
  const shown = <T extends Agreement>(one: T): T => ({
    ...one,
    modelled_median_seconds: told(one.modelled_median_seconds),
    achieved_median_seconds: told(one.achieved_median_seconds),
    ratio: one.ratio && round(one.ratio, 3),
    ratio_low: one.ratio_low && round(one.ratio_low, 3),
    ratio_high: one.ratio_high && round(one.ratio_high, 3),
  })
  return {
    ...shown(figures),
    from: new Date(last.at - YEAR_MS).toISOString(),
    to: new Date(last.at).toISOString(),
    bands: figures.bands.map(shown),
    kelurahan: figures.kelurahan.map(shown),
  }
}
