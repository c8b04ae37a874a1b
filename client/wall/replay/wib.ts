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

/** `2026-11-28 13:02:11` WIB, as it is typed; dots for colons will do, and seconds may be left out. */
export const fieldText = (at: number): string => wib(at).toISOString().slice(0, 19).replace('T', ' ')
export function fieldMoment(text: string): number | null {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d)[:.](\d\d)(?:[:.](\d\d))?$/.exec(text.trim())
  const at = found ? Date.parse(`${found[1]}T${found[2]}:${found[3]}:${found[4] ?? '00'}+07:00`) : NaN
  return Number.isNaN(at) ? null : at
}

/** A moment as it stands in the address: `2026-11-28T13:02:11+07:00`. The + may have become a space on its way. */
export const addressText = (at: number): string => `${fieldText(at).replace(' ', 'T')}+07:00`
export function addressMoment(text: string): number | null {
  const at = Date.parse(text.replace(/ (?=\d\d:\d\d$)/, '+'))
  return Number.isNaN(at) ? null : at
}

/** The address `href` with that moment in it, as a person may read it. */
export function addressAt(href: string, at: number): string {
  const address = new URL(href)
  address.searchParams.set('at', addressText(at))
  return address.href.replaceAll('%3A', ':').replace('%2B', '+')
}
