import type { CellSet } from './cells.ts'

/** An incident of the past, by the cell it lay in, and what it asked of the kind. */
export interface PastIncident {
  cell: number
  /** Each distinct capability asked for; null: any unit of the kind. */
  capabilities: readonly (string | null)[]
}

/** Expected demand: `by_capability[c][cell]`, in incidents of the period (or people, where they stand in for it). */
export interface Demand {
  basis: 'incidents' | 'people'
  /** Incidents it rests on; under {@link ENOUGH_INCIDENTS} people stand in. */
  n: number
  capabilities: readonly (string | null)[]
  by_capability: readonly Float64Array[]
  total: number
}

/** Fewer say nothing about where the next one comes: then people do. */
export const ENOUGH_INCIDENTS = 30
/** An incident counts in its cell and, falling off evenly, in the rings around: half a kilometre, about how far places of one kind reach. */
const SMOOTHING_RINGS = 4

/**
 * Where demand is to be expected: each past incident spread over the cells around it (inside the city), its weight of 1 shared by the capabilities it
 * asked for. With too few incidents the people of each cell, for `fallback` capabilities alike.
 */
export function demandOf(
  cells: CellSet,
  incidents: readonly PastIncident[],
  people: Float64Array,
  fallback: readonly (string | null)[],
): Demand {
  const n = incidents.length
  const size = cells.cells.length
  if (n < ENOUGH_INCIDENTS) {
    const capabilities = fallback.length > 0 ? [...new Set(fallback)] : [null]
    const each = people.map((p) => p / capabilities.length)
    return {
      basis: 'people',
      n,
      capabilities,
      by_capability: capabilities.map(() => each),
      total: people.reduce((sum, p) => sum + p, 0),
    }
  }
  const counts = new Map<string | null, Float64Array>()
  for (const { cell, capabilities } of incidents)
    for (const capability of capabilities) {
      const row = counts.get(capability) ?? new Float64Array(size)
      counts.set(capability, row)
      row[cell] += 1 / capabilities.length
    }
  return {
    basis: 'incidents',
    n,
    capabilities: [...counts.keys()],
    by_capability: [...counts.values()].map((row) => smooth(cells, row)),
    total: n,
  }
}

/** Nothing is lost at the border: what would fall outside is shared by the cells inside. */
function smooth(cells: CellSet, row: Float64Array): Float64Array {
  const out = new Float64Array(row.length)
  for (const [cell, count] of row.entries()) {
    if (count === 0) continue
    const rings = cells.ringsOf(cell, SMOOTHING_RINGS)
    const weight = (ring: number) => SMOOTHING_RINGS + 1 - ring
    const whole = rings.reduce((sum, ring, d) => sum + ring.length * weight(d), 0)
    for (const [d, ring] of rings.entries()) for (const each of ring) out[each] += (count * weight(d)) / whole
  }
  return out
}
