import { WARNING_SHARE } from './limits.ts'

export const CLOCK_STATES = ['running', 'warning', 'breached', 'met', 'unknown'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

export interface StageTimes {
  /** Epoch milliseconds; null when the stage has not begun or its beginning is not known. */
  started_at: number | null
  /** Epoch milliseconds; null while it runs. */
  ended_at: number | null
  limit_seconds: number
  now: number
  /** When the stage is expected to end, epoch milliseconds: past the limit it warns at once. */
  forecast_end_at?: number | null
  /** The end is missing and will not come (late entry, closed without it): unknown instead of running for ever. */
  end_lost?: boolean
}

export interface StageClock {
  state: ClockState
  /** Never negative; null when unknown. */
  elapsed_seconds: number | null
  /** Limit minus elapsed: negative once breached; null when unknown. */
  remaining_seconds: number | null
  /** Epoch milliseconds at which the limit is (or was) reached; null when unknown. */
  due_at: number | null
}

export const UNKNOWN_CLOCK: Readonly<StageClock> = Object.freeze({
  state: 'unknown',
  elapsed_seconds: null,
  remaining_seconds: null,
  due_at: null,
})

/**
 * The clock of one stage of the service standard. Exactly at the limit is still in time; a stage that ended late stays
 * `breached`. `unknown` (not begun, or times missing) never alarms.
 */
export function stageClock(stage: StageTimes): StageClock {
  const { started_at, ended_at, limit_seconds, now, forecast_end_at, end_lost } = stage
  if (started_at === null || (ended_at === null && end_lost)) return { ...UNKNOWN_CLOCK }
  const elapsed_seconds = Math.max(0, ((ended_at ?? now) - started_at) / 1000)
  const due_at = started_at + limit_seconds * 1000
  return {
    state: stateOf(
      elapsed_seconds,
      limit_seconds,
      ended_at !== null,
      forecast_end_at != null && forecast_end_at > due_at,
    ),
    elapsed_seconds,
    remaining_seconds: limit_seconds - elapsed_seconds,
    due_at,
  }
}

function stateOf(elapsed_seconds: number, limit_seconds: number, ended: boolean, late_forecast: boolean): ClockState {
  if (elapsed_seconds > limit_seconds) return 'breached'
  if (ended) return 'met'
  return late_forecast || elapsed_seconds >= WARNING_SHARE * limit_seconds ? 'warning' : 'running'
}
