import { OUT_OF_REACH } from './map/shades.ts'
import { locale } from '../text/text.ts'
import { decimal, travelTime } from '../text/units.ts'
import { say } from './text/say.ts'

const REGION = locale === 'en' ? 'en-GB' : 'id-ID'
const KINDS: Record<string, string> = {
  damkar: 'Damkar',
  psc119: 'PSC 119',
  satpol: 'Satpol PP',
  polairud: 'Polairud',
  polres: 'Polres',
  dishub: 'Dishub',
  dinsos: 'Dinsos',
  basarnas: 'Basarnas',
}

/** A kind of agency as people call it. */
export const kindWords = (kind: string): string => KINDS[kind] ?? kind.toUpperCase()

/** `182.400`: nobody believes single people of a model, so from 1,000 on tens are enough. */
export const people = (n: number): string =>
  (Math.abs(n) < 1000 ? Math.round(n) : Math.round(n / 10) * 10).toLocaleString(REGION)

/** `87 %`; `99,6 %` and `0,4 %` near the ends, where a whole number would say all or nothing. */
export function percent(share: number | null): string {
  if (share === null) return '–'
  const value = share * 100
  return `${decimal(value, (value > 99 && value < 99.95) || (value < 1 && value >= 0.05) ? 1 : 0)}\u00a0%`
}

/** `7,4 mnt`; what no road leads to within an hour says so. */
export const arrival = (seconds: number | null): string =>
  seconds === null || seconds >= OUT_OF_REACH ? say('unreached') : travelTime(seconds)

/** With its sign, a real minus; nothing is `0`. */
export function signed(value: number, words: (n: number) => string): string {
  const told = words(Math.abs(value))
  return /[1-9]/.test(told) ? `${value < 0 ? '−' : '+'}${told}` : told
}

/** Seconds gained or lost: `−38 dtk`. Null: nobody to ask about. */
export const change = (seconds: number | null): string => (seconds === null ? '–' : signed(seconds, travelTime))

/** Whether a change is a gain or a loss, as its class; empty: neither. */
export const tone = (value: number, less_is_better = false): 'gain' | 'loss' | '' =>
  Math.round(value) === 0 ? '' : value > 0 !== less_is_better ? 'gain' : 'loss'
