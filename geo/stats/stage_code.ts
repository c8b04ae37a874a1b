import type { StageFigures } from '../wire/stats.ts'
import { quantileOf, survivalCurve } from './kaplan_meier.ts'
import type { DurationBin } from './kaplan_meier.ts'
import { intervalOf } from './median_interval.ts'
import type { StageRow } from './stage_figures.ts'
import { wilson } from './wilson.ts'

/** A bit that no duration reaches (17 years). */
const RUNNING = 1 << 30
/** As sql/functions/stats_seconds.sql: longer than that counts as that. */
const MOST_SECONDS = 2 ** 29 - 1

/**
 * A stage as one number (sql/functions/stats_code.sql), as many incidents are counted by: twice its whole seconds, 1 more where it is past
 * the limit by the exact ones, and RUNNING where it has not ended yet; -2 missing, -3 not begun.
 */
export interface CodedStage {
  state: StageRow['state']
  /** Whole; null when missing or not begun. */
  seconds: number | null
  late: boolean
}

export function codedStage(code: number): CodedStage {
  if (code < 0) return { state: code === -2 ? 'missing' : 'not_begun', seconds: null, late: false }
  return {
    state: (code & RUNNING) === 0 ? 'ended' : 'running',
    seconds: (code & ~RUNNING) >> 1,
    late: (code & 1) === 1,
  }
}

export function stageCode({ state, seconds }: StageRow, limit_seconds: number): number {
  if (state === 'not_begun') return -3
  if (state === 'missing' || seconds === null) return -2
  return (
    2 * Math.min(MOST_SECONDS, Math.round(seconds)) +
    (seconds > limit_seconds ? 1 : 0) +
    (state === 'running' ? RUNNING : 0)
  )
}

/** Ordered by duration, whether ended or not. */
const byDuration = (codes: Int32Array): Int32Array => codes.map((code) => (code < 0 ? code : code & ~RUNNING)).sort()

/**
 * The figures of a stage with the interval of its median, from the numbers of its incidents. The same as stageFigures and medianInterval of
 * their rows.
 */
export function codedFigures(
  codes: Int32Array,
): StageFigures & { median_low: number | null; median_high: number | null } {
  let n = 0
  let breached = 0
  let running = 0
  let missing = 0
  const running_at = new Map<number, number>()
  for (const code of codes) {
    if (code === -2) missing++
    if (code < 0) continue
    const late = (code & 1) === 1
    if ((code & RUNNING) !== 0) {
      const seconds = (code & ~RUNNING) >> 1
      running_at.set(seconds, (running_at.get(seconds) ?? 0) + 1)
      if (!late) running++
    }
    if (late || (code & RUNNING) === 0) n++
    if (late) breached++
  }
  const bins: DurationBin[] = []
  for (const code of byDuration(codes)) {
    if (code < 0) continue
    const seconds = code >> 1
    const bin = bins[bins.length - 1]
    if (bin?.seconds === seconds) bin.ended++
    else bins.push({ seconds, ended: 1, censored: 0 })
  }
  for (const bin of bins) {
    bin.censored = running_at.get(bin.seconds) ?? 0
    bin.ended -= bin.censored
  }
  const steps = survivalCurve(bins)
  const { low: median_low, high: median_high } = intervalOf(steps)
  return {
    n,
    breached,
    running,
    missing,
    ...wilson(breached, n),
    median_seconds: quantileOf(steps, 0.5),
    median_low,
    median_high,
  }
}
