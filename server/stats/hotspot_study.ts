import { cellToLatLng, latLngToCell } from 'h3-js'
import { COVERAGE_RESOLUTION } from '../../geo/coverage/cells.ts'
import { HOUSEHOLD_TYPES } from '../../geo/privacy/household.ts'
import { wibDay, wibHour } from '../../geo/sla/shift.ts'
import { density, DENSITY_BANDWIDTH_M } from '../../geo/stats/density.ts'
import { GRADE_MIN_N, gradeMap } from '../../geo/stats/grading.ts'
import { hourWeek, weekHour } from '../../geo/stats/hour_week.ts'
import { EXPECTED_MIN, NEIGHBOURHOOD } from '../../geo/stats/hotspots.ts'
import { isClear, rateRatio } from '../../geo/stats/rate_ratio.ts'
import { REPEAT_ACCURACY_M, REPEAT_MIN_N, REPEAT_WITHIN_M, repeats } from '../../geo/stats/repeats.ts'
import { inTideHours, RAIN_MONTHS, seasons, TIDE_HOURS } from '../../geo/stats/season.ts'
import {
  TREND_CLASSES,
  type HotspotGrade,
  type HotspotStudy,
  type HourMatrix,
  type MonthChange,
  type RepeatedPlace,
  type StudyReason,
} from '../../geo/wire/hotspots.ts'
import { breath } from '../breath.ts'
import { cityCells } from '../city/city_cells.ts'
import { studiedCells, type StudiedCells } from './hotspot_cells.ts'
import {
  readHistory,
  type History,
  type HotspotQuery,
  type HotspotServices,
  type MonthSpan,
} from './hotspot_history.ts'

const DAY_MS = 86_400_000
const LAST = -1

/** What several parts of a study share. */
interface Study {
  history: History
  /** Epoch ms. */
  now: number
  found: StudiedCells
  /** Indices of the incidents of the type asked for. */
  wanted: Uint32Array
  /** The twelve months up to the studied one, as far as they are over and on record. */
  year: { from: number; to: number }
}

/** The days of a month that are over and on record. */
function daysOf(span: MonthSpan, { history, now }: Study): number {
  return Math.max(0, (Math.min(span.to, now) - Math.max(span.from, history.since ?? span.from)) / DAY_MS)
}

function wantedOf({ n, type, types, incident_type }: History): Uint32Array {
  const code = incident_type === null ? null : types.indexOf(incident_type)
  const found: number[] = []
  for (let i = 0; i < n; i++) if (code === null || type[i] === code) found.push(i)
  return Uint32Array.from(found)
}

function matrixOf({ history, wanted, now, year }: Study, months: 1 | 12): HourMatrix {
  const counts = new Uint32Array(168)
  const first = history.months.length - months
  for (const i of wanted) if (history.month[i] >= first) counts[weekHour(history.at[i])]++
  const from = Math.max(history.months[first].from, year.from)
  return hourWeek(counts, months, from, Math.min(history.studied.to, now))
}

function changesOf(study: Study): { change: MonthChange; change_by_type: MonthChange[] } {
  const { history } = study
  const [last_year, previous, studied] = [0, LAST - 1, LAST].map((i) => history.months.at(i) ?? history.studied)
  const counts = history.types.map(() => new Uint32Array(history.months.length))
  for (let i = 0; i < history.n; i++) counts[history.type[i]][history.month[i]]++
  const days = daysOf(studied, study)
  const changeOf = (incident_type: string | null, by_month: Uint32Array): MonthChange => {
    const n = by_month[by_month.length - 1]
    const against = (span: MonthSpan) => {
      if (!span.whole) return null
      const before = by_month[history.months.indexOf(span)]
      const change = rateRatio(n, days, before, daysOf(span, study))
      return {
        month: span.month,
        n: before,
        days: daysOf(span, study),
        change,
        clear: change !== null && isClear(change),
      }
    }
    return { incident_type, n, days, previous: against(previous), last_year: against(last_year) }
  }
  const all = history.months.map((_, month) => counts.reduce((sum, type) => sum + type[month], 0))
  const asked = history.incident_type === null ? -1 : history.types.indexOf(history.incident_type)
  const nothing = new Uint32Array(history.months.length)
  return {
    change: changeOf(
      history.incident_type,
      history.incident_type === null ? Uint32Array.from(all) : (counts[asked] ?? nothing),
    ),
    change_by_type: history.types
      .map((type, i) => changeOf(type, counts[i]))
      .sort((a, b) => b.n - a.n || (b.previous?.n ?? 0) - (a.previous?.n ?? 0)),
  }
}

