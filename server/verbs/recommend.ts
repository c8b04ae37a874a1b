import { recommend as rank } from '../../geo/dispatch/recommend.ts'
import { startOf } from '../../geo/dispatch/start.ts'
import type { Recommendation, UntrackedAgency } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { breath } from '../breath.ts'
import type { Services } from '../services.ts'

/**
 * Who should go: per needed kind of agency the available units by time over the roads open now, and every other unit of the
 * kind with the reason why not. `also` prices units of other kinds too (an operator may send whom he likes).
 */
export async function recommend(
  { candidates: readCandidates, city, routing }: Pick<Services, 'candidates' | 'city' | 'routing'>,
  incident: Incident,
  now: Date,
  also: readonly string[] = [],
): Promise<Recommendation[]> {
  const units = await readCandidates()
  await breath()
  const { agencies, stations } = city
  const position = incident.location.coordinates as LonLat
  const needs = city.incident_types.find((type) => type.code === incident.incident_type)?.needs ?? []
  const asked = new Set(needs.map((need) => need.agency_kind))
  const extra = new Set(
    units.filter((unit) => also.includes(unit.unit_id) && !asked.has(unit.agency_kind)).map((unit) => unit.agency_kind),
  )
  // Who is of no kind that is asked for is neither ranked nor left out, so he is not priced.
  const candidates = units.filter(({ agency_kind }) => asked.has(agency_kind) || extra.has(agency_kind))
  const prices = await routing.price(
    position,
    candidates.map((unit) => startOf(unit)?.position ?? null),
    now,
  )
  await breath()
  return rank({
    // Kinds that nobody asked for are priced, and nothing of them is suggested.
    needs: [...needs, ...[...extra].map((agency_kind) => ({ agency_kind, capability: null, quantity: 0 }))],
    units: candidates,
    agencies: agencies
      .filter((agency) => !agency.tracked)
      .map((agency): UntrackedAgency => ({
        agency_id: agency.id,
        code: agency.code,
        name: agency.name,
        kind: agency.kind,
        phone: agency.phone,
        position:
          (stations.find((station) => station.agency_id === agency.id)?.location.coordinates as LonLat | undefined) ??
          null,
      })),
    incident: { position, accuracy_m: incident.accuracy_m },
    prices: new Map(candidates.map((unit, i) => [unit.unit_id, prices[i]])),
    options: { incident_id: incident.id },
  })
}
