import { locale } from '../../text/text.ts'

const OFFSET_MS = 7 * 3_600_000
const MONTHS = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
const wib = (at: number) => new Date(at + OFFSET_MS)

/** `28 Nov 2026` of an instant, WIB. */
export function wibDate(at: number): string {
  const day = wib(at)
  return `${day.getUTCDate()} ${MONTHS[locale][day.getUTCMonth()]} ${day.getUTCFullYear()}`
}

/** `13.02.11` of an instant, WIB. */
export const wibDots = (at: number): string => wib(at).toISOString().slice(11, 19).replaceAll(':', '.')

/** `2026-11-28T13:02:11` WIB, as a field of date and time has it; and back. */
export const fieldText = (at: number): string => wib(at).toISOString().slice(0, 19)
export function fieldMoment(text: string): number | null {
  const at = Date.parse(`${text.length === 16 ? `${text}:00` : text}+07:00`)
  return Number.isNaN(at) ? null : at
}

/** A moment as it stands in the address: `2026-11-28T13:02:11+07:00`. The + may have become a space on its way. */
export const addressText = (at: number): string => `${fieldText(at)}+07:00`
export function addressMoment(text: string): number | null {
  const at = Date.parse(text.replace(/ (?=\d\d:\d\d$)/, '+'))
  return Number.isNaN(at) ? null : at
}
