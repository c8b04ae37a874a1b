import { changesOf, groupChangesOf } from '../../geo/evaluation/changes.ts'
import { monthBeside } from '../../geo/sla/month.ts'
import { wibMonthRange } from '../../geo/sla/shift.ts'
import { complaintFigures } from '../../geo/stats/complaint_figures.ts'
import type { Complaint } from '../../geo/wire/complaints.ts'
import type { Evaluation, OtherMonth, Quality } from '../../geo/wire/evaluation.ts'
import type { Ledger } from '../../geo/wire/ledger.ts'
import type { PerformanceBy, PerformanceRow } from '../../geo/wire/performance.ts'
import type { CallFigures } from '../../geo/wire/stats.ts'
import type { Services } from '../services.ts'
import { sideBySide } from '../side_by_side.ts'
import { hotspotStudy } from './hotspot_study.ts'
import { performanceOf } from './performance.ts'
import { readReviews } from './reviews.ts'
import { readSkm } from './skm.ts'

const DAY_MS = 86_400_000
/** The line of months that ends with the one told: a year and the same month before it. */
const MONTHS = 13
/** Statements at a time on PostgreSQL: of its twelve connections the others stay for whoever handles calls. */
const AT_ONCE = 3

export type EvaluationServices = Pick<Services, 'db' | 'simulated' | 'city'>

interface Span {
  from: string
  to: string
}
const spanOf = (from: number, to: number): Span => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})

/**
 * The evaluation of a WIB month as of `now`: the one function behind page, JSON, spreadsheet and CSV. Shares, percentiles and medians are those of the
 * performance figures, hotspots those of the study; nothing is worked out a second time here. A month that still runs is held against as
 * much of the others. `persons`: with figures per operator. Null: no such month, or it has not begun.
 */
