import { locale, t } from './text.ts'

const decimal = (n: number) => n.toFixed(1).replace('.', locale === 'en' ? '.' : ',')

/** `60 m`, `1,2 km`. */
export const metres = (m: number) => (m < 1000 ? `${Math.round(m)} m` : `${decimal(m / 1000)} km`)

/** A driving or turnout time: `45 dtk`, `3,5 mnt`, `12 mnt`. */
export function travelTime(seconds: number): string {
  if (seconds < 60) return t('seconds_short', { n: Math.round(seconds) })
  return t('minutes_short', { n: seconds < 600 ? decimal(seconds / 60) : Math.round(seconds / 60) })
}
