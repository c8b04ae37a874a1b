import type { WhatIf } from '../wire/coverage_what_if.ts'
import { REACH_LIMIT_SECONDS } from './reach.ts'
import { meanSeconds, medianSeconds, within, type Weights } from './reached.ts'

const minus = (after: number | null, before: number | null): number | null =>
  after === null || before === null || !Number.isFinite(after - before) ? null : after - before
const capped = (seconds: number) => Math.min(seconds, REACH_LIMIT_SECONDS)

/** After minus before, over all cells. */
export function differenceOf(
  before: Float64Array,
  after: Float64Array,
  weights: Weights,
  minutes: readonly number[],
): WhatIf['difference'] {
  const { people, demand, area_km2 } = weights
  const peopleWhere = (counts: (cell: number) => boolean) =>
    people.reduce((sum, n, cell) => (counts(cell) ? sum + n : sum), 0)
  return {
    reach: minutes.map((limit) => {
      const [area, n, asked] = [area_km2, people, demand].map(
        (row) => within(after, row, limit * 60) - within(before, row, limit * 60),
      )
      return {
        minutes: limit,
        area_km2: area,
        people: n,
        demand: asked,
        people_gained: peopleWhere((cell) => after[cell] <= limit * 60 && before[cell] > limit * 60),
        people_lost: peopleWhere((cell) => after[cell] > limit * 60 && before[cell] <= limit * 60),
      }
    }),
    people_mean_seconds: minus(meanSeconds(after, people), meanSeconds(before, people)),
    people_median_seconds: minus(medianSeconds(after, people), medianSeconds(before, people)),
    demand_mean_seconds: minus(meanSeconds(after, demand), meanSeconds(before, demand)),
    demand_median_seconds: minus(medianSeconds(after, demand), medianSeconds(before, demand)),
    people_sooner: peopleWhere((cell) => after[cell] < before[cell]),
    people_later: peopleWhere((cell) => after[cell] > before[cell]),
  }
}

/** The cells in which anything changed. */
export const changedCells = (before: Float64Array, after: Float64Array): number[] =>
  Array.from(before.keys()).filter((cell) => before[cell] !== after[cell])

/** Areas in which something changed, most people times seconds first. */
export function areaDifferences(
  areas: readonly { code: string; name: string }[],
  by_area: readonly (readonly number[])[],
  before: Float64Array,
  after: Float64Array,
  { people, area_km2 }: Pick<Weights, 'people' | 'area_km2'>,
  minutes: readonly number[],
): WhatIf['kelurahan'] {
  return areas
    .flatMap(({ code, name }, a) => {
      const cells = by_area[a]
      if (cells.every((cell) => before[cell] === after[cell])) return []
      const total = cells.reduce((sum, cell) => sum + people[cell], 0)
      const basis = total > 0 ? people : area_km2
      const whole = cells.reduce((sum, cell) => sum + basis[cell], 0)
      const spent = cells.reduce((sum, cell) => sum + basis[cell] * (capped(after[cell]) - capped(before[cell])), 0)
      const inside = (seconds: Float64Array, limit: number) =>
        cells.reduce((sum, cell) => (seconds[cell] <= limit * 60 ? sum + people[cell] : sum), 0)
      return [
        {
          code,
          name,
          people: total,
          before_median_seconds: medianSeconds(before, basis, cells),
          after_median_seconds: medianSeconds(after, basis, cells),
          mean_seconds: whole > 0 ? spent / whole : 0,
          people_within: minutes.map((limit) => inside(after, limit) - inside(before, limit)),
        },
      ]
    })
    .sort(
      (a, b) => Math.abs(b.mean_seconds * b.people) - Math.abs(a.mean_seconds * a.people) || (a.code < b.code ? -1 : 1),
    )
}
