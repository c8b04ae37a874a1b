import type { StageFigures } from '../wire/stats.ts'
import { medianSeconds } from './kaplan_meier.ts'
import type { Duration } from './kaplan_meier.ts'
import { wilson } from './wilson.ts'

/** One stage of one incident, as sql/functions/stats_incident.sql gives it; `not_begun` is counted nowhere. */
export interface StageRow {
  state: 'ended' | 'running' | 'missing' | 'not_begun'
  /** Exact duration, running ones until now; null when missing or not begun. */
  seconds: number | null
}

/** What medians are made of: whole seconds, running stages censored. */
export const durationsOf = (rows: readonly StageRow[]): Duration[] =>
  rows.flatMap(({ state, seconds }) =>
    (state === 'ended' || state === 'running') && seconds !== null
      ? [{ seconds: Math.round(seconds), ended: state === 'ended' }]
      : [],
  )

/**
 * A share with its uncertainty over stage rows, by the definitions of DESIGN: n = ended, or running but past the limit. Durations are
 * rounded to whole seconds for the median only. The same figures as sql/functions/stats_stage_figures.sql.
 */
export function stageFigures(rows: readonly StageRow[], limit_seconds: number): StageFigures {
  let n = 0
  let breached = 0
  let running = 0
  let missing = 0
  for (const { state, seconds } of rows) {
    if (state === 'missing') missing++
    if ((state !== 'ended' && state !== 'running') || seconds === null) continue
    const late = seconds > limit_seconds
    if (state === 'ended' || late) n++
    else running++
    if (late) breached++
  }
  return { n, breached, running, missing, ...wilson(breached, n), median_seconds: medianSeconds(durationsOf(rows)) }
}
