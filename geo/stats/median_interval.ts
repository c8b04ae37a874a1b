import type { Duration } from './kaplan_meier.ts'
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
export function medianInterval(durations: readonly Duration[]): MedianInterval {
  const sorted = [...durations].sort((a, b) => a.seconds - b.seconds)
  let survival = 1
  let greenwood = 0
  const found: MedianInterval = { low: null, high: null }
  for (let i = 0; i < sorted.length && found.high === null;) {
    const { seconds } = sorted[i]
    const at_risk = sorted.length - i
    let ended = 0
    for (; i < sorted.length && sorted[i].seconds === seconds; i++) if (sorted[i].ended) ended++
    if (ended === 0) continue
    survival *= 1 - ended / at_risk
    // The last one at risk ends it: the curve is 0 and has no bounds any more.
    if (survival <= 0) {
      found.low ??= seconds
      break
    }
    greenwood += ended / (at_risk * (at_risk - ended))
    const half = Z_95 * Math.sqrt(greenwood)
    if (survival * Math.exp(-half) <= 0.5) found.low ??= seconds
    if (survival * Math.exp(half) <= 0.5) found.high = seconds
  }
  return found
}
