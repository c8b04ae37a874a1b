import { relatedKinds } from './related.ts'

/**
 * Planning values of the model, until the room's own figures replace them. None is fitted to recorded calls: the demo and
 * its tests know the truth only because they invent it.
 */
export const PLANNING = {
  /** Share of all reports that repeat an open incident: of five reports one. */
  repeat_share: 0.2,
  /** Mean time from the first report to a repeated one; half of them come within 21 minutes. */
  repeat_mean_seconds: 1_800,
  /** Events of a usual hour, and how many hours of experience that is worth against the hour just passed. */
  events_per_hour: 3,
  events_weight_hours: 2,
  /** Callers name the place they stand at, not the one they see: standard deviation along each axis, for each of the two. */
  sight_sigma_m: 60,
  /** Kind chosen for a repeated report: the same, one related to it, any other; the three add up to 1. */
  same_kind: 0.82,
  related_kind: 0.16,
  other_kind: 0.02,
} as const

/** `accuracy_m` is the radius that holds the event in 9 of 10 cases: of a round normal error 2.146 standard deviations. */
const RADIUS_IN_SIGMA = Math.sqrt(-2 * Math.log(1 - 0.9))
/** Farther apart than this many standard deviations two pins are not the same event: 4e-6 of all. */
const REACH_SIGMA = 5
/** Radius in metres beyond which nothing exactly pinned repeats a report; add {@link REACHES} times the candidate's accuracy. */
export const reachM = (accuracy_m: number): number =>
  REACH_SIGMA * (accuracy_m / RADIUS_IN_SIGMA + 2 * PLANNING.sight_sigma_m)
export const REACHES = REACH_SIGMA / RADIUS_IN_SIGMA

export interface Report {
  accuracy_m: number
  /** Null while the operator has not chosen one: then it tells nothing. */
  incident_type: string | null
}

export interface Candidate {
  accuracy_m: number
  incident_type: string
  distance_m: number
  /** From the incident's report to this one, either sign. */
  age_seconds: number
}

export interface Setting {
  /** The city's area; events without each other's knowledge lie evenly over it. */
  area_m2: number
  /** How many kinds there are; independent events are of any of them alike. */
  kinds: number
  /** New events an hour, as {@link eventsPerHour} estimates it. */
  events_per_hour: number
}

/** Events of an hour to reckon with: the usual number and those of the last hour, weighed (a Gamma prior's mean). */
export const eventsPerHour = (last_hour: number): number =>
  (PLANNING.events_per_hour * PLANNING.events_weight_hours + last_hour) / (PLANNING.events_weight_hours + 1)

/** Variance along each axis of the separation of two pins of one event, m². */
export const separationVariance = (a_m: number, b_m: number): number =>
  (a_m / RADIUS_IN_SIGMA) ** 2 + (b_m / RADIUS_IN_SIGMA) ** 2 + 2 * PLANNING.sight_sigma_m ** 2

/**
 * How many times likelier the separation is for one event than for two: N(d; 0, v I) against even over the city. The even
 * density is 1 / (A + 2 pi v), for errors spread two pins beyond the city too: so it tends to 1, not to 0, when nothing
 * is known of where they are.
 */
export function placeRatio(distance_m: number, variance_m2: number, area_m2: number): number {
  const spread = 2 * Math.PI * variance_m2
  return (Math.exp((-distance_m * distance_m) / (2 * variance_m2)) / spread) * (area_m2 + spread)
}

/** How many times likelier the kind of the report is when it repeats an incident of `known` than when it is new; 1 without one. */
export function kindRatio(reported: string | null, known: string, kinds: number): number {
  if (reported === null || kinds < 2) return 1
  const related = relatedKinds(known)
  const others = Math.max(0, kinds - 1 - related.size)
  // A share that no kind takes goes to the same kind: the shares stay a distribution.
  const same = PLANNING.same_kind + (related.size ? 0 : PLANNING.related_kind) + (others ? 0 : PLANNING.other_kind)
  if (reported === known) return same * kinds
  if (related.has(reported)) return (PLANNING.related_kind / related.size) * kinds
  return others ? (PLANNING.other_kind / others) * kinds : 0
}

/**
 * The weight of "repeats this incident" where "is a new event" weighs 1: two Poisson streams seen at one moment. Repeats of
 * an incident come at rho / T exp(-t / T) a second (rho = s / (1 - s) repeats an event, s their share of all reports), new events at a steady rate.
 */
export function weight(report: Report, candidate: Candidate, setting: Setting): number {
  const rho = PLANNING.repeat_share / (1 - PLANNING.repeat_share)
  const repeats =
    (rho / PLANNING.repeat_mean_seconds) * Math.exp(-Math.abs(candidate.age_seconds) / PLANNING.repeat_mean_seconds)
  const fresh = setting.events_per_hour / 3_600
  return (
    (repeats / fresh) *
    placeRatio(candidate.distance_m, separationVariance(report.accuracy_m, candidate.accuracy_m), setting.area_m2) *
    kindRatio(report.incident_type, candidate.incident_type, setting.kinds)
  )
}

/**
 * The probability of each candidate that the report repeats it, in their order. A report repeats at most one, so they and
 * "a new event" share 1: p_i = w_i / (1 + sum w). All open incidents near belong in `candidates`: who is left out takes
 * nothing from the others.
 */
export function duplicateProbabilities(report: Report, candidates: readonly Candidate[], setting: Setting): number[] {
  const weights = candidates.map((candidate) => weight(report, candidate, setting))
  const total = weights.reduce((sum, each) => sum + each, 1)
  return weights.map((each) => each / total)
}
