import { cellAt } from '../../geo/coverage/cells.ts'
import { demandOf, type Demand } from '../../geo/coverage/demand.ts'
import type { Services } from '../services.ts'
import type { CoverageCity } from './coverage.ts'

export const YEAR_MS = 365 * 86_400_000

/** Where a kind is expected to be asked for: incidents of the last year of the types that need it; in some hours (WIB) of the day where told. */
export async function readDemand(
  { db, city, simulated }: Pick<Services, 'db' | 'city' | 'simulated'>,
  agency_kind: string,
  { cells, people }: CoverageCity,
  now: Date,
  hours?: (hour: number) => boolean,
): Promise<{ demand: Demand; from: Date; types: string[] }> {
  const asked = new Map(
    city.incident_types.flatMap((type) => {
      const needs = type.needs.filter((need) => need.agency_kind === agency_kind)
      return needs.length > 0 ? [[type.code, [...new Set(needs.map((need) => need.capability))]] as const] : []
    }),
  )
  const types = [...asked.keys()]
  const from = new Date(now.getTime() - YEAR_MS)
  const rows = await db.rows<{ incident_type: string; hour: number; lon: number; lat: number }>('coverage_demand', {
    from,
    to: now,
    types,
    simulated,
  })
  const incidents = rows.flatMap(({ incident_type, hour, lon, lat }) => {
    if (hours && !hours(hour)) return []
    const cell = cellAt(cells, lon, lat)
    return cell < 0 ? [] : [{ cell, capabilities: asked.get(incident_type) ?? [null] }]
  })
  return { demand: demandOf(cells, incidents, people.people, [...asked.values()].flat()), from, types }
}
