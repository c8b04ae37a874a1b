import { COVERAGE_RESOLUTION } from '../../geo/coverage/cells.ts'
import { HOUSEHOLD_TYPES } from '../../geo/privacy/household.ts'
import { density, DENSITY_BANDWIDTH_M } from '../../geo/stats/density.ts'
import { GRADE_MIN_N, gradeMap } from '../../geo/stats/grading.ts'
import { hourWeek, weekHour } from '../../geo/stats/hour_week.ts'
import { EXPECTED_MIN, NEIGHBOURHOOD } from '../../geo/stats/hotspots.ts'
import {
  TREND_CLASSES,
  type HotspotGrade,
  type HotspotStudy,
  type HourMatrix,
  type StudyReason,
} from '../../geo/wire/hotspots.ts'
import { breath } from '../breath.ts'
import { cityCells } from '../city/city_cells.ts'
import { countHistory, studiedCells } from './hotspot_cells.ts'
import { readHistory, type History, type HotspotQuery, type HotspotServices } from './hotspot_history.ts'
import { changesOf, repeatsOf, tideOf, type Study } from './hotspot_year.ts'

const DAY_MS = 86_400_000

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
  const found = studiedCells(history, countHistory(history), services.city)
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
