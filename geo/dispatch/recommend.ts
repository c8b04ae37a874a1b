import { capabilityWord } from '../city/capabilities.ts'
import { exclusionOf } from './exclude.ts'
import { canDo, fillNeeds, fits } from './fill.ts'
import { agenciesOf } from './offices.ts'
import { shortfallOf } from './shortfall.ts'
import { startOf } from './start.ts'
import { tiesOf } from './ties.ts'
import type { CandidateUnit, Need, Recommendation, RecommendInput, RecommendedUnit, UnitPrice } from './types.ts'

/** Straight metres off the road worth a word to the dispatcher. */
export const OFF_ROAD_M = 150

/**
 * For each needed kind of agency, in the order of the needs: its units that can be sent, soonest first by driving plus
 * turn-out, and every other unit of the kind with the reason why not. Kinds without followed units list their agencies instead.
 *
 * `shortfall` says what the need lacks after those already on the incident and the suggested ones, who is next and who outside can help. One more
 * unit never makes the first time longer.
 */
export function recommend(input: RecommendInput): Recommendation[] {
  const kinds = [...new Set(input.needs.map((need) => need.agency_kind))]
  return kinds.map((kind) =>
    recommendKind(
      kind,
      input.needs.filter((need) => need.agency_kind === kind),
      input,
    ),
  )
}

function recommendKind(agency_kind: string, needs: Need[], input: RecommendInput): Recommendation {
  const ofKind = input.units.filter((unit) => unit.agency_kind === agency_kind)
  const exclusions = new Map(ofKind.map((unit) => [unit.unit_id, exclusionOf(unit, needs, input)]))
  const ready = ofKind.flatMap((unit) => {
    const price = input.prices.get(unit.unit_id)
    return exclusions.get(unit.unit_id) === null && price ? [{ unit, price }] : []
  })
  ready.sort(
    (a, b) => totalOf(a) - totalOf(b) || a.price.seconds - b.price.seconds || order(a.unit.callsign, b.unit.callsign),
  )
  // Who still stands in line for it fills nothing yet.
  const onIt = ofKind.filter(
    (unit) =>
      exclusions.get(unit.unit_id)?.code === 'already_assigned' &&
      unit.busy_incident_id === input.options?.incident_id &&
      needs.some((need) => fits(unit, need)),
  )
  const able = [...onIt, ...ready.map(({ unit }) => unit)]
  const { used, open } = fillNeeds(needs, able)
  const filling = able.filter((unit) => used.has(unit.unit_id))
  const agencies = agenciesOf(agency_kind, input)
  const units = ready.map(({ unit, price }) => describeUnit(unit, price, needs, used, input))
  const needed = needs.reduce((sum, need) => sum + need.quantity, 0)
  return {
    agency_kind,
    needed,
    assigned: onIt.filter((unit) => used.has(unit.unit_id)).length,
    units,
    shortfall: shortfallOf(
      { agency_kind, needs, open, filling, ofKind, exclusions, agency_count: agencies.length },
      input,
    ),
    excluded: [...exclusions.values()].filter((x) => x !== null).sort((a, b) => order(a.callsign, b.callsign)),
    agencies,
    ties: tiesOf(units, input.incident.accuracy_m, input.options?.eta_error),
    ...(input.notes?.length ? { notes: [...input.notes] } : {}),
  }
}

interface Ready {
  unit: CandidateUnit
  price: UnitPrice
}

const totalOf = ({ unit, price }: Ready): number => price.seconds + unit.turnout_seconds
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function describeUnit(
  unit: CandidateUnit,
  price: UnitPrice,
  needs: Need[],
  used: Set<string>,
  input: RecommendInput,
): RecommendedUnit {
  const start = startOf(unit, input.options)
  const reasons = [start?.doubt ?? `posisi langsung, ${Math.round(unit.position_age_seconds ?? 0)} dtk lalu`]
  const skills = [...new Set(needs.filter((need) => canDo(unit, need)).flatMap((need) => need.capability ?? []))]
  if (skills.length > 0) reasons.push(`memiliki ${skills.map((code) => capabilityWord(code)).join(', ')}`)
  reasons.push(...(price.notes ?? []))
  if (price.straight) reasons.push('garis lurus, bukan jalan')
  else if (price.shut_end)
    reasons.push(`jalan tertutup: dihitung sampai tepinya, sisa ${Math.round(price.off_road_m)} m tidak dihitung`)
  else if (price.off_road_m > OFF_ROAD_M)
    reasons.push(`${Math.round(price.off_road_m)} m di luar jalan, tidak dihitung dalam waktu tempuh`)
  return {
    unit_id: unit.unit_id,
    callsign: unit.callsign,
    eta_seconds: price.seconds,
    turnout_seconds: unit.turnout_seconds,
    distance_m: price.metres + price.off_road_m,
    position_age_seconds: unit.position_age_seconds,
    position_source: start?.source ?? 'station',
    routing: price.routing ?? 'own',
    suggested: used.has(unit.unit_id),
    skills,
    reasons,
  }
}
