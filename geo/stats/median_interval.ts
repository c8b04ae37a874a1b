import { kaplanMeier } from './kaplan_meier.ts'
import type { Duration, SurvivalStep } from './kaplan_meier.ts'
import { Z_95 } from './normal.ts'

export interface MedianInterval {
  /** Null: the curve's own bound never falls to one half, so none can be told on that side. */
  low: number | null
  high: number | null
}

/**
 * 95 % interval of the Kaplan-Meier median (Brookmeyer and Crowley 1982): where the bounds of the curve cross one half, by Greenwood's
 * variance on the log scale, as R's `survfit`.
 */
export const medianInterval = (durations: readonly Duration[]): MedianInterval => intervalOf(kaplanMeier(durations))

export function intervalOf(steps: readonly SurvivalStep[]): MedianInterval {
  let greenwood = 0
  const found: MedianInterval = { low: null, high: null }
  for (const { seconds, survival, at_risk, ended } of steps) {
    // The last one at risk ends it: the curve is 0 and has no bounds any more.
    if (survival <= 0) break
    greenwood += ended / (at_risk * (at_risk - ended))
    const half = Z_95 * Math.sqrt(greenwood)
    if (survival * Math.exp(-half) <= 0.5) found.low ??= seconds
    if (survival * Math.exp(half) <= 0.5) {
      found.high = seconds
      break
    }
  }
  return found
}
