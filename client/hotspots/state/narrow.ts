import { cellToLatLng, gridDiskDistances } from 'h3-js'
import type { CellSet } from '../../../geo/coverage/cells.ts'
import { wibMonthRange } from '../../../geo/sla/shift.ts'
import { EXPECTED_MIN, NEIGHBOURHOOD, scored } from '../../../geo/stats/hotspots.ts'
import { hourWeek } from '../../../geo/stats/hour_week.ts'
import { isClear, rateRatio } from '../../../geo/stats/rate_ratio.ts'
import type { HotspotCell, HotspotPoint, HotspotStudy, HourMatrix, MonthChange } from '../../../geo/wire/hotspots.ts'
import { inSlot, type Slot } from './choice.ts'

/** A cell as the page shows it: of the month, or of some hours of it. */
export type ShownCell = Pick<HotspotCell, 'h3' | 'incidents' | 'around' | 'z' | 'p' | 'q' | 'significant'> & {
  whole: HotspotCell
}
export interface ShownCells {
  cells: ShownCell[]
  /** So few that nothing may be said of any cell. */
  too_few: boolean
  n: number
  /** Incidents from which on something could be said. */
  needed: number
}

/** The cells of a study as the set that Gi* is worked out over. */
function setOf(cells: readonly { h3: string }[]): CellSet {
  const names = cells.map(({ h3 }) => h3)
  const index = new Map(names.map((h3, i) => [h3, i]))
  const middles = names.map((h3) => cellToLatLng(h3))
  return {
    cells: names,
    index,
    lon: Float64Array.from(middles, ([, lon]) => lon),
    lat: Float64Array.from(middles, ([lat]) => lat),
    area: new Int32Array(names.length),
    area_count: 1,
    ringsOf: (cell, rings) =>
      gridDiskDistances(names[cell], rings).map((ring) => ring.flatMap((h3) => index.get(h3) ?? [])),
  }
}

/** The cells of a study in the hours of `slot`: counted anew from its points, and flagged anew by the rules of a whole month. */
export function cellsWithin(
  study: Pick<HotspotStudy, 'cells' | 'n' | 'too_few'>,
  points: readonly HotspotPoint[],
  slot: Slot | null,
): ShownCells {
  const { cells } = study
  const needed = Math.ceil((EXPECTED_MIN * cells.length) / NEIGHBOURHOOD)
  if (slot === null)
    return { cells: cells.map((whole) => ({ ...whole, whole })), too_few: study.too_few, n: study.n, needed }
  const city = setOf(cells)
  const counts = cells.map(() => 0)
  for (const { h3, day, hour } of points) {
    const i = h3 === null ? undefined : city.index.get(h3)
    if (i !== undefined && inSlot(slot, day, hour)) counts[i]++
  }
  const { cells: found, too_few } = scored({ counts, lon: city.lon.slice(), lat: city.lat.slice() }, city)
  const n = counts.reduce((sum, count) => sum + count, 0)
  return { cells: found.map((each) => ({ ...each, whole: cells[each.cell] })), too_few, n, needed }
}

/** Points that all of the page's filters let through. */
export const pointsWithin = (points: readonly HotspotPoint[], cell: string | null, slot: Slot | null): HotspotPoint[] =>
  points.filter(
    (point) => (cell === null || point.h3 === cell) && (slot === null || inSlot(slot, point.day, point.hour)),
  )

/** The month's hours of the week in one cell, tested anew; `now` (epoch ms) ends a month that still runs. */
export function matrixWithin(month: string, points: readonly HotspotPoint[], cell: string, now: number): HourMatrix {
  const counts = new Uint32Array(168)
  for (const point of points) if (point.h3 === cell) counts[point.day * 24 + point.hour]++
  const { from, to } = wibMonthRange(month) ?? { from: 0, to: 0 }
  return hourWeek(counts, 1, from, Math.max(from, Math.min(to, now)))
}

/** One cell's month beside the one before and a year before; the city's change says which months there are, and their days. */
export function changeWithin(city: MonthChange, cell: HotspotCell): MonthChange {
  const before = cell.counts.at(cell.complete ? -2 : -1)
  const n = cell.incidents
  const beside = (past: MonthChange['previous'], count: number | null | undefined): MonthChange['previous'] => {
    if (past === null || count == null) return null
    const change = rateRatio(n, city.days, count, past.days)
    return { ...past, n: count, change, clear: change !== null && isClear(change) }
  }
  return { ...city, n, previous: beside(city.previous, before), last_year: beside(city.last_year, cell.last_year) }
}
