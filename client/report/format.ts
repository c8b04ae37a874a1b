import type { StageFigures } from '../../geo/wire/stats.ts'
import { decimal } from '../text/units.ts'
import { say } from './text/say.ts'

const WIB_MS = 7 * 3_600_000
/** Under this n a share is told and not judged. */
export const FEW = 5

export const percent = (share: number, digits = 1): string => `${decimal(share * 100, digits, true)}\u00a0%`
export const whole = (n: number): string => decimal(n, 0)

interface Interval {
  n: number
  share: number | null
  low: number | null
  high: number | null
}
/** `12,3 % (8,1–18,0 %; n = 123)`; under n = 5 only that there are too few. */
export function shareWords({ n, share, low, high }: Interval, with_n = true): string {
  if (n === 0 || share === null || low === null || high === null) return say('none')
  if (n < FEW) return say('few', { n })
  const words = { share: percent(share), low: decimal(low * 100, 1, true), high: percent(high), n: whole(n) }
  return say(with_n ? 'of_n' : 'share_only', words)
}
export const lateWords = (stage: StageFigures, with_n = true): string => shareWords(stage, with_n)

/** `45 dtk`, `4 mnt 12 dtk`, `1 jam 5 mnt`; null where the figure is not reached. */
export function duration(seconds: number | null): string {
  if (seconds === null) return say('none')
  const s = Math.round(Math.abs(seconds))
  const sign = seconds < 0 ? '−' : ''
  if (s < 60) return sign + say('seconds', { n: s })
  if (s < 600 && s % 60 !== 0) return sign + say('minutes_seconds', { m: Math.floor(s / 60), s: s % 60 })
  const minutes = Math.round(s / 60)
  if (minutes < 60) return sign + say('minutes', { m: minutes })
  return sign + say('hours_minutes', { h: Math.floor(minutes / 60), m: minutes % 60 })
}

export const monthWords = (month: string): string =>
  `${say('months').split(',')[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
export const monthShort = (month: string): string =>
  `${say('months_short').split(',')[Number(month.slice(5)) - 1]} ${month.slice(2, 4)}`

/** `1 Oktober 2026` of a WIB day `2026-10-01`. */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${say('months').split(',')[month - 1]} ${year}`
}
const wib = (at: number) => new Date(at + WIB_MS).toISOString()
/** The WIB day of an instant, and its day and clock in words. */
export const dayOf = (text: string): string => wib(Date.parse(text)).slice(0, 10)
export const lastDayOf = (to: string): string => wib(Date.parse(to) - 1).slice(0, 10)
export const momentWords = (text: string): string =>
  `${dayWords(dayOf(text))} ${wib(Date.parse(text)).slice(11, 16).replace(':', '.')}`
