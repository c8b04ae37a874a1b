import type { CandidateUnit, Need } from './types.ts'

/** Whether a unit has what a need asks, whoever is on board. */
export const canDo = (unit: CandidateUnit, need: Need): boolean =>
  need.capability === null || unit.capabilities.includes(need.capability)

/** Whether a unit with those on board now is of use for a need. */
export const fits = (unit: CandidateUnit, need: Need): boolean => unit.crew >= (need.min_crew ?? 1) && canDo(unit, need)

/** One wanted unit of a need; `by` is who fills it. */
interface Slot {
  need: Need
  by: CandidateUnit | null
}

/**
 * Fills the needs of one agency kind from units in order of preference, each unit counted once. A unit already placed
 * moves to another slot it can fill when that makes room (augmenting paths), so as many slots are filled as can be, and, since what
 * can be filled together is a matroid, by the earliest units possible.
 */
export function fillNeeds(
  needs: readonly Need[],
  ordered: readonly CandidateUnit[],
): { used: Set<string>; open: Need[] } {
  const slots: Slot[] = needs.flatMap((need) => Array.from({ length: need.quantity }, () => ({ need, by: null })))
  const place = (unit: CandidateUnit, tried: Set<Slot>): boolean => {
    for (const slot of slots) {
      if (tried.has(slot) || !fits(unit, slot.need)) continue
      tried.add(slot)
      if (slot.by === null || place(slot.by, tried)) {
        slot.by = unit
        return true
      }
    }
    return false
  }
  const used = new Set<string>()
  for (const unit of ordered) {
    if (used.size === slots.length) break
    if (place(unit, new Set())) used.add(unit.unit_id)
  }
  return { used, open: slots.filter((slot) => slot.by === null).map((slot) => slot.need) }
}
