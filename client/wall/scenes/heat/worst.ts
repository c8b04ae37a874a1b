import type { SlaCell } from '../../../../geo/wire/stats.ts'
import { LIMIT_SECONDS } from '../../../map/ground/ramp.ts'
import type { Paint } from '../../../map/ground/ramp.ts'
import { HEAT_MIN_N } from '../../../map/layers/heat_scale.ts'

/** The areas that stand worst, of those with cases enough: shares by the lower bound of their interval, so that three of three does not outrank thirty of forty; times by the median. */
export function worstOf(cells: readonly SlaCell[], { measure }: Paint, most: number): SlaCell[] {
  const bad = (cell: SlaCell) => (measure === 'share' ? (cell.low ?? 0) : (cell.median_seconds ?? 0))
  return cells
    .filter((cell) => cell.n >= HEAT_MIN_N && (measure === 'share' || cell.median_seconds !== null))
    .sort((a, b) => bad(b) - bad(a) || b.n - a.n || (idOf(a) < idOf(b) ? -1 : 1))
    .slice(0, most)
}

export const idOf = (cell: SlaCell): string => cell.h3 ?? cell.code ?? ''

/** The whole city's counts: they add up, shares do not. */
export function sumOf(cells: readonly SlaCell[]): { n: number; breached: number; running: number } {
  const sum = { n: 0, breached: 0, running: 0 }
  for (const cell of cells) {
    sum.n += cell.n
    sum.breached += cell.breached
    sum.running += cell.running
  }
  return sum
}

/** How many of the coloured areas have a median over the limit. */
export function areasOver(cells: readonly SlaCell[], { stage }: Paint): { over: number; of: number } {
  const told = cells.filter((cell) => cell.n >= HEAT_MIN_N && cell.median_seconds !== null)
  return { over: told.filter((cell) => (cell.median_seconds ?? 0) > LIMIT_SECONDS[stage]).length, of: told.length }
}