export async function evaluationOf(
  services: EvaluationServices,
  query: { month: string; persons: boolean },
  now: Date,
): Promise<Evaluation | null> {
  const { db, simulated, city } = services
  const range = wibMonthRange(query.month)
  if (range === null || range.from > now.getTime()) return null
  const month = spanOf(range.from, range.to)
  const lasted = Math.min(range.to, now.getTime()) - range.from
  const told = { ...month, now, simulated }

  // The embedded database is one session, and whoever calls meanwhile comes between.
  const ask = sideBySide(db.embedded ? 1 : AT_ONCE)
  const rows = async (by: PerformanceBy, span: Span = month): Promise<PerformanceRow[]> =>
    (await ask(() => performanceOf(services, { ...span, by }, now))).rows
  const total = async (span: Span): Promise<PerformanceRow> => (await rows('total', span))[0]
  const before = wibMonthRange(monthBeside(query.month, -MONTHS + 1)) ?? range
  const kept = await db.one<{ records_since: string | null; months: Record<string, number> }>('evaluation_months', {
    ...told,
    from: new Date(before.from).toISOString(),
  })
  const since = kept.records_since === null ? null : Date.parse(kept.records_since)

  async function other(back: number): Promise<OtherMonth> {
    const name = monthBeside(query.month, back)
    const whole = wibMonthRange(name) ?? range!
    const to = Math.min(whole.to, lasted < range!.to - range!.from ? whole.from + lasted : whole.to)
    const span = spanOf(whole.from, to)
    return {
      ...{ month: name, ...span, days: (to - whole.from) / DAY_MS },
      whole: since !== null && since < whole.from,
      total: await total(span),
    }
  }
  const first = (back: number) => `${monthBeside(query.month, back)}-01`
  const [
    month_total,
    previous,
    last_year,
    by_agency,
    by_kecamatan,
    by_kelurahan,
    by_type,
    by_priority,
    by_shift,
    by_unit,
    operators,
    hours,
    study,
    called,
    dispatched,
    reviews,
    complaints,
    people,
    skm_month,
    skm_year,
    quality,
  ] = await Promise.all([
    total(month),
    other(-1),
    other(-12),
    rows('agency'),
    rows('kecamatan'),
    rows('kelurahan'),
    rows('incident_type'),
    rows('priority'),
    rows('shift'),
    rows('unit'),
    query.persons ? rows('operator') : null,
    ask(() => db.rows<{ day: string; hour: number; n: number }>('evaluation_days', told)),
    ask(() => hotspotStudy(services, { month: query.month }, now)),
    ask(() => db.one<Omit<CallFigures, 'answer'> & { n: number; in_15: number; in_20: number }>('stats_calls', told)),
    ask(() =>
      db.value<Omit<Ledger, 'from' | 'to' | 'simulated'>>('ledger', {
        ...{ ...month, simulated, rows: 'none', words: false },
      }),
    ),
    ask(() => readReviews(services, query.month, now)),
    ask(() => db.rows<{ complaint: Complaint }>('complaint_month', { ...month, simulated })),
    ask(() => db.rows<{ code: string; population: number | null; population_year: number | null }>('coverage_people')),
    ask(() => readSkm(services, { from: first(0), to: first(1) })),
    ask(() => readSkm(services, { from: first(-11), to: first(1) })),
    ask(() => db.one<Quality>('evaluation_quality', told)),
  ])
  const figures = { total: month_total, days: lasted / DAY_MS }
  const group_changes = previous.whole
    ? [
        ...groupChangesOf('agency', by_agency, await rows('agency', previous)),
        ...groupChangesOf('kecamatan', by_kecamatan, await rows('kecamatan', previous)),
      ]
    : []
  const { n: _n, in_15: _15, in_20: _20, ...calls } = called
  const { rows: _rows, ...ledger } = dispatched
  const { lot, figures: reviewed } = reviews
  const population = new Map(people.map((row) => [row.code, row]))

  return {
    ...{ month: query.month, ...month, complete: range.to <= now.getTime(), days: figures.days },
    ...{ generated_at: now.toISOString(), simulated, city: city.name },
    records_since: since === null ? null : new Date(since).toISOString(),
    ...{ total: figures.total, previous, last_year },
    changes: [...changesOf(figures, previous, 'previous'), ...changesOf(figures, last_year, 'last_year')],
    group_changes,
    months: Array.from({ length: MONTHS }, (_, i) => monthBeside(query.month, i - MONTHS + 1)).map((name) => ({
      month: name,
      n: since !== null && (wibMonthRange(name)?.from ?? 0) > since ? (kept.months[name] ?? 0) : null,
    })),
    by_day: daysOf(range, now.getTime()).map((day) => ({
      day,
      n: hours.reduce((sum, row) => sum + (row.day === day ? row.n : 0), 0),
    })),
    hours: weekOf(hours),
    calls,
    ...{ by_type, by_priority, by_shift, by_agency, by_unit, by_kecamatan },
    by_kelurahan: by_kelurahan.map((row) => {
      const { population: of = null, population_year = null } = population.get(row.key ?? '') ?? {}
      return { ...row, population: of, population_year, per_10000: of ? (row.incidents * 10_000) / of : null }
    }),
    hotspots: {
      n: study.n,
      too_few: study.too_few,
      cells: study.cells
        .filter(({ significant, z }) => significant && z > 0)
        .map(({ h3, kelurahan, place, incidents, around, z, q, trend, last_year: then }) => ({
          ...{ h3, kelurahan, place, incidents, around, z, q },
          ...{ trend: trend?.class ?? null, last_year: then },
        })),
      reasons: study.reasons,
      grade: study.grade,
    },
    ledger,
    supervision: { lot, figures: reviewed },
    complaints: complaintFigures(
      complaints.map((row) => row.complaint),
      now.getTime(),
    ),
    skm: { month: skm_month, year: skm_year },
    ...{ quality, operators },
  }
}

/** The WIB days of a month that have begun, `2026-10-01`. */
function daysOf({ from, to }: { from: number; to: number }, now: number): string[] {
  const days: string[] = []
  for (let at = from; at < Math.min(to, now); at += DAY_MS)
    days.push(new Date(at + 7 * 3_600_000).toISOString().slice(0, 10))
  return days
}

/** Counts by day of the week (Monday first) and WIB hour. */
function weekOf(rows: readonly { day: string; hour: number; n: number }[]): number[][] {
  const week = Array.from({ length: 7 }, () => Array<number>(24).fill(0))
  for (const { day, hour, n } of rows) week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7][hour] += n
  return week
}
