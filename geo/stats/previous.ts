import type { District, PreviousPeriod, StageFigures } from '../wire/stats.ts'
import { countRatio } from './count_ratio.ts'
import { shareDifference } from './newcombe.ts'
import { wilson } from './wilson.ts'

interface Counted {
  n: number
  breached: number
}

/** What sql/queries/stats_districts_before.sql gives for a district. */
export interface BeforeRow {
  code: string
  incidents: number
  calls: number
  agent_n: number
  agent_breached: number
  opd_n: number
  opd_breached: number
  trend: number[]
  /** Records reach back to the beginning of that period. */
  whole: boolean
}

/** Epoch milliseconds. */
export interface Spans {
  from: number
  to: number
}

/**
 * The period just before, as long as the one asked for has lasted so far (one that ends in the future is compared by what of it
 * is over). Null while nothing of it is over.
 */
export function periodBefore({ from, to }: Spans, now: number): Spans | null {
  const lasted = Math.min(to, now) - from
  return lasted > 0 ? { from: from - lasted, to: from } : null
}

/**
 * A district against the same stretch before: both counts, and how certain the change is (count ratio; Newcombe's difference of
 * the breached shares, above 0 is worse). Without records of all of that stretch nothing is compared.
 */
export function previousOf(
  now: Pick<District, 'incidents'> & { agent: StageFigures; opd: StageFigures },
  before: BeforeRow,
  span: Spans,
): PreviousPeriod {
  const share = ({ n, breached }: Counted) => ({ n, breached, ...wilson(breached, n) })
  const agent = { n: before.agent_n, breached: before.agent_breached }
  const opd = { n: before.opd_n, breached: before.opd_breached }
  const change = (a: Counted, b: Counted) => (before.whole ? shareDifference(a.breached, a.n, b.breached, b.n) : null)
  return {
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    whole: before.whole,
    incidents: before.incidents,
    calls: before.calls,
    agent: share(agent),
    opd: share(opd),
    trend: before.trend,
    incidents_change: before.whole ? countRatio(now.incidents, before.incidents) : null,
    agent_change: change(now.agent, agent),
    opd_change: change(now.opd, opd),
  }
}
