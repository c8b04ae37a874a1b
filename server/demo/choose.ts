import { secondsAt } from '../../geo/roads/graph.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Router } from '../../geo/roads/router.ts'
import { wibHour } from '../../geo/sla/shift.ts'
import type { Agency, IncidentType, Unit } from '../../geo/wire/masterdata.ts'

/** What assignment_create takes for a unit. */
export interface PricedUnit {
  unit_id: string
  callsign: string
  eta_seconds: number
  turnout_seconds: number
  distance_m: number
}

/** One need of an incident: who is sent, and who else could have been, soonest first. */
export interface Choice {
  agency_kind: string
  agency_id: string
  /** Soonest first; empty for an agency whose units are not followed. */
  candidates: PricedUnit[]
  /** Others of the kind, and why they cannot be sent. */
  excluded: (PricedUnit & { code: 'busy' | 'already_assigned' | 'lacks_capability' })[]
}

/** Chooses from the posts, as the room would have at that hour. Remembers who is busy until when; start a new one for each day. */
export function createChooser(router: Router, units: readonly Unit[], agencies: readonly Agency[]) {
  const busyUntil = new Map<string, number>()
  const byHour = new Map<number, Float64Array>()
  const based = units.filter((unit) => unit.station_location !== null && unit.duty === 'on')
  const homes = based.map((unit) => unit.station_location?.coordinates as LonLat)

  return {
    /** Free units for each wanted unit of the type, in the order of its needs; a need nobody can fill becomes word to its agency. */
    choose(type: IncidentType, point: LonLat, at: number): Choice[] {
      const hour = wibHour(at)
      const seconds = byHour.get(hour) ?? secondsAt(router.graph, hour)
      byHour.set(hour, seconds)
      const prices = router.price(point, homes, { seconds })
      const taken = new Set<string>()
      return type.needs.flatMap((need) =>
        Array.from({ length: need.quantity }, (): Choice | null => {
          const ofKind = based
            .map((unit, i) => ({ unit, price: prices[i] }))
            .filter(({ unit, price }) => unit.agency_kind === need.agency_kind && price.seconds < Infinity)
          const why = (unit: Unit) =>
            taken.has(unit.id)
              ? ('already_assigned' as const)
              : (busyUntil.get(unit.id) ?? 0) > at
                ? ('busy' as const)
                : need.capability !== null && !unit.capabilities.includes(need.capability)
                  ? ('lacks_capability' as const)
                  : null
          const priced = ofKind
            .map(({ unit, price }) => ({
              code: why(unit),
              unit_id: unit.id,
              callsign: unit.callsign,
              eta_seconds: price.seconds,
              turnout_seconds: unit.turnout_seconds,
              distance_m: price.metres + price.off_road_m,
            }))
            .sort(
              (a, b) =>
                a.eta_seconds + a.turnout_seconds - b.eta_seconds - b.turnout_seconds ||
                (a.unit_id < b.unit_id ? -1 : 1),
            )
          const candidates = priced.filter(({ code }) => code === null).map(({ code: _, ...unit }): PricedUnit => unit)
          const excluded = priced.flatMap(({ code, ...unit }) => (code === null ? [] : [{ ...unit, code }]))
          if (candidates.length > 0) taken.add(candidates[0].unit_id)
          const agency = agencies.find((a) => a.kind === need.agency_kind)
          return agency ? { agency_kind: need.agency_kind, agency_id: agency.id, candidates, excluded } : null
        }).filter((choice) => choice !== null),
      )
    },
    occupy(unit_id: string, until: number): void {
      busyUntil.set(unit_id, until)
    },
  }
}
export type Chooser = ReturnType<typeof createChooser>
