import type { TideRow } from '../wire/hotspots.ts'
import { benjaminiHochberg } from './benjamini_hochberg.ts'
import { shareDifference } from './newcombe.ts'
import { twoSidedP } from './normal.ts'
import { rateRatio } from './rate_ratio.ts'

/**
 * WIB hours in which rob stands in the streets, `[from, to)`: in the morning and in the afternoon (planning values after the city's own
 * account of 07-11 and afternoons; no table of tides is read).
 */
export const TIDE_HOURS: readonly (readonly [number, number])[] = [
  [7, 11],
  [14, 19],
]
/** Months of the rain: October to April. */
export const RAIN_MONTHS: readonly number[] = [10, 11, 12, 1, 2, 3, 4]
/** Under this nothing is called a difference. */
const MIN_N = 10

export const inTideHours = (hour: number): boolean => TIDE_HOURS.some(([from, to]) => hour >= from && hour < to)
const TIDE_SHARE = TIDE_HOURS.reduce((sum, [from, to]) => sum + to - from, 0) / 24

export interface SeasonCount {
  incident_type: string
  n: number
  in_tide: number
  in_rain: number
}

/** z of two shares by their pooled variance; 0 where nothing varies. */
function twoShares(k1: number, n1: number, k2: number, n2: number): number {
  if (n1 === 0 || n2 === 0) return 0
  const pooled = (k1 + k2) / (n1 + n2)
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
  return spread > 0 ? (k1 / n1 - k2 / n2) / spread : 0
}

/**
 * Types by the hours of the tide and the months of the rain. The rate within over the rate outside says how often; since most of what
 * people report comes by day, whether it means anything is told by the share within against the share of all other types
 * (Newcombe's difference; two shares' z, Benjamini-Hochberg over the types). `rain_days` null: no whole year on record.
 */
export function seasons(
  types: readonly SeasonCount[],
  rain_days: { within: number; outside: number } | null,
): TideRow[] {
  const all = { n: 0, in_tide: 0, in_rain: 0 }
  for (const type of types) {
    all.n += type.n
    all.in_tide += type.in_tide
    all.in_rain += type.in_rain
  }
  const contrasts = (field: 'in_tide' | 'in_rain', hours: { within: number; outside: number }) => {
    const found = benjaminiHochberg(
      types.map((type) => twoSidedP(twoShares(type[field], type.n, all[field] - type[field], all.n - type.n))),
    )
    return types.map((type, i) => {
      const within = type[field]
      const outside = type.n - within
      const others = { within: all[field] - within, outside: all.n - type.n - (all[field] - within) }
      return {
        within,
        outside,
        ratio: rateRatio(within, hours.within, outside, hours.outside),
        others,
        difference: shareDifference(within, type.n, others.within, others.within + others.outside),
        q: found[i].q,
        significant: found[i].significant && type.n >= MIN_N,
      }
    })
  }
  const tide = contrasts('in_tide', { within: TIDE_SHARE, outside: 1 - TIDE_SHARE })
  const rain = rain_days && contrasts('in_rain', rain_days)
  return types.map(({ incident_type, n }, i) => ({ incident_type, n, tide: tide[i], rain: rain && rain[i] }))
}
