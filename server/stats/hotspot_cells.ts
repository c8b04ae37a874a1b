import { benjaminiHochberg } from '../../geo/stats/benjamini_hochberg.ts'
import { emerging } from '../../geo/stats/emerging.ts'
import { scored, type Hotspots } from '../../geo/stats/hotspots.ts'
import { mannKendall } from '../../geo/stats/mann_kendall.ts'
import type { CellTrend, HotspotCell } from '../../geo/wire/hotspots.ts'
import type { CityModel } from '../city/model.ts'
import { MONTHS, type History, type MonthSpan } from './hotspot_history.ts'

const STEPS = 12
/** Esri's least for a space-time cube. */
const LEAST_STEPS = 10

/** The cells of a month as they are told, and what the rest of the study goes on with. */
export interface StudiedCells {
  cells: HotspotCell[]
  /** By month (thirteen, the studied last), then by cell of the set. */
  counts: number[][]
  now: Hotspots
  before: Hotspots
  /** Without a cell of the city. */
  outside: number
  trend_months: MonthSpan[]
  /** Of the twelve, whole on record. */
  whole_months: number
  /** Over how many of them trends are told; 0: none are. */
  trend_steps: number
  trend_too_few: boolean
  trend_n: number
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
/** Digits by size: a p of 1e-9 is not 0. */
const significantly = (p: number) => Number(p.toPrecision(6))

function countAll(history: History) {
  const size = history.cells.cells.length
  const counts = history.months.map(() => new Array<number>(size).fill(0))
  const lon = new Float64Array(size)
  const lat = new Float64Array(size)
  const last = history.months.length - 1
  const wanted = history.incident_type === null ? -1 : history.types.indexOf(history.incident_type)
  const all = history.incident_type === null
  let outside = 0
  for (let i = 0; i < history.n; i++) {
    if (!all && history.type[i] !== wanted) continue
    const cell = history.cell[i]
    const month = history.month[i]
    if (cell < 0) {
      if (month === last) outside++
      continue
    }
    counts[month][cell]++
    if (month !== last) continue
    lon[cell] += history.lon[i]
    lat[cell] += history.lat[i]
  }
  return { counts, lon, lat, outside }
}

/** Classes and Mann-Kendall by cell over the whole ones of twelve months; `trends` null where nothing can be said. */
function trendsOf(history: History, counts: readonly (readonly number[])[]) {
  const first = history.complete ? MONTHS - STEPS : MONTHS - STEPS - 1
  const window = history.months.slice(first, first + STEPS)
  const whole_months = window.filter(({ whole }) => whole).length
  const { cells } = history
  const by_cell = cells.cells.map((_, cell) => window.map((__, step) => counts[first + step][cell]))
  // Records begin once: the whole ones are the last ones.
  const steps = by_cell.map((row) => row.slice(STEPS - whole_months))
  const trend_n = steps.reduce((sum, row) => sum + row.reduce((all, n) => all + n, 0), 0)
  const common = { window, by_cell, trend_n, whole_months }
  const none = { ...common, trends: null, trend_too_few: false }
  if (whole_months < LEAST_STEPS) return none
  const cube = emerging(
    steps,
    steps.map((_, cell) => cells.ringsOf(cell, 1).flat()),
  )
  if (cube.too_few) return { ...none, trend_too_few: true }
  const city = Array.from({ length: whole_months }, (_, step) => steps.reduce((sum, row) => sum + row[step], 0))
  const tests = steps.map(mannKendall)
  const shares = steps.map((row) => mannKendall(row.map((n, step) => (city[step] > 0 ? n / city[step] : 0))))
  const found = benjaminiHochberg(tests.map(({ p }) => p))
  const beyond = benjaminiHochberg(shares.map(({ p }) => p))
  const trends = tests.map(({ tau, z, p }, cell): CellTrend => ({
    class: cube.classes[cell],
    tau: round(tau, 6),
    z: round(z, 6),
    p: significantly(p),
    q: significantly(found[cell].q),
    share_z: round(shares[cell].z, 6),
    share_q: significantly(beyond[cell].q),
    significant: found[cell].significant && beyond[cell].significant,
  }))
  return { ...common, trends, trend_too_few: false }
}

/** Every cell of the city in a month: Gi*, its twelve months, and what last month's map said of it. Hottest first. */
export function studiedCells(history: History, city: CityModel): StudiedCells {
  const { counts, lon, lat, outside } = countAll(history)
  const last = counts.length - 1
  const { cells: set, months, studied } = history
  const now = scored({ counts: counts[last], lon, lat }, set)
  const none = new Float64Array(set.cells.length)
  const before = scored({ counts: counts[last - 1], lon: none, lat: none }, set)
  const rank = new Map(before.cells.map(({ cell, z, significant }, i) => [cell, { z, significant, rank: i + 1 }]))
  const { window, by_cell, trends, ...told } = trendsOf(history, counts)
  const kelurahan = city.gazetteer.areas.kelurahan
  const cells = now.cells.map(({ h3, cell, incidents, around, lon, lat, z, p, q, significant }): HotspotCell => {
    const area = kelurahan[set.area[cell]]
    const near = city.reverse(lon, lat)
    const said = months[last - 1].whole ? rank.get(cell) : undefined
    return {
      h3,
      month: studied.month,
      complete: history.complete,
      incidents,
      around,
      kelurahan_code: area.code,
      kelurahan: area.name,
      place: near.landmark ?? near.street,
      z: round(z, 6),
      p: significantly(p),
      q: significantly(q),
      significant,
      too_few: now.too_few,
      trend: trends && trends[cell],
      counts: by_cell[cell],
      last_year: months[0].whole ? counts[0][cell] : null,
      previous: said ? { ...said, z: round(said.z, 6) } : null,
    }
  })
  const trend_steps = trends === null ? 0 : told.whole_months
  return { cells, counts, now, before, outside, trend_months: window, trend_steps, ...told }
}
