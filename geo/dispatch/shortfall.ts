import { capabilityWord } from '../city/capabilities.ts'
import { fillNeeds } from './fill.ts'
import { straightPrice } from './straight.ts'
import type {
  CandidateUnit,
  ExcludedUnit,
  Need,
  NeighbourHelp,
  NextUnit,
  RecommendInput,
  Shortfall,
  UnitPrice,
} from './types.ts'

/** Planning value: a crew at home is at its post half an hour after the call. */
const CALL_IN_SECONDS = 1_800
const NEXT = 3
const NEIGHBOURS = 2

const byTime = <T>(seconds: (item: T) => number, name: (item: T) => string) => {
  return (a: T, b: T): number => seconds(a) - seconds(b) || (name(a) < name(b) ? -1 : 1)
}

/** One kind's needs, how far they are filled, and who there is. */
interface KindState {
  agency_kind: string
  needs: readonly Need[]
  /** Those of the needs that nobody of `filling` fills. */
  open: readonly Need[]
  filling: readonly CandidateUnit[]
  ofKind: readonly CandidateUnit[]
  exclusions: ReadonlyMap<string, ExcludedUnit | null>
  /** Agencies of the kind whose units are not followed. */
  agency_count: number
}

/**
 * What a kind lacks, who of its units would be there soonest if waited for or called in, and which neighbour can help.
 * Null when nothing is lacking, or when the kind has no followed units but an agency to tell.
 */
export function shortfallOf(kind: KindState, input: RecommendInput): Shortfall | null {
  const { agency_kind, needs, open, filling, ofKind, exclusions, agency_count } = kind
  if (open.length === 0 || (ofKind.length === 0 && agency_count > 0)) return null
  const needed = needs.reduce((sum, need) => sum + need.quantity, 0)
  const lacking = [...new Set(open)].map((need) => ({
    capability: need.capability,
    quantity: open.filter((other) => other === need).length,
    min_crew: need.min_crew ?? 1,
  }))
  const skills = [
    ...new Set(open.map((need) => (need.capability === null ? 'unit' : capabilityWord(need.capability)))),
  ].join(', ')
  return {
    missing: open.length,
    reason:
      ofKind.length === 0
        ? 'tidak ada unit atau instansi terdaftar untuk jenis ini'
        : `kurang ${open.length} dari ${needed} (${skills}): unit lain tidak dapat dikirim`,
    lacking,
    next: nextOf(
      // One more helps where it, or one who then moves over to another task, fills what is open.
      (unit) => fillNeeds(needs, [...filling, { ...unit, crew: Infinity }]).open.length < open.length,
      ofKind,
      exclusions,
      input,
    ),
    neighbours: neighboursOf(agency_kind, input),
  }
}

function nextOf(
  helps: (unit: CandidateUnit) => boolean,
  ofKind: readonly CandidateUnit[],
  exclusions: ReadonlyMap<string, ExcludedUnit | null>,
  input: RecommendInput,
): NextUnit[] {
  const found = ofKind.flatMap((unit) => {
    const code = exclusions.get(unit.unit_id)?.code
    const wait = code && waitOf(code, unit, input)
    return code && wait && helps(unit) ? [{ unit_id: unit.unit_id, callsign: unit.callsign, code, ...wait }] : []
  })
  return found
    .sort(
      byTime(
        (unit) => unit.available_in_seconds,
        (unit) => unit.callsign,
      ),
    )
    .slice(0, NEXT)
}

/** Null for what no waiting mends: broken, without a place, or with no road to here. */
function waitOf(
  code: ExcludedUnit['code'],
  unit: CandidateUnit,
  input: RecommendInput,
): Pick<NextUnit, 'available_in_seconds' | 'why'> | null {
  const drive = (price: UnitPrice | undefined) => (price && Number.isFinite(price.seconds) ? price.seconds : null)
  if (code === 'busy') {
    const seconds = drive(input.prices_from_job?.get(unit.unit_id))
    if (!unit.job || seconds === null) return null
    const { number, state, free_in_seconds } = unit.job
    return {
      available_in_seconds: free_in_seconds + seconds,
      why: `${number ?? 'kejadian lain'}, ${state}; bebas ± ${Math.ceil(free_in_seconds / 60)} mnt lagi`,
    }
  }
  if (code !== 'off_duty' && code !== 'no_crew') return null
  const seconds = drive(input.prices.get(unit.unit_id))
  if (seconds === null) return null
  const why = code === 'off_duty' ? 'tidak bertugas' : 'awak kurang'
  return {
    available_in_seconds: CALL_IN_SECONDS + unit.turnout_seconds + seconds,
    why: `${why}; awak dipanggil ± ${CALL_IN_SECONDS / 60} mnt`,
  }
}

/** Who outside may help, soonest first: by our roads where they lead there, else by the straight line. */
function neighboursOf(agency_kind: string, { neighbours = [], incident }: RecommendInput): NeighbourHelp[] {
  return neighbours
    .filter((base) => base.agency_kind === agency_kind)
    .map(({ name, regency, phone, location, price }): NeighbourHelp => {
      const by_road = price !== undefined && Number.isFinite(price.seconds)
      const { seconds, metres } = by_road ? price : straightPrice(location, incident.position)
      return { name, regency, phone, distance_m: metres, eta_seconds: seconds, by: by_road ? 'road' : 'straight' }
    })
    .sort(
      byTime(
        (base) => base.eta_seconds,
        (base) => base.name,
      ),
    )
    .slice(0, NEIGHBOURS)
}
