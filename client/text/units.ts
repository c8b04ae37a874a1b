import { locale, t } from './text.ts'

const REGION = locale === 'en' ? 'en-GB' : 'id-ID'

/** A number as it is written here, with at most (`exact`: just) so many digits behind the comma. */
export const decimal = (value: number, digits = 1, exact = false): string =>
  value.toLocaleString(REGION, { maximumFractionDigits: digits, minimumFractionDigits: exact ? digits : 0 })

/** `60 m`, `1,2 km`, `12 km`, `11.966 km`. */
export function metres(m: number): string {
  if (Math.round(m) < 1000) return `${Math.round(m)} m`
  if (m < 9950) return `${decimal(m / 1000, 1, true)} km`
  return `${Math.round(m / 1000).toLocaleString(REGION)} km`
}

/** A driving or turnout time: `45 dtk`, `3,5 mnt`, `12 mnt`. */
export function travelTime(seconds: number): string {
  if (seconds < 60) return t('seconds_short', { n: Math.round(seconds) })
  return t('minutes_short', { n: seconds < 600 ? decimal(seconds / 60, 1, true) : Math.round(seconds / 60) })
}
