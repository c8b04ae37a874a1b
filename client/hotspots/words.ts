import type { HotspotCell, HotspotStudy, MonthChange, StudyReason, TrendClass } from '../../geo/wire/hotspots.ts'
import { Z_NOTABLE } from '../map/ground/picture.ts'
import { monthWords } from '../text/months.ts'
import { locale } from '../text/text.ts'
import { decimal } from '../text/units.ts'
import type { Slot } from './state/choice.ts'
import type { ShownCell } from './state/narrow.ts'
import { say, sayTrend } from './text/say.ts'

const REGION = locale === 'en' ? 'en-GB' : 'id-ID'

/** `28 Nov 2026` of a WIB day. */
export const dayWords = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(REGION, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })

const two = (n: number) => String(n).padStart(2, '0')
export const hourWords = (from: number, to: number): string => say('filter_hours', { from: two(from), to: two(to) })
export const days = (long = false): string[] => say(long ? 'days_long' : 'days').split(',')

/** `hari Senin, pukul 08–16`. */
export function slotWords({ day, from, to }: Slot): string {
  const parts = day === null ? [] : [say('filter_day', { day: days(true)[day] })]
  if (from !== 0 || to !== 24) parts.push(hourWords(from, to))
  return parts.join(', ')
}

/** A z as it is written: with a true minus. */
export const zWords = (z: number): string => decimal(z, 1, true).replace('-', '−')

/** The kelurahan and what lies nearest: `Kraton, Pasar Banjarsari`. */
export const cellName = ({ kelurahan, place }: Pick<HotspotCell, 'kelurahan' | 'place'>): string =>
  place ? `${kelurahan}, ${place}` : kelurahan

export type Standing = 'hot' | 'cold' | 'notable' | 'ordinary' | 'few'
/** What may be said of a cell. */
export function standingOf({ z, significant }: Pick<ShownCell, 'z' | 'significant'>, too_few: boolean): Standing {
  if (too_few) return 'few'
  if (significant) return z > 0 ? 'hot' : 'cold'
  return z >= Z_NOTABLE ? 'notable' : 'ordinary'
}

export const trendName = (trend: TrendClass): string => sayTrend(`${trend}_name`)
export const trendCode = (trend: TrendClass): string => sayTrend(`${trend}_code`)
export const trendWhy = (trend: TrendClass): string => sayTrend(`${trend}_why`)

export const percent = (share: number, digits = 0): string => decimal(share * 100, digits)
/** Signed: `+12`, `−3`. */
export const signed = (value: number, digits = 0): string => {
  const text = decimal(Math.abs(value), digits)
  return Number(Math.abs(value).toFixed(digits)) === 0 ? '0' : `${value < 0 ? '−' : '+'}${text}`
}

type Past = MonthChange['previous']
export interface ChangeWords {
  /** `naik 12 %`; null: nothing to compare with, `why` says so. */
  what: string | null
  /** `−5 sampai +31 %`. */
  bounds: string
  /** Whether it may be chance, in words. */
  verdict: string
  why: string
  /** So few in both that nothing is said. */
  few: boolean
}
/** Fewer than this of both months together and a share of change says nothing. */
const CHANGE_MIN_N = 10
/** What a change from `past` to `n` says, and whether it may be chance. */
export function changeWords(n: number, past: Past): ChangeWords {
  const none = { what: null, bounds: '', verdict: '', few: false }
  if (past === null) return { ...none, why: say('change_none') }
  const { change, clear, month } = past
  if (n + past.n < CHANGE_MIN_N) return { ...none, few: true, why: say('change_few', { n: past.n }) }
  if (change === null) return { ...none, why: say('change_zero', { month: monthWords(month) }) }
  const by = Math.round((change.ratio - 1) * 100)
  const of = (ratio: number) => signed((ratio - 1) * 100)
  return {
    what: by === 0 ? say('change_same') : say(by > 0 ? 'change_up' : 'change_down', { n: decimal(Math.abs(by)) }),
    bounds:
      change.high === null
        ? say('change_bounds_open', { low: of(change.low) })
        : say('change_bounds', { low: of(change.low), high: of(change.high) }),
    verdict: say(clear ? 'change_clear' : 'change_chance'),
    why: '',
    few: false,
  }
}

/** From which of its twelve months on records are whole. */
export const wholeFrom = ({ trend_months, reasons }: Pick<HotspotStudy, 'trend_months' | 'reasons'>): number => {
  const short = reasonOf(reasons, 'records_short')
  return short ? Math.max(0, trend_months.length - short.n) : 0
}

/** The reason of a code among those given. */
export const reasonOf = (reasons: readonly StudyReason[], code: StudyReason['code']): StudyReason | undefined =>
  reasons.find((reason) => reason.code === code)
