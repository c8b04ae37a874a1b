import { wibDay } from '../../geo/sla/shift.ts'
import { say } from './text/say.ts'

const WIB_MS = 7 * 3_600_000

/** `Jumat 4 Des 2026` of the WIB day of an instant (epoch ms). */
export function dayWords(at: number): string {
  const [year, month, day] = wibDay(at).split('-').map(Number)
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return `${say('weekdays').split(',')[weekday]} ${day} ${say('months_short').split(',')[month - 1]} ${year}`
}

/** The last day of a term that ends with it, at 24.00 WIB. */
export const lastDay = (due_at: number): string => dayWords(due_at - 1)

/** `4 Des 13.05`, WIB. */
export function momentWords(text: string): string {
  const at = Date.parse(text)
  const [, month, day] = wibDay(at).split('-').map(Number)
  const clock = new Date(at + WIB_MS).toISOString().slice(11, 16).replace(':', '.')
  return `${day} ${say('months_short').split(',')[month - 1]} ${clock}`
}

/** What a `datetime-local` field holds, read as WIB: ISO 8601 with offset, undefined when empty. */
export const fromWibField = (value: string): string | undefined => (value ? `${value}:00+07:00` : undefined)

/** `November 2026` of `2026-11`. */
export const monthWords = (month: string): string =>
  `${say('months').split(',')[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
