import type { LedgerAccuracy, LedgerShare } from '../../../geo/wire/ledger.ts'
import { locale } from '../../text/text.ts'
import { id as known } from './text/id.ts'
import type { LedgerKey } from './text/id.ts'
import { say } from './text/say.ts'

const decimal = (n: number, digits = 1) => n.toFixed(digits).replace('.', locale === 'en' ? '.' : ',')

/** `45 dtk`, `3,5 mnt`, `2 jam 5 mnt`; without a sign. */
export function time(seconds: number): string {
  const s = Math.round(Math.abs(seconds))
  if (s < 60) return say('seconds', { n: s })
  // 3,597 s and more would read as 60,0.
  if (s < 3597) return say('minutes', { n: decimal(s / 60) })
  const minutes = Math.round(s / 60)
  return say('hours', { h: Math.floor(minutes / 60), m: minutes % 60 })
}

/** An error in words: later or sooner than predicted. */
export const errorWords = (seconds: number): string =>
  Math.abs(seconds) < 0.5 ? say('exact') : say(seconds > 0 ? 'later_by' : 'sooner_by', { time: time(seconds) })

export const percent = (share: number): string => say('percent', { share: Math.round(share * 100) })

/** A share with its n and interval; under n = 5 only that there are too few. */
export function shareWords({ n, share, low, high, few }: LedgerShare): string {
  if (n === 0 || share === null || low === null || high === null) return say('nothing')
  if (few) return say('few', { n })
  const whole = (x: number) => Math.round(x * 100)
  return `${say('interval', { share: whole(share), low: whole(low), high: whole(high) })} · ${say('n', { n })}`
}

/** k of the compared arrivals as a share with its n. */
export const partWords = (k: number, { n }: LedgerAccuracy): string => percent(k / n)

/** The name of a code; a code from elsewhere stands for itself. */
export const reasonName = (code: string | null): string =>
  code === null ? say('unsaid') : code in known ? say(code as LedgerKey) : code
