import { minutesList, STANDARD_MINUTES, type CoverageFrom } from '../../../geo/wire/coverage.ts'

/** What somebody looks at; the address keeps it, so that a link shows the same. */
export interface Choice {
  agency_kind: string
  /** Limits, ascending. */
  minutes: readonly number[]
  from: CoverageFrom
}

export const FIRST_KIND = 'damkar'
/** Limits that one press puts in or takes out. */
export const OFFERED_MINUTES = [3, 5, 8, 10, 15, 20, 30, 45]
export const MOST_LIMITS = 6

/** `#damkar/5,10,15` or `#psc119/8,15/units`; what makes no sense is passed over. */
export function choiceOf(fragment: string): Choice {
  const [kind = '', list = '', from = ''] = fragment.replace(/^#/, '').replaceAll(/%2c/gi, ',').split('/')
  const minutes = minutesList.safeParse(list.split(',').map((each) => (each.trim() === '' ? NaN : Number(each))))
  return {
    agency_kind: /^[a-z0-9_]{1,64}$/.test(kind) ? kind : FIRST_KIND,
    minutes: minutes.success ? minutes.data : STANDARD_MINUTES,
    from: from === 'units' ? 'units' : 'posts',
  }
}

export const fragmentOf = ({ agency_kind, minutes, from }: Choice): string =>
  `#${agency_kind}/${minutes.join(',')}${from === 'units' ? '/units' : ''}`

/** The limits with one more or one less; never none, never more than six. */
export function toggled(minutes: readonly number[], one: number): readonly number[] {
  const next = minutes.includes(one) ? minutes.filter((each) => each !== one) : [...minutes, one].sort((a, b) => a - b)
  return next.length === 0 || next.length > MOST_LIMITS ? minutes : next
}
