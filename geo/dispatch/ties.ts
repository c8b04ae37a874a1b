import type { Recommendation } from './types.ts'

/** Speed that turns metres of doubt about the place into seconds of doubt about the drive. */
const DOUBT_KMH = 30

interface Timed {
  unit_id: string
  eta_seconds: number
  turnout_seconds: number
}
const totalOf = ({ eta_seconds, turnout_seconds }: Timed): number => eta_seconds + turnout_seconds

/**
 * Units, soonest first, that cannot be told apart: if the incident stands `accuracy_m` elsewhere, one drive may be that much shorter
 * and another that much longer.
 */
export function tiesOf(ordered: readonly Timed[], accuracy_m: number): Recommendation['ties'] {
  const within_seconds = (2 * accuracy_m) / (DOUBT_KMH / 3.6)
  const groups: Timed[][] = []
  for (const unit of ordered) {
    const group = groups.at(-1)
    if (group && totalOf(unit) - totalOf(group[0]) <= within_seconds) group.push(unit)
    else groups.push([unit])
  }
  return groups
    .filter((group) => group.length > 1)
    .map((group) => ({ unit_ids: group.map(({ unit_id }) => unit_id), within_seconds }))
}
