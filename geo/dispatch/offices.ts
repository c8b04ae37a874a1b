import { distanceM } from '../earth.ts'
import type { AgencyOffice, AgencyToTell, RecommendInput, UntrackedAgency } from './types.ts'

/** Agencies of a kind whose units are not followed, each by its nearest office: by road where priced, else straight; soonest first. */
export function agenciesOf(kind: string, { agencies, incident }: RecommendInput): AgencyToTell[] {
  return agencies
    .filter((agency) => agency.kind === kind)
    .map((agency) => {
      const near = nearestOffice(agency, incident.position)
      const { agency_id, code, name, phone } = agency
      return {
        rank: near ? (near.eta_seconds ?? near.distance_m / 10) : Infinity,
        told: {
          agency_id,
          code,
          name,
          phone,
          distance_m: near?.distance_m ?? null,
          ...(near?.office
            ? { office: { name: near.office.name, address: near.office.address, eta_seconds: near.eta_seconds } }
            : {}),
        },
      }
    })
    .sort((a, b) => a.rank - b.rank || (a.told.code < b.told.code ? -1 : 1))
    .map(({ told }) => told)
}

interface Near {
  office: AgencyOffice | null
  distance_m: number
  eta_seconds: number | null
}

function nearestOffice(
  { offices = [], position }: UntrackedAgency,
  incident: RecommendInput['incident']['position'],
): Near | null {
  const places = offices.map((office): Near => {
    const { price } = office
    const by_road = price !== undefined && Number.isFinite(price.seconds)
    return by_road
      ? { office, distance_m: price.metres + price.off_road_m, eta_seconds: price.seconds }
      : { office, distance_m: distanceM(office.position, incident), eta_seconds: null }
  })
  if (places.length === 0 && position)
    return { office: null, distance_m: distanceM(position, incident), eta_seconds: null }
  places.sort((a, b) => (a.eta_seconds ?? Infinity) - (b.eta_seconds ?? Infinity) || a.distance_m - b.distance_m)
  return places[0] ?? null
}
