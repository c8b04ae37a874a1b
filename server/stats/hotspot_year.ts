import { cellToLatLng, latLngToCell } from 'h3-js'
import { COVERAGE_RESOLUTION } from '../../geo/coverage/cells.ts'
import { HOUSEHOLD_TYPES } from '../../geo/privacy/household.ts'
import { wibDay, wibHour } from '../../geo/sla/shift.ts'
import { isClear, rateRatio } from '../../geo/stats/rate_ratio.ts'
import { REPEAT_ACCURACY_M, REPEAT_MIN_N, REPEAT_WITHIN_M, repeats } from '../../geo/stats/repeats.ts'
import { inTideHours, RAIN_MONTHS, seasons, TIDE_HOURS } from '../../geo/stats/season.ts'
import type { HotspotStudy, MonthChange, RepeatedPlace } from '../../geo/wire/hotspots.ts'
import type { StudiedCells } from './hotspot_cells.ts'
import type { History, HotspotServices, MonthSpan } from './hotspot_history.ts'

const DAY_MS = 86_400_000
const LAST = -1

/** What several parts of a study share. */
export interface Study {
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

/** The studied month beside the one before and the same a year before, per day; of each type too. */
export function changesOf(study: Study): { change: MonthChange; change_by_type: MonthChange[] } {
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

/** Places that the year's incidents come back to; none of types that happen within a household. */
export function repeatsOf({ history, wanted, year }: Study, services: HotspotServices): HotspotStudy['repeats'] {
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

/** The year's types by the hours of the tide and the months of the rain. */
export function tideOf(study: Study): HotspotStudy['tide'] {
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
