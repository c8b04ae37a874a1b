import { medianSeconds } from '../stats/kaplan_meier.ts'
import { medianInterval } from '../stats/median_interval.ts'
import type { ModelledAgainstAchieved } from '../wire/coverage.ts'

/** One case: what the model says of its place at its hour, and what the first crew of the kind took, seconds. */
export interface Arrival {
  code: string
  name: string
  modelled: number
  achieved: number
}

/** Fewer say nothing about how the model and the crews agree. */
const ENOUGH_ARRIVALS = 5

export type Agreement = Omit<ModelledAgainstAchieved, 'from' | 'to' | 'bands' | 'kelurahan'>

/** Medians of both and of the ratio between them, with its interval; cases the model cannot reach count in none. */
function agreementOf(arrivals: readonly Arrival[]): Agreement {
  const all = (each: (arrival: Arrival) => number) => arrivals.map((one) => ({ seconds: each(one), ended: true }))
  const ratios = all((one) => one.achieved / one.modelled)
  const told = arrivals.length >= ENOUGH_ARRIVALS
  const { low, high } = medianInterval(ratios)
  return {
    n: arrivals.length,
    modelled_median_seconds: medianSeconds(all((one) => one.modelled)),
    achieved_median_seconds: medianSeconds(all((one) => one.achieved)),
    ratio: told ? medianSeconds(ratios) : null,
    ratio_low: told ? low : null,
    ratio_high: told ? high : null,
  }
}

/** The whole, by band of the modelled time, and by area with the most cases first. */
export function agreements(
  arrivals: readonly Arrival[],
  minutes: readonly number[],
): Omit<ModelledAgainstAchieved, 'from' | 'to'> {
  const known = arrivals.filter((one) => Number.isFinite(one.modelled) && one.modelled > 0)
  const edges = [0, ...minutes]
  const areas = new Map<string, Arrival[]>()
  for (const one of known) {
    const list = areas.get(one.code)
    if (list) list.push(one)
    else areas.set(one.code, [one])
  }
  return {
    ...agreementOf(known),
    bands: edges.map((from_minutes, i) => {
      const to_minutes = i < minutes.length ? minutes[i] : null
      const within = known.filter(
        ({ modelled }) =>
          (from_minutes === 0 || modelled > from_minutes * 60) && modelled <= (to_minutes ?? Infinity) * 60,
      )
      return { from_minutes, to_minutes, ...agreementOf(within) }
    }),
    kelurahan: [...areas]
      .map(([code, list]) => ({ code, name: list[0].name, ...agreementOf(list) }))
      .sort((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1)),
  }
}
