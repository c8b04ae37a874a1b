import type { EtaError, Recommendation } from './types.ts'

/** Speed that turns metres of doubt about the place into seconds of doubt about the drive. */
const DOUBT_KMH = 30

/**
 * Planning value until the ledger has measured drives: a tenth of the drive, which is what one hour's traffic differs from the next
 * (geo/roads/speed.ts), and never under the 15 s that a level crossing costs in the mean and a single run meets or does not.
 */
export const ETA_ERROR: EtaError = { share: 0.1, least_seconds: 15 }

/** A unit that can go, as ties see it. */
export interface Timed {
  unit_id: string
  eta_seconds: number
  turnout_seconds: number
}
const totalOf = ({ eta_seconds, turnout_seconds }: Timed): number => eta_seconds + turnout_seconds

/**
 * Runs of units (soonest first) that lie within what cannot be told apart of their first. If the incident stands `accuracy_m` elsewhere,
 * one drive may be that much shorter and another that much longer; the error of the drive itself is independent of that.
 */
export function tiesOf(ordered: readonly Timed[], accuracy_m: number, error?: EtaError): Recommendation['ties'] {
  const place_seconds = (2 * accuracy_m) / (DOUBT_KMH / 3.6)
  const withinOf = ({ eta_seconds }: Timed): number =>
    error ? Math.hypot(place_seconds, Math.max(error.least_seconds, error.share * eta_seconds)) : place_seconds
  const groups: { within_seconds: number; members: Timed[] }[] = []
  for (const unit of ordered) {
    const group = groups.at(-1)
    if (group && totalOf(unit) - totalOf(group.members[0]) <= group.within_seconds) group.members.push(unit)
    else groups.push({ within_seconds: withinOf(unit), members: [unit] })
  }
  return groups
    .filter(({ members }) => members.length > 1)
    .map(({ members, within_seconds }) => ({ unit_ids: members.map(({ unit_id }) => unit_id), within_seconds }))
}
