import type { Breach } from '../../../geo/wire/breach.ts'
import { toField } from '../closures/state/wib_time.ts'

export const BREACH_WORDS = ['what', 'data', 'how', 'measures'] as const

/** The words on a breach as its form holds them; `found_at` as a datetime-local field does, in WIB. */
export type BreachDraft = Record<'found_at' | 'subjects' | (typeof BREACH_WORDS)[number], string>

/** `now`: epoch ms, for one that is not registered yet. */
export const draftOf = (breach: Breach | null, now: number): BreachDraft => ({
  found_at: toField(breach ? Date.parse(breach.found_at) : now),
  what: breach?.what ?? '',
  data: breach?.data ?? '',
  how: breach?.how ?? '',
  measures: breach?.measures ?? '',
  subjects: breach?.subjects?.toString() ?? '',
})

/**
 * The form once the record became `newest`: fields nobody typed in follow it, the others stay. `base` is what it began from. Null: somebody else
 * wrote where this hand typed, so the form still speaks of the record that it began from.
 */
export function rebased(draft: BreachDraft, base: BreachDraft, newest: BreachDraft): BreachDraft | null {
  const next = { ...draft }
  for (const key of ['found_at', 'subjects', ...BREACH_WORDS] as const) {
    if (draft[key] === base[key]) next[key] = newest[key]
    else if (newest[key] !== base[key] && newest[key] !== draft[key].trim()) return null
  }
  return next
}
