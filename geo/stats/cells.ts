import type { SlaCell } from '../wire/stats.ts'
import { codedFigures } from './stage_code.ts'

/** Under this n a share is not coloured. */
export const COLOUR_MIN_N = 5
/** A level is fine enough to show when this share of its areas can be coloured. */
const COLOURED_SHARE = 0.1

export type CellLevel = `h3-${number}` | 'kelurahan' | 'kecamatan'
/** From fine to coarse: the heat is told at the first that is fine enough, else at the last. */
export const LADDER: readonly CellLevel[] = ['h3-9', 'h3-8', 'kelurahan', 'kecamatan']

/** The incidents of one area, as sql/queries/stats_cells.sql gives them. */
export interface AreaStages {
  /** An H3 index or a district code. */
  area: string
  open: number
  /** The stage of each, as geo/stats/stage_code.ts reads it. */
  codes: Int32Array
}

/** The cells of one level, in order of their id. */
export function cellsOf(areas: readonly AreaStages[], level: CellLevel): SlaCell[] {
  const is_h3 = level.startsWith('h3-')
  return [...areas]
    .sort((a, b) => (a.area < b.area ? -1 : 1))
    .map(({ area, open, codes }) => {
      const { missing: _, ...figures } = codedFigures(codes)
      return { level, h3: is_h3 ? area : null, code: is_h3 ? null : area, ...figures, open }
    })
}

/** True when at least a tenth of the areas (those with an incident in them) reach n = 5. */
export function isFineEnough(cells: readonly Pick<SlaCell, 'n'>[]): boolean {
  const coloured = cells.filter((cell) => cell.n >= COLOUR_MIN_N).length
  return coloured > 0 && coloured >= COLOURED_SHARE * cells.length
}
