import { AT_POST_M } from '../../geo/coverage/fleet.ts'
import { exclusionOf } from '../../geo/dispatch/exclude.ts'
import { startOf } from '../../geo/dispatch/start.ts'
import type { CandidateUnit, ExcludedUnit, UnitPrice } from '../../geo/dispatch/types.ts'
import { distanceM, type LonLat } from '../../geo/earth.ts'
import type { Station } from '../../geo/wire/masterdata.ts'

const NO_PRICE: UnitPrice = { seconds: 0, metres: 0, off_road_m: 0 }

/** A unit that could be sent now, and where it counts as standing: at a post next to it, else where it is. */
export interface Idle {
  unit: CandidateUnit
  position: LonLat
}

/** Who is free to move, and who is away and why: as a recommendation would exclude them. */
export function idleUnits(
  units: readonly CandidateUnit[],
  posts: readonly Station[],
  position_age_limit_seconds: Record<string, number>,
): { idle: Idle[]; away: ExcludedUnit[] } {
  const options = { position_age_limit_seconds }
  const idle: Idle[] = []
  const away: ExcludedUnit[] = []
  for (const unit of units) {
    const any = [{ agency_kind: unit.agency_kind, capability: null, quantity: 1 }]
    const excluded = exclusionOf(unit, any, {
      needs: any,
      units,
      agencies: [],
      incident: { position: [0, 0], accuracy_m: 0 },
      prices: new Map([[unit.unit_id, NO_PRICE]]),
      options,
    })
    const start = startOf(unit, options)
    if (excluded) away.push(excluded)
    else if (start) {
      const at = posts.find((post) => distanceM(post.location.coordinates, start.position) <= AT_POST_M)
      idle.push({ unit, position: (at?.location.coordinates as LonLat | undefined) ?? start.position })
    }
  }
  return { idle, away }
}
