import type { StageFigures } from '../../geo/wire/stats.ts'
import { FEW, lateWords } from './format.ts'

/** A share drawn beside its words: estimate and 95 % bounds, 0 to 1. */
export interface Plotted {
  text: string
  plot: { share: number; low: number; high: number } | null
}
export type Cell = string | Plotted
export interface Column {
  name: string
  /** Words, to the left; figures stand to the right. */
  words?: boolean
  /** Of the table's width, as CSS takes it. */
  width?: string
}
export interface Row {
  cells: readonly Cell[]
  /** The sum, or the whole city. */
  strong?: boolean
}

/** The breached share of a stage, drawn where there are enough cases to say anything. */
export const plotted = (stage: StageFigures, with_n = false): Plotted => ({
  text: lateWords(stage, with_n),
  plot:
    stage.n >= FEW && stage.share !== null && stage.low !== null && stage.high !== null
      ? { share: stage.share, low: stage.low, high: stage.high }
      : null,
})
