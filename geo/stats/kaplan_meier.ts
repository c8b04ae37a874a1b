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

/** How many ended and how many were censored at one duration. */
export interface DurationBin {
  seconds: number
  ended: number
  censored: number
}

/** Ascending. */
function binsOf(durations: readonly Duration[]): DurationBin[] {
  const bins: DurationBin[] = []
  for (const { seconds, ended } of [...durations].sort((a, b) => a.seconds - b.seconds)) {
    let bin = bins[bins.length - 1]
    if (bin?.seconds !== seconds) bins.push((bin = { seconds, ended: 0, censored: 0 }))
    if (ended) bin.ended++
    else bin.censored++
  }
  return bins
}

/**
 * The Kaplan-Meier curve of bins in ascending order: one step per duration that saw an end. What is censored at the very
 * moment of an end was still at risk then.
 */
export function survivalCurve(bins: readonly DurationBin[]): SurvivalStep[] {
  const steps: SurvivalStep[] = []
  let at_risk = bins.reduce((sum, { ended, censored }) => sum + ended + censored, 0)
  let survival = 1
  for (const { seconds, ended, censored } of bins) {
    if (ended > 0) {
      survival *= 1 - ended / at_risk
      steps.push({ seconds, survival, at_risk, ended })
    }
    at_risk -= ended + censored
  }
  return steps
}

export const kaplanMeier = (durations: readonly Duration[]): SurvivalStep[] => survivalCurve(binsOf(durations))

/** Products of fractions miss one half by a rounding error; nothing real comes this close. */
const TOLERANCE = 1e-9

/**
 * When the share `share` (0 to 1) had ended; null when the curve never comes there. Where it rests at exactly that share, the middle of
 * the stretch (as R's `survfit`), so that without censoring the median is the ordinary one. Where it rests there to the end, its beginning:
 * R takes the middle up to the last one running, which the next case that still runs would move. The same as
 * sql/functions/stats_km_quantiles.sql.
 */
export function quantileOf(steps: readonly SurvivalStep[], share: number): number | null {
  const left = 1 - share
  const at = steps.findIndex((step) => step.survival <= left + TOLERANCE)
  if (at < 0) return null
  const rests = steps[at].survival >= left - TOLERANCE && at + 1 < steps.length
  return rests ? (steps[at].seconds + steps[at + 1].seconds) / 2 : steps[at].seconds
}

export const quantileSeconds = (durations: readonly Duration[], share: number): number | null =>
  quantileOf(kaplanMeier(durations), share)

/** The Kaplan-Meier median; null when the curve never falls to one half. */
export const medianSeconds = (durations: readonly Duration[]): number | null => quantileSeconds(durations, 0.5)
