import { monthBeside, wibMonth } from '../../../../geo/sla/month.ts'
import type { Measure, Stage } from '../../../map/ground/ramp.ts'
import { lastDays } from '../../../state/figures.svelte.ts'

export const PERIODS = ['24h', '7d', '30d', 'month', '12m'] as const
export type PeriodId = (typeof PERIODS)[number]
export const STAGES = ['opd', 'agent', 'fire'] as const

/** What the heat shows. A smoothed surface is one of shares. */
export interface HeatChoice {
  stage: Stage
  measure: Measure
  period: PeriodId
  smooth: boolean
}

/** What the wall goes through by itself: the year first, where there is enough to see; each long enough to be read across a room. */
export const ROUND: readonly HeatChoice[] = [
  { stage: 'opd', measure: 'share', period: '12m', smooth: false },
  { stage: 'opd', measure: 'share', period: '12m', smooth: true },
  { stage: 'opd', measure: 'median', period: '12m', smooth: false },
  { stage: 'opd', measure: 'share', period: '30d', smooth: false },
  { stage: 'agent', measure: 'share', period: '12m', smooth: false },
  { stage: 'fire', measure: 'share', period: '12m', smooth: false },
]
export const STEP_MS = 10_000
/** Somebody chose by hand: the round rests this long. */
export const HELD_MS = 120_000

const next = <T>(of: readonly T[], now: T) => of[(of.indexOf(now) + 1) % of.length]

/** The choice after a key, else null: T stage, U measure, M period, H smoothed. */
export function chosenBy(key: string, now: HeatChoice): HeatChoice | null {
  switch (key.toLowerCase()) {
    case 't':
      return { ...now, stage: next(STAGES, now.stage) }
    case 'u':
      return { ...now, measure: now.measure === 'share' ? 'median' : 'share', smooth: false }
    case 'm':
      return { ...now, period: next(PERIODS, now.period) }
    case 'h':
      return { ...now, measure: 'share', smooth: !now.smooth }
    default:
      return null
  }
}

/** The WIB month `2026-10` that was over last at an instant (epoch ms). */
export function lastMonth(now: number): string {
  return monthBeside(wibMonth(now), -1)
}

/** `from=&to=` of a period at an instant (epoch ms). */
export function edgesOf(period: PeriodId, now: number): string {
  switch (period) {
    case '24h':
      return `from=${new Date(now - 86_400_000).toISOString()}&to=${new Date(now).toISOString()}`
    case '7d':
      return lastDays(7, now)
    case '30d':
      return lastDays(30, now)
    case 'month':
      return `from=${lastMonth(now)}-01&to=${wibMonth(now)}-01`
    case '12m':
      return lastDays(365, now)
  }
}
