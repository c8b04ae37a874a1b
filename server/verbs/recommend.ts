import { NEIGHBOUR_BASES } from '../../geo/city/neighbour_bases.ts'
import { OFF_ROAD_M, recommend as rank } from '../../geo/dispatch/recommend.ts'
import { startOf } from '../../geo/dispatch/start.ts'
import { straightPrice } from '../../geo/dispatch/straight.ts'
import { ETA_ERROR } from '../../geo/dispatch/ties.ts'
import type { Need, Recommendation, UnitPrice, UntrackedAgency } from '../../geo/dispatch/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { breath } from '../breath.ts'
import type { Services } from '../services.ts'
import type { ReadCandidates } from './candidates.ts'
import { withJob } from './jobs.ts'

/**
 * The one place where times come from: the drive from each point to the incident now. Without any road the straight line, which
 * says so: a room whose roads are lost must still send somebody.
 */
async function priceAll(
  { city, routing }: Pick<Services, 'city' | 'routing'>,
  incident: LonLat,
  points: readonly (LonLat | null)[],
  now: Date,
): Promise<UnitPrice[]> {
  if (city.router.graph.link_count > 0 || routing.state.routing === 'osrm') return routing.price(incident, points, now)
  return points.map((point) =>
    point ? straightPrice(point, incident) : { seconds: Infinity, metres: Infinity, off_road_m: 0 },
  )
}

/** Kinds of neighbours' bases lie beyond the roads of most maps: only those on them are worth a price. */
const ON_ROADS_M = 300
type Router = Services['city']['router']
const within_reach = new WeakMap<Router, ReadonlySet<object>>()
function basesOnRoads(router: Router): ReadonlySet<object> {
  const known = within_reach.get(router)
  if (known) return known
  const found = new Set(
    NEIGHBOUR_BASES.filter(({ location }) => (router.snap(location)?.distance_m ?? Infinity) <= ON_ROADS_M),
  )
  within_reach.set(router, found)
  return found
}

interface Wanted {
  needs: Need[]
  notes: string[]
}

/** What the type needs; of a type that asks for nobody (or that nobody knows) every followed kind, so that whoever is nearest can be chosen. */
function neededBy({ incident_types, agency_kinds }: Services['city'], code: string): Wanted {
  const type = incident_types.find((each) => each.code === code)
  if (type && type.needs.length > 0) return { needs: type.needs, notes: [] }
  return {
    needs: agency_kinds.map(({ kind }) => ({ agency_kind: kind, capability: null, quantity: 0 })),
    notes: [
      type
        ? 'jenis kejadian ini tidak mempunyai daftar kebutuhan; pilih sendiri'
        : `jenis kejadian tidak dikenal (${code}); pilih sendiri`,
    ],
  }
}

/** What is odd about the place and the roads to it. */
function notesOf(router: Router, position: LonLat, prices: readonly UnitPrice[]): string[] {
  if (router.graph.link_count === 0)
    return ['jaringan jalan kosong: waktu menurut garis lurus, bukan jalan; impor jalan kota']
  const on_network = router.snap(position)
  const notes: string[] = []
  if (on_network && on_network.distance_m > OFF_ROAD_M) {
    const metres = Math.round(on_network.distance_m)
    const nearer = router.snap(position, true)
    notes.push(
      nearer && nearer.distance_m < OFF_ROAD_M
        ? `titik kejadian di ruas jalan yang terpisah dari jaringan: dihitung sampai ${metres} m sebelumnya`
        : `titik kejadian ${metres} m dari jalan terdekat: sisanya tidak dihitung dalam waktu tempuh`,
    )
  }
  if (prices.length > 0 && prices.every(({ seconds }) => !Number.isFinite(seconds)))
    notes.push('tidak ada jalan terbuka ke titik ini dari unit mana pun; periksa penutupan jalan')
  return notes
}

export interface RecommendFor {
  /** Units of other kinds that are priced too: an operator may send whom he likes. */
  also?: readonly string[]
  /** Units that are about to be called back from this incident: neither ranked nor counted. */
  without?: readonly string[]
  /** Who could be sent, where they are being read already. */
  candidates?: ReturnType<ReadCandidates>
  /** Whether the reader may know which other incident a unit is at. */
  names_jobs?: boolean
}

