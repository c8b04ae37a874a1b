import type { ExcludedUnit, Recommendation, RecommendedUnit } from './types.ts'

/** A unit as the ledger remembers it; `seconds` is ETA + turn-out as known at the choice, null where it had no price. */
export interface Priced {
  unit_id: string
  callsign: string
  seconds: number | null
}

/** Somebody sent in place of one that the recommendation puts before. */
export interface PassedOver {
  first: Priced
  sent: Priced
  /** How much later the one sent was expected; null where either has no price. */
  lost_seconds: number | null
}

/**
 * What a choice made of one kind's recommendation. `first`: the first of the kind go (as many as were sent), or others that cannot be told
 * from them; `other`: somebody was passed over; `none`: there was no first (nobody was suggested).
 */
export interface KindVerdict {
  agency_kind: string
  outcome: 'first' | 'other' | 'none'
  /** The first ones of the kind that the choice is held against, soonest first. */
  firsts: (Priced & { sent: boolean })[]
  passed_over: PassedOver[]
}
export type Outcome = KindVerdict['outcome']

/** What of a recommendation is looked at. */
type Ranked = Pick<Recommendation, 'agency_kind' | 'units' | 'excluded' | 'ties'>

/**
 * Holds a choice of units against the recommendation, kind by kind; kinds of which nobody was chosen are left out: to send none of a kind,
 * or only word to its agency, passes over no unit.
 *
 * Of a kind's suggested units, soonest first, as many count as first as units of it were chosen. One of these that stays behind while another goes
 * is passed over, unless the two are a declared tie with the same asked skills. More than suggested may be anybody. A unit that was excluded
 * (busy) is never first. Units of a kind that nobody asked for have no first: nothing of theirs is suggested.
 */
export function verdictsOf(groups: readonly Ranked[], unit_ids: readonly string[]): KindVerdict[] {
  const chosen = new Set(unit_ids)
  return groups.flatMap((group) => verdictOf(group, chosen) ?? [])
}

function verdictOf({ agency_kind, units, excluded, ties }: Ranked, chosen: ReadonlySet<string>): KindVerdict | null {
  const sent = [...units, ...excluded].filter(({ unit_id }) => chosen.has(unit_id))
  if (sent.length === 0) return null
  const firsts = units.filter((unit) => unit.suggested).slice(0, sent.length)
  const behind = firsts.filter(({ unit_id }) => !chosen.has(unit_id))
  const others = sent.filter((unit) => !firsts.some((first) => first.unit_id === unit.unit_id))
  const tied = (a: string, b: string) => ties.some(({ unit_ids }) => unit_ids.includes(a) && unit_ids.includes(b))

  const free = new Set(others)
  const take = (fits: (other: (typeof others)[number]) => boolean) => {
    const found = others.find((other) => free.has(other) && fits(other))
    if (found) free.delete(found)
    return found
  }
  const unmatched = behind.filter(
    (first) => !take((other) => tied(first.unit_id, other.unit_id) && skillsOf(other) === skillsOf(first)),
  )
  const passed_over = unmatched.flatMap((first): PassedOver[] => {
    // A suggested one that fills another wish of the need stands in nobody's place.
    const other = take((unit) => !('suggested' in unit && unit.suggested) || skillsOf(unit) === skillsOf(first))
    if (!other) return []
    const pair = { first: pricedOf(first), sent: pricedOf(other) }
    const { first: a, sent: b } = pair
    return [{ ...pair, lost_seconds: a.seconds === null || b.seconds === null ? null : b.seconds - a.seconds }]
  })
  const outcome = firsts.length === 0 ? 'none' : passed_over.length > 0 ? 'other' : 'first'
  return {
    agency_kind,
    outcome,
    firsts: firsts.map((unit) => ({ ...pricedOf(unit), sent: chosen.has(unit.unit_id) })),
    passed_over,
  }
}

const skillsOf = (unit: RecommendedUnit | ExcludedUnit): string =>
  'skills' in unit ? [...unit.skills].sort().join() : ''

const pricedOf = (unit: {
  unit_id: string
  callsign: string
  eta_seconds?: number | null
  turnout_seconds?: number | null
}): Priced => ({
  unit_id: unit.unit_id,
  callsign: unit.callsign,
  seconds: unit.eta_seconds == null ? null : unit.eta_seconds + (unit.turnout_seconds ?? 0),
})

/** Of a whole decision: `other` when that happened in any kind, `none` when no kind had a first. */
export const outcomeOf = (verdicts: readonly KindVerdict[]): Outcome =>
  verdicts.some(({ outcome }) => outcome === 'other')
    ? 'other'
    : verdicts.some(({ outcome }) => outcome === 'first')
      ? 'first'
      : 'none'

/** Whether a choice needs a reason: the one rule, asked by the console before it sends and by the server before it writes. */
export const owesReason = (groups: readonly Ranked[], unit_ids: readonly string[]): boolean =>
  outcomeOf(verdictsOf(groups, unit_ids)) === 'other'
