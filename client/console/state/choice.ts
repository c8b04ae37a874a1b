import type { Recommendation } from '../../../geo/dispatch/types.ts'

/** Who is to be sent: ids of units and of agencies that are only told. */
export interface Choice {
  unit_ids: ReadonlySet<string>
  agency_ids: ReadonlySet<string>
}

/** The suggested units of each need; of a kind without followed units the nearest agency, unless `told` already has one. */
export function suggestion(groups: readonly Recommendation[], told: ReadonlySet<string> = new Set()): Choice {
  const tell = groups.flatMap(({ units, agencies }) =>
    units.length === 0 && agencies.length > 0 && !agencies.some((a) => told.has(a.agency_id))
      ? [agencies[0].agency_id]
      : [],
  )
  return {
    unit_ids: new Set(
      groups.flatMap(({ units }) => units.filter((unit) => unit.suggested).map((unit) => unit.unit_id)),
    ),
    agency_ids: new Set(tell),
  }
}

/** What of an earlier choice can still be sent: busy ones as long as they are busy and something was said of their job. */
export function stillPossible(
  groups: readonly Recommendation[],
  choice: Choice,
  said_of: ReadonlySet<string> = new Set(),
): Choice {
  const units = new Set(
    groups.flatMap((group) => [
      ...group.units.map((unit) => unit.unit_id),
      ...group.excluded.filter((unit) => unit.code === 'busy' && said_of.has(unit.unit_id)).map((unit) => unit.unit_id),
    ]),
  )
  const agencies = new Set(groups.flatMap((group) => group.agencies.map((agency) => agency.agency_id)))
  return {
    unit_ids: new Set([...choice.unit_ids].filter((id) => units.has(id))),
    agency_ids: new Set([...choice.agency_ids].filter((id) => agencies.has(id))),
  }
}

export function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}
