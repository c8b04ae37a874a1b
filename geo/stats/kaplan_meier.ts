export interface Duration {
  /** Whole seconds are what the figures use; any finite unit works. */
  seconds: number
  /** False: still running, its end lies beyond `seconds` (right-censored). */
  ended: boolean
}

export interface SurvivalStep {
  seconds: number
  /** Share that lasts longer than `seconds`. */
  survival: number
  /** Of those still at risk then, how many ended. */
  at_risk: number
  ended: number
}

/**
 * The Kaplan-Meier curve: one step per distinct duration that saw an end, ascending. What is censored at the very
 * moment of an end was still at risk then.
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalStep[] {
  const sorted = [...durations].sort((a, b) => a.seconds - b.seconds)
  const steps: SurvivalStep[] = []
  let survival = 1
  for (let i = 0; i < sorted.length;) {
    const { seconds } = sorted[i]
    const at_risk = sorted.length - i
    let ended = 0
    for (; i < sorted.length && sorted[i].seconds === seconds; i++) if (sorted[i].ended) ended++
    if (ended === 0) continue
    survival *= 1 - ended / at_risk
    steps.push({ seconds, survival, at_risk, ended })
  }
  return steps
}

/** Products of fractions miss one half by a rounding error; nothing real comes this close. */
const TOLERANCE = 1e-9

/**
 * The Kaplan-Meier median; null when the curve never falls to one half. Where it rests at exactly one half, the middle of that
 * stretch (as R's `survfit`), so that without censoring it is the ordinary median. Where it rests there to the end, its beginning: R
 * takes the middle up to the last one running, which the next case that still runs would move.
 */
export function medianSeconds(durations: readonly Duration[]): number | null {
  const steps = kaplanMeier(durations)
  const at = steps.findIndex((step) => step.survival <= 0.5 + TOLERANCE)
  if (at < 0) return null
  const rests = steps[at].survival >= 0.5 - TOLERANCE && at + 1 < steps.length
  return rests ? (steps[at].seconds + steps[at + 1].seconds) / 2 : steps[at].seconds
}