/**
 * Who should go: per needed kind of agency the available units by time over the roads open now, every other unit of the
 * kind with the reason why not, and what is lacking with who is next.
 */
export async function recommend(
  services: Pick<Services, 'candidates' | 'city' | 'routing'>,
  incident: Incident,
  now: Date,
  { also = [], without = [], candidates = services.candidates(), names_jobs = true }: RecommendFor = {},
): Promise<Recommendation[]> {
  const all = (await candidates).filter(({ unit_id }) => !without.includes(unit_id))
  await breath()
  const { city } = services
  const { agencies, stations, router } = city
  const position_age_limit_seconds = Object.fromEntries(
    city.agency_kinds.map((each) => [each.kind, each.position_age_limit_seconds]),
  )
  const position = incident.location.coordinates as LonLat
  const wanted = neededBy(city, incident.incident_type)
  const kinds = new Set(wanted.needs.map((need) => need.agency_kind))
  const extra = new Set(
    all.filter((unit) => also.includes(unit.unit_id) && !kinds.has(unit.agency_kind)).map((unit) => unit.agency_kind),
  )
  // Who is of no kind that is asked for is neither ranked nor left out, so he is not priced.
  const asked = all.filter(({ agency_kind }) => kinds.has(agency_kind) || extra.has(agency_kind))
  const units = asked.map((unit) => withJob(unit, city.incident_types, now, names_jobs))
  const jobs = asked.flatMap(({ unit_id, assignment }) =>
    assignment ? [{ id: unit_id, from: assignment.location }] : [],
  )

  const starts = units.flatMap((unit) => {
    const start = startOf(unit, { position_age_limit_seconds })
    return start ? [{ id: unit.unit_id, from: start.position }] : []
  })
  const told = agencies.filter((agency) => !agency.tracked && kinds.has(agency.kind))
  const offices = stations.filter((station) => told.some((agency) => agency.id === station.agency_id))
  const bases = NEIGHBOUR_BASES.filter((base) => kinds.has(base.agency_kind) && basesOnRoads(router).has(base))
  const points = [
    ...starts.map(({ from }) => from),
    ...jobs.map(({ from }) => from),
    ...offices.map((office) => office.location.coordinates as LonLat),
    ...bases.map((base) => base.location),
  ]
  const prices = await priceAll(services, position, points, now)
  const take = <T>(list: readonly T[], first: number): [T, UnitPrice][] =>
    list.map((item, i) => [item, prices[first + i]])
  const first_office = starts.length + jobs.length
  const officePrice = new Map(take(offices, first_office))
  const basePrice = new Map<object, UnitPrice>(take(bases, first_office + offices.length))

  await breath()
  return rank({
    needs: [
      ...wanted.needs,
      // Kinds that nobody asked for are priced, and nothing of them is suggested.
      ...[...extra].map((agency_kind) => ({ agency_kind, capability: null, quantity: 0 })),
    ],
    units,
    agencies: told.map((agency): UntrackedAgency => ({
      agency_id: agency.id,
      code: agency.code,
      name: agency.name,
      kind: agency.kind,
      phone: agency.phone,
      position: null,
      offices: offices
        .filter((office) => office.agency_id === agency.id)
        .map((office) => ({
          name: office.name,
          address: office.address,
          position: office.location.coordinates as LonLat,
          price: officePrice.get(office),
        })),
    })),
    incident: { position, accuracy_m: incident.accuracy_m },
    prices: new Map(take(starts, 0).map(([{ id }, price]) => [id, price])),
    prices_from_job: new Map(take(jobs, starts.length).map(([{ id }, price]) => [id, price])),
    neighbours: NEIGHBOUR_BASES.map((base) => ({ ...base, price: basePrice.get(base) })),
    notes: [...wanted.notes, ...notesOf(router, position, prices.slice(0, starts.length))],
    options: { incident_id: incident.id, position_age_limit_seconds, eta_error: ETA_ERROR },
  })
}
