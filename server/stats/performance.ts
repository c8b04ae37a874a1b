import type {
  CallPerformance,
  Performance,
  PerformanceBy,
  PerformanceRow,
  StagePerformance,
} from '../../geo/wire/performance.ts'
import type { Services } from '../services.ts'

export interface PerformanceQuery {
  /** Instants ISO 8601, `to` exclusive. */
  from: string
  to: string
  by: PerformanceBy
}

type StageRow = Pick<
  PerformanceRow,
  'key' | 'name' | 'incidents' | 'open' | 'late_entries' | 'agent' | 'opd' | 'fire'
> & {
  in_use: boolean
}
type Own = NonNullable<PerformanceRow['own']>
type OwnRow = { key: string; parts: Pick<Own, 'acknowledge' | 'turnout' | 'travel' | 'on_scene'> } & Pick<
  Own,
  'assignments' | 'declined' | 'cancelled' | 'clock'
>
type Mix = NonNullable<PerformanceRow['mix']>

const WITH_CALLS: readonly PerformanceBy[] = ['total', 'shift', 'hour', 'weekday', 'operator']
const NO_SHARE = { n: 0, count: 0, share: null, low: null, high: null }
const NO_QUANTILES = { p50_seconds: null, p75_seconds: null, p90_seconds: null, p95_seconds: null }
const NO_CALLS: CallPerformance = {
  calls: 0,
  unsorted: 0,
  prank: NO_SHARE,
  ghost: NO_SHARE,
  answer: { n: 0, unanswered: 0, within_15: NO_SHARE, within_20: NO_SHARE, ...NO_QUANTILES },
}
const NO_STAGE: StagePerformance = {
  ...{ n: 0, breached: 0, running: 0, missing: 0, share: null, low: null, high: null, median_seconds: null },
  ...NO_QUANTILES,
  compliance: NO_SHARE,
}
const NO_PART = { n: 0, open: 0, missing: 0, ...NO_QUANTILES }
const NO_MIX: Mix = { by_type: {}, by_shift: { pagi: 0, sore: 0, malam: 0 } }

const byKey = <T extends { key: string | null }>(rows: readonly T[]) => new Map(rows.map((row) => [row.key, row]))

/**
 * The figures of a period by one group (sql/queries/stats_performance.sql and beside it), for page, report and files alike; nothing is
 * worked out a second time here. Real and simulated never mix: a server shows the one kind it runs with.
 */
export async function performanceOf(
  { db, simulated }: Pick<Services, 'db' | 'simulated'>,
  { from, to, by }: PerformanceQuery,
  now: Date,
): Promise<Performance> {
  const asked = { from, to, by, now, simulated }
  const stages = await db.rows<StageRow>('stats_performance', asked)
  const calls = WITH_CALLS.includes(by)
    ? byKey(await db.rows<{ key: string | null; calls: CallPerformance }>('stats_calls_by', asked))
    : null
  const sent = by === 'agency' || by === 'unit' ? byKey(await db.rows<OwnRow>('stats_own', asked)) : null
  const mixes =
    by === 'operator' ? byKey(await db.rows<Mix & { key: string }>('stats_mix', { from, to, now, simulated })) : null

  const ownOf = (key: string | null): PerformanceRow['own'] => {
    if (sent === null) return null
    const row = sent.get(key)
    if (!row)
      return {
        ...{ assignments: 0, declined: 0, cancelled: 0, clock: NO_STAGE },
        ...{ acknowledge: NO_PART, turnout: NO_PART, travel: NO_PART, on_scene: NO_PART },
      }
    const { assignments, declined, cancelled, clock, parts } = row
    return { assignments, declined, cancelled, clock, ...parts }
  }
  const rowOf = ({ in_use: _, ...row }: StageRow): PerformanceRow => {
    const mix = mixes?.get(row.key)
    return {
      ...row,
      own: ownOf(row.key),
      calls: calls && (calls.get(row.key)?.calls ?? NO_CALLS),
      mix: mixes && (mix ? { by_type: mix.by_type, by_shift: mix.by_shift } : NO_MIX),
    }
  }
  // Who only answered calls is told of too.
  const known = new Set(stages.map(({ key }) => key))
  const callers = by === 'operator' ? [...(calls?.keys() ?? [])].filter((key) => !known.has(key)) : []
  const stage = { incidents: 0, open: 0, late_entries: 0, agent: NO_STAGE, opd: NO_STAGE, fire: NO_STAGE, in_use: true }
  const told = [...stages, ...callers.map((key) => ({ key, name: key, ...stage }))].filter(
    ({ key, in_use, incidents }) => in_use || incidents > 0 || sent?.has(key),
  )
  return {
    from,
    to,
    by,
    simulated,
    complete: Date.parse(to) <= now.getTime(),
    rows: told.map(rowOf),
  }
}
