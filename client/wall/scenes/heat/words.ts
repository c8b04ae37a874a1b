import type { SlaCell } from '../../../../geo/wire/stats.ts'
import { stopsOf } from '../../../map/ground/ramp.ts'
import { decimal } from '../../../text/units.ts'
import { monthWords } from '../../../text/months.ts'
import { say } from '../text/say.ts'
import { lastMonth } from './choice.ts'
import type { HeatChoice, PeriodId } from './choice.ts'

/** An H3 cell of a level, metres across. */
const ACROSS_M: Record<string, number> = { '7': 2400, '8': 900, '9': 350, '10': 130 }

export const percent = (share: number): number => Math.round(share * 100)
/** Minutes, to a tenth under ten. */
const minutes = (seconds: number): string => decimal(seconds / 60, seconds < 600 ? 1 : 0)

export const periodWords = (period: PeriodId, now: number): string =>
  period === 'month' ? monthWords(lastMonth(now)) : say(`period_${period}`)

/** How coarse the figures became (`level` of /api/sla/cells). */
export function levelWords(level: string): string {
  if (level === 'kelurahan' || level === 'kecamatan') return say(`level_${level}`)
  const n = level.replace('h3-', '')
  return say('level_h3', { n, m: ACROSS_M[n] ?? '?' })
}

/** The legend's steps, the last one open. */
export function stopWords(choice: HeatChoice): string[] {
  const from = stopsOf(choice)
  return from.map(
    (x, i) => `${choice.measure === 'share' ? percent(x) : minutes(x)}${i === from.length - 1 ? '+' : ''}`,
  )
}

interface Figure {
  value: string
  unit: string
  whisker: {
    value: number | null
    low: number | null
    high: number | null
    mark: number | null
    label: string
    over: boolean
  }
}

/** A cell's figure in words and on its axis: the share against the city's, the median against its limit in seconds. */
export function figureOf(cell: SlaCell, measure: HeatChoice['measure'], city: number | null, limit: number): Figure {
  if (measure === 'share') {
    const { share, low, high } = cell
    return {
      value: String(percent(share ?? 0)),
      unit: '%',
      whisker: {
        ...{ value: share, low, high, mark: city },
        label: `${percent(low ?? 0)}–${percent(high ?? 1)} %`,
        over: city !== null && (low ?? 0) > city,
      },
    }
  }
  const { median_seconds: value, median_low = null, median_high = null } = cell
  return {
    value: minutes(value ?? 0),
    unit: say('unit_minutes'),
    whisker: {
      ...{ value, low: median_low, high: median_high, mark: limit },
      label: `${minutes(median_low ?? 0)}–${median_high === null ? '?' : minutes(median_high)} ${say('unit_minutes')}`,
      over: (value ?? 0) > limit,
    },
  }
}