function gradeOf({ history, found }: Study, reasons: StudyReason[]): HotspotGrade | null {
  const before = history.months[history.months.length - 2]
  const n = found.now.cells.reduce((sum, { incidents }) => sum + incidents, 0)
  if (!before.whole) return null
  const counted = found.before.cells.reduce((sum, { incidents }) => sum + incidents, 0)
  if (found.before.too_few) {
    reasons.push({ code: 'before_too_few', n: counted, needed: neededOf(history) })
    return null
  }
  if (n < GRADE_MIN_N) {
    reasons.push({ code: 'grade_too_few', n, needed: GRADE_MIN_N })
    return null
  }
  const cells = [...found.before.cells].sort((a, b) => a.cell - b.cell)
  const rows = gradeMap({
    z: cells.map(({ z }) => z),
    flagged: cells.map(({ significant, z }) => significant && z > 0),
    baseline: history.months[0].whole
      ? cells.map(({ cell }) => found.counts.slice(0, -1).reduce((sum, month) => sum + month[cell], 0))
      : null,
    came: found.counts[found.counts.length - 1],
  })
  if (!rows.some(({ choice }) => choice === 'flagged'))
    reasons.push({ code: 'nothing_flagged_before', n: 0, needed: 1 })
  return { month: before.month, n, rows }
}

/** Incidents from which on a neighbourhood of the map expects enough. */
const neededOf = (history: History) => Math.ceil((EXPECTED_MIN * history.cells.cells.length) / NEIGHBOURHOOD)

/** Of the trend's cube: a neighbourhood has two steps there, of twelve. */
const neededForTrend = (history: History) => Math.ceil((EXPECTED_MIN * history.cells.cells.length * 12) / 14)

function reasonsOf({ history, found, now }: Study): StudyReason[] {
  const reasons: StudyReason[] = []
  const n = found.now.cells.reduce((sum, { incidents }) => sum + incidents, 0)
  if (!history.complete) {
    const { from, to } = history.studied
    reasons.push({
      code: 'month_running',
      n: Math.floor((now - from) / DAY_MS),
      needed: Math.round((to - from) / DAY_MS),
    })
  }
  if (found.now.too_few) reasons.push({ code: 'month_too_few', n, needed: neededOf(history) })
  if (found.whole_months < 12) reasons.push({ code: 'records_short', n: found.whole_months, needed: 12 })
  if (found.trend_too_few) reasons.push({ code: 'trend_too_few', n: found.trend_n, needed: neededForTrend(history) })
  return reasons
}

function repeatsOf({ history, wanted, year }: Study, services: HotspotServices): HotspotStudy['repeats'] {
  const spoken = wanted.filter(
    (i) => history.at[i] >= year.from && !HOUSEHOLD_TYPES.has(history.types[history.type[i]]),
  )
  const placed = spoken.filter((i) => history.accuracy_m[i] <= REPEAT_ACCURACY_M)
  const found = repeats(
    Array.from(placed, (i) => ({ lon: history.lon[i], lat: history.lat[i], accuracy_m: history.accuracy_m[i] })),
  )
  const last = history.months.length - 1
  const places = found.map(({ of, lon, lat, expected }): RepeatedPlace => {
    const incidents = of.map((k) => placed[k])
    const near = services.city.reverse(lon, lat)
    const h3 = latLngToCell(lat, lon, COVERAGE_RESOLUTION)
    const [centre_lat, centre_lon] = cellToLatLng(h3)
    const times = incidents.map((i) => history.at[i])
    const by_type = new Map<string, number>()
    for (const i of incidents) {
      const type = history.types[history.type[i]]
      by_type.set(type, (by_type.get(type) ?? 0) + 1)
    }
    return {
      place: near.landmark ?? near.street,
      kelurahan: near.district,
      h3,
      point: [centre_lon, centre_lat],
      n: of.length,
      expected: Number(expected.toPrecision(3)),
      by_type: Object.fromEntries([...by_type].filter(([, n]) => n >= REPEAT_MIN_N).sort((a, b) => b[1] - a[1])),
      first_day: wibDay(Math.min(...times)),
      last_day: wibDay(Math.max(...times)),
      this_month: incidents.filter((i) => history.month[i] === last).length,
    }
  })
  return {
    ...spanOf(year),
    n: placed.length,
    unplaced: spoken.length - placed.length,
    within_m: REPEAT_WITHIN_M,
    places,
  }
}

