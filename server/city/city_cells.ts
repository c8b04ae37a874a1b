import { cellSteps, type CellSet } from '../../geo/coverage/cells.ts'
import { inSlices, type CityModel } from './model.ts'

const known = new WeakMap<object, Map<number, Promise<CellSet>>>()

/** The H3 cells of a level whose centres lie in the city: worked out once for each import, kept as long as its areas are. */
export function cityCells({ gazetteer }: Pick<CityModel, 'gazetteer'>, resolution: number): Promise<CellSet> {
  const { areas } = gazetteer
  const levels = known.get(areas) ?? new Map<number, Promise<CellSet>>()
  known.set(areas, levels)
  const held = levels.get(resolution)
  if (held) return held
  const made = inSlices(cellSteps(areas.kelurahan, resolution))
  levels.set(resolution, made)
  made.catch(() => levels.delete(resolution))
  return made
}
