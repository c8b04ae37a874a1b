import { wilson } from '../../geo/stats/wilson.ts'
import type { District, StageFigures } from '../../geo/wire/stats.ts'

/** Under this many ended stages a share is not shown, only its n. */
export const SHARE_MIN_N = 5

/** The share kept in time, in whole per cent, with its Wilson interval. The server speaks of the breached share. */
export interface Compliance {
  n: number
  /** Null under {@link SHARE_MIN_N}. */
  percent: number | null
  low: number
  high: number
}

const percent = (share: number) => Math.round(share * 100)

export function compliance(figures: Pick<StageFigures, 'n' | 'breached'>): Compliance {
  const { n, breached } = figures
  const { share, low, high } = wilson(n - breached, n)
  if (share === null || low === null || high === null || n < SHARE_MIN_N) return { n, percent: null, low: 0, high: 100 }
  return { n, percent: percent(share), low: percent(low), high: percent(high) }
}

/** The whole city from its districts: counts add up, shares do not. */
export function cityCompliance(districts: readonly District[], stage: 'agent' | 'opd'): Compliance {
  const sum = (key: 'n' | 'breached') => districts.reduce((total, d) => total + d[stage][key], 0)
  return compliance({ n: sum('n'), breached: sum('breached') })
}
