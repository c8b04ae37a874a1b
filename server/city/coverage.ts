import { cellAt, cellSteps, type CellSet } from '../../geo/coverage/cells.ts'
import { spreadPeople, type PeopleCells } from '../../geo/coverage/people.ts'
import { placeCells } from '../../geo/coverage/reach.ts'
import type { Snapped } from '../../geo/roads/snap.ts'
import type { Executor } from '../db/database.ts'
import { inSlices, type CityModel } from './model.ts'

/** The city as coverage sees it: cells, where each meets the road, and the people in each. */
export interface CoverageCity {
  cells: CellSet
  placed: (Snapped | null)[]
  people: PeopleCells
  /** Oldest year of the population figures. */
  year: number | null
}

interface PeopleRow {
  code: string
  population: number | null
  population_year: number | null
}

const by_areas = new WeakMap<object, Promise<Omit<CoverageCity, 'placed'>>>()
const by_router = new WeakMap<CityModel['router'], { cells: CellSet; placed: (Snapped | null)[] }>()

/** Read and worked out once for each import (some 100 ms); kept as long as the city's areas are. */
export async function readCoverage(db: Executor, city: CityModel): Promise<CoverageCity> {
  const { areas } = city.gazetteer
  let known = by_areas.get(areas)
  if (!known) {
    known = work(db, areas.kelurahan)
    by_areas.set(areas, known)
    // What could not be read is not kept.
    known.catch(() => by_areas.delete(areas))
  }
  const found = await known
  const { router } = city
  let at = by_router.get(router)
  if (at?.cells !== found.cells) {
    at = { cells: found.cells, placed: placeCells(router, found.cells) }
    by_router.set(router, at)
  }
  return { ...found, placed: at.placed }
}

async function work(
  db: Executor,
  kelurahan: CityModel['gazetteer']['areas']['kelurahan'],
): Promise<Omit<CoverageCity, 'placed'>> {
  const rows = new Map((await db.rows<PeopleRow>('coverage_people')).map((row) => [row.code, row]))
  const { lon, lat } = await db.one<{ lon: number[]; lat: number[] }>('coverage_buildings')
  const cells = await inSlices(cellSteps(kelurahan))
  const buildings = new Float64Array(cells.cells.length)
  for (const [i, x] of lon.entries()) {
    const cell = cellAt(cells, x, lat[i])
    if (cell >= 0) buildings[cell]++
  }
  const people = spreadPeople(
    cells,
    kelurahan.map(({ code }) => ({ population: rows.get(code)?.population ?? null })),
    lon.length > 0 ? buildings : null,
  )
  const years = [...rows.values()].flatMap((row) => row.population_year ?? [])
  return { cells, people, year: years.length > 0 ? Math.min(...years) : null }
}
