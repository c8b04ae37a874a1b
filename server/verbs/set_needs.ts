import { AGENCY_KINDS } from '../../geo/city/agency_kinds.ts'
import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import { POSITION_AGE_LIMIT_SECONDS } from '../../geo/dispatch/start.ts'
import type { IncidentType } from '../../geo/wire/masterdata.ts'
import type { AgencyKindRow, NeedsInput } from '../../geo/wire/needs.ts'
import { ApiError, notFound } from '../errors.ts'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'db' | 'hub' | 'city'>

/** Words the program itself knows, whether or not a unit of the city has them: a shortfall may be wanted. */
const CAPABILITIES = [...new Set(BUILT_IN_CITY.units.flatMap((unit) => unit.capabilities))]

/**
 * An admin sets the whole list of what a type of incident needs; null restores the program's own. In force for the next recommendation: the line of the
 * log makes every server and console read the types anew.
 */
export async function setNeeds(
  { db, hub, city }: Needed,
  code: string,
  needs: NeedsInput['needs'] | null,
  actor: string,
  now: Date,
): Promise<IncidentType> {
  const own = BUILT_IN_CITY.incident_types.find((type) => type.code === code)?.needs
  if (needs === null && !own && city.incident_types.some((type) => type.code === code))
    throw new ApiError(409, 'conflict', 'jenis ini tidak mempunyai daftar bawaan')
  const list = (needs ?? own ?? []).map(({ agency_kind, capability, quantity, min_crew }) => ({
    agency_kind,
    capability,
    quantity,
    min_crew,
  }))
  // As text: the client of the database would take an empty list for an array of SQL.
  await db.value('incident_needs_put', {
    code,
    needs: JSON.stringify(list),
    built_in: own !== undefined && JSON.stringify(list) === JSON.stringify(own),
    capabilities: CAPABILITIES,
    actor,
    now,
  })
  await hub.nudge()
  await city.reloadTypes(now)
  const type = city.incident_types.find((each) => each.code === code)
  if (!type) throw notFound('Jenis kejadian')
  return type
}

/** An admin sets how old a position of units of a kind may be; null restores the program's own limit. */
export async function setPositionLimit(
  { db, hub, city }: Needed,
  kind: string,
  limit: number | null,
  actor: string,
  now: Date,
): Promise<AgencyKindRow> {
  const own = AGENCY_KINDS.find((each) => each.kind === kind)?.position_age_limit_seconds ?? POSITION_AGE_LIMIT_SECONDS
  const wanted = limit ?? own
  await db.value('agency_kind_put', { kind, limit: wanted, built_in: wanted === own, actor, now })
  await hub.nudge()
  await city.reloadTypes(now)
  const row = city.agency_kinds.find((each) => each.kind === kind)
  if (!row) throw notFound('Jenis instansi')
  return row
}