const monthOf = (span: MonthSpan) => Number(span.month.slice(5))
const spanOf = ({ from, to }: { from: number; to: number }) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})

function tideOf(study: Study): HotspotStudy['tide'] {
  const { history, year } = study
  const counts = history.types.map((incident_type) => ({ incident_type, n: 0, in_tide: 0, in_rain: 0 }))
  const rainy = history.months.map((span) => RAIN_MONTHS.includes(monthOf(span)))
  for (let i = 0; i < history.n; i++) {
    if (history.at[i] < year.from) continue
    const row = counts[history.type[i]]
    row.n++
    if (inTideHours(wibHour(history.at[i]))) row.in_tide++
    if (rainy[history.month[i]]) row.in_rain++
  }
  const days = (wet: boolean) =>
    history.months.reduce((sum, span, i) => sum + (i > 0 && rainy[i] === wet ? daysOf(span, study) : 0), 0)
  const rain_days = history.months[1].whole ? { within: days(true), outside: days(false) } : null
  return {
    ...spanOf(year),
    tide_hours: TIDE_HOURS.map(([from, to]) => [from, to]),
    rain_months: [...RAIN_MONTHS],
    planning: true,
    rows: seasons(
      counts.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n),
      rain_days,
    ),
  }
}

async function densityOf({ history, wanted }: Study, services: HotspotServices): Promise<HotspotStudy['density']> {
  const places = await cityCells(services.city, COVERAGE_RESOLUTION)
  const last = history.months.length - 1
  const points = Array.from(
    wanted.filter((i) => history.month[i] === last),
    (i) => ({ lon: history.lon[i], lat: history.lat[i] }),
  )
  const found = density(points, places)
  const cells: HotspotStudy['density']['cells'] = []
  found.forEach((each, i) => {
    if (each > 0) cells.push({ h3: places.cells[i], density: Number(each.toPrecision(4)) })
  })
  return {
    bandwidth_m: DENSITY_BANDWIDTH_M,
    n: points.length,
    max: cells.reduce((most, { density }) => Math.max(most, density), 0),
    cells,
  }
}

/**
 * A month's hotspots with all that a planner asks of them: what is beyond chance, how it went over a year, how last month's map did,
 * when, what repeats, and where there is too little to say so. The page, the report and exports read this one.
 */
export async function hotspotStudy(services: HotspotServices, query: HotspotQuery, at: Date): Promise<HotspotStudy> {
  const history = await readHistory(services, query, at)
  await breath()
  const found = studiedCells(history, services.city)
  const now = at.getTime()
  const { months, studied } = history
  const study: Study = {
    history,
    now,
    found,
    wanted: wantedOf(history),
    year: { from: Math.max(months[1].from, history.since ?? 0), to: Math.min(studied.to, now) },
  }
  const reasons = reasonsOf(study)
  const grade = gradeOf(study, reasons)
  const matrix = matrixOf(study, 1)
  if (matrix.too_few) reasons.push({ code: 'matrix_too_few', n: matrix.n, needed: 168 })
  const { incident_type } = history
  if (incident_type !== null && HOUSEHOLD_TYPES.has(incident_type))
    reasons.push({ code: 'repeats_withheld', n: 0, needed: 0 })
  reasons.push({ code: 'tide_planning_values', n: 0, needed: 0 })
  await breath()
  const repeated = repeatsOf(study, services)
  await breath()
  return {
    month: studied.month,
    incident_type,
    simulated: services.simulated,
    complete: history.complete,
    n: found.cells.reduce((sum, { incidents }) => sum + incidents, 0),
    without_cell: found.outside,
    too_few: found.now.too_few,
    reasons,
    records_since: history.since === null ? null : new Date(history.since).toISOString(),
    trend_months: found.trend_months.map(({ month }) => month),
    trend_steps: found.trend_steps,
    cells: found.cells,
    trends: TREND_CLASSES.map((each) => {
      const of = found.cells.filter(({ trend }) => trend?.class === each)
      return { class: each, cells: of.length, n: of.reduce((sum, { incidents }) => sum + incidents, 0) }
    }).filter(({ cells }) => cells > 0),
    grade,
    density: await densityOf(study, services),
    matrix,
    matrix_year: matrixOf(study, 12),
    ...changesOf(study),
    repeats: repeated,
    tide: tideOf(study),
  }
}
