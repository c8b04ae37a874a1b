import type { CellSet } from './cells.ts'

export interface AreaPeople {
  population: number | null
}

/** People of each cell. */
export interface PeopleCells {
  people: Float64Array
  total: number
  /** How many areas were spread over their buildings, and how many evenly. */
  by_buildings: number
  evenly: number
}

/** Buildings of a map that is whole lie in at least so many of an area's cells; fewer, and the map shows only a part of it. */
const WHOLE_SHARE = 0.4

/**
 * The people of each area over its cells: by the buildings in them where the area's map of buildings looks whole, else evenly. `buildings`: how many lie in
 * each cell. An area without a stated population adds nobody.
 */
export function spreadPeople(
  cells: CellSet,
  areas: readonly AreaPeople[],
  buildings: Float64Array | null,
): PeopleCells {
  const { area, area_count } = cells
  const cell_count = new Float64Array(area_count)
  const built_cells = new Float64Array(area_count)
  const building_count = new Float64Array(area_count)
  for (const [cell, a] of area.entries()) {
    cell_count[a]++
    if (!buildings || buildings[cell] === 0) continue
    built_cells[a]++
    building_count[a] += buildings[cell]
  }
  const whole = Uint8Array.from(cell_count, (n, a) => (n > 0 && built_cells[a] / n >= WHOLE_SHARE ? 1 : 0))
  const people = Float64Array.from(area, (a, cell) => {
    const population = areas[a].population ?? 0
    return whole[a] && buildings ? (population * buildings[cell]) / building_count[a] : population / cell_count[a]
  })
  const by_buildings = whole.reduce((sum, w) => sum + w, 0)
  return {
    people,
    total: people.reduce((sum, n) => sum + n, 0),
    by_buildings,
    evenly: cell_count.filter((n) => n > 0).length - by_buildings,
  }
}
