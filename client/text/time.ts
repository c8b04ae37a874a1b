import { t } from './text.ts'

const DAY_SECONDS = 86_400

const WIB_OFFSET_MS = 7 * 3_600_000
const two = (n: number) => String(n).padStart(2, '0')

/** `13:42:07` WIB of an instant (epoch ms). */
export function wibClock(at: number): string {
  return new Date(at + WIB_OFFSET_MS).toISOString().slice(11, 19)
}

/** `11.00` of the WIB day of `now`, else `30/11 11.00` (epoch ms). */
export function wibHourMinute(at: number, now: number): string {
  const text = new Date(at + WIB_OFFSET_MS).toISOString()
  const clock = `${text.slice(11, 13)}.${text.slice(14, 16)}`
  const today = new Date(now + WIB_OFFSET_MS).toISOString().slice(0, 10)
  return text.slice(0, 10) === today ? clock : `${text.slice(8, 10)}/${text.slice(5, 7)} ${clock}`
}

/** A duration in the words of the wall: `8 dtk`, `4 mnt`, `3 jam`, `2 hari`; rounded down, so an age is never overstated. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds))
  if (s < 60) return t('seconds_short', { n: s })
  if (s < 3600) return t('minutes_short', { n: Math.floor(s / 60) })
  if (s < DAY_SECONDS) return t('hours_short', { n: Math.floor(s / 3600) })
  return t('days_short', { n: Math.floor(s / DAY_SECONDS) })
}

/** A driving time still to go: whole minutes, rounded up, as one says it aloud. */
export function minutesUp(seconds: number): string {
  return t('minutes_short', { n: Math.max(1, Math.ceil(seconds / 60)) })
}

/**
 * A stage clock: `02:04` left, `+02:04` over. From 100 minutes on `+3j 25` (hours, minutes), from a day on `+2 hari`: four
 * digits of minutes are read by nobody.
 */
export function stageTime(remaining_seconds: number): string {
  const over = remaining_seconds < 0
  const s = over ? Math.floor(-remaining_seconds) : Math.ceil(remaining_seconds)
  const sign = over ? '+' : ''
  if (s < 6000) return `${sign}${two(Math.floor(s / 60))}:${two(s % 60)}`
  if (s >= DAY_SECONDS) return sign + t('days_short', { n: Math.floor(s / DAY_SECONDS) })
  return `${sign}${t('hours_minutes', { h: Math.floor(s / 3600), m: two(Math.floor((s % 3600) / 60)) })}`
}
