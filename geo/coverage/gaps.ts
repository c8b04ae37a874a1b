import type { KelurahanReach } from '../wire/coverage.ts'
import type { CellSet } from './cells.ts'
import { REACH_LIMIT_SECONDS } from './reach.ts'
import { medianSeconds, type Reached, type Weights } from './reached.ts'

export interface NamedArea {
  code: string
  name: string
  kecamatan: string
}

/** The cells of each area. */
export function cellsByArea({ area, area_count }: Pick<CellSet, 'area' | 'area_count'>): number[][] {
  const out: number[][] = Array.from({ length: area_count }, () => [])
  for (const [cell, a] of area.entries()) out[a].push(cell)
  return out
}

/**
 * Each area with what lies beyond the limits, the gravest gap first: most people beyond the largest limit, then beyond the next smaller one, then the
 * longest median. `names` are those of the sources, in their order. `order` holds the position of each row's area in `areas`.
 */
export function gapsOf(
  areas: readonly NamedArea[],
  by_area: readonly (readonly number[])[],
  reached: Reached,
  weights: Weights,
  minutes: readonly number[],
  names: readonly { id: string; name: string }[],
): { rows: KelurahanReach[]; order: number[] } {
  const { seconds, source } = reached
  const { people, area_km2, demand } = weights
  const rows = areas.map(({ code, name, kecamatan }, a) => {
    const cells = by_area[a]
    const sum = (row: Float64Array, counts: (cell: number) => boolean = () => true) =>
      cells.reduce((all, cell) => (counts(cell) ? all + row[cell] : all), 0)
    const total = sum(people)
    const beyond = minutes.map((limit) => sum(people, (cell) => seconds[cell] > limit * 60))
    const basis = total > 0 ? people : area_km2
    const served = new Float64Array(names.length)
    for (const cell of cells) if (source[cell] >= 0) served[source[cell]] += basis[cell]
    const most = served.reduce((best, n, i) => (n > (served[best] ?? 0) ? i : best), -1)
    return {
      code,
      name,
      kecamatan,
      area_km2: sum(area_km2),
      people: total,
      demand: sum(demand),
      beyond_people: beyond,
      beyond_share: beyond.map((n) => (total > 0 ? n / total : null)),
      median_seconds: medianSeconds(seconds, basis, cells),
      nearest: most >= 0 ? { id: names[most].id, name: names[most].name } : null,
    }
  })
  const order = rows.map((_, i) => i).sort((a, b) => worse(rows[a], rows[b]))
  return { rows: order.map((i) => rows[i]), order }
}

function worse(a: KelurahanReach, b: KelurahanReach): number {
  for (let limit = a.beyond_people.length - 1; limit >= 0; limit--) {
    const more = b.beyond_people[limit] - a.beyond_people[limit]
    if (Math.abs(more) > 1e-6) return more
  }
  return capped(b.median_seconds) - capped(a.median_seconds) || (a.code < b.code ? -1 : 1)
}

const capped = (seconds: number | null) => Math.min(seconds ?? 0, REACH_LIMIT_SECONDS)
