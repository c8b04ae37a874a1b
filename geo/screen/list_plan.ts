/** A row takes two steps of the list's grid, a card eight, or seven where four must stand at once. */
const STEP_REM = 1.875
const ROW = 2
const CARD = 8
const TIGHT_CARD = 7
/** Rows kept free below the cards, so that the list is a list. */
const ROWS_BELOW = 3

export interface ListColumn {
  cards: number
  rows: number
}

export interface ListPlan {
  /** Steps of the grid in each column, and of them one card. */
  steps: number
  card_steps: number
  columns: ListColumn[]
  /** Incidents that have no room; a row of the last column says how many. */
  hidden: number
}

/**
 * How many of `count` incidents stand as large cards and how many in one line, the most urgent first, column by column. With more than
 * three that need someone at once (`alarming`) a further card is won by making all a little tighter.
 */
export function listPlan(height_rem: number, column_count: number, count: number, alarming: number): ListPlan {
  const steps = Math.floor(height_rem / STEP_REM)
  if (steps < CARD + ROW)
    return { ...LEAST, columns: [{ cards: Math.min(1, count), rows: 0 }], hidden: Math.max(0, count - 1) }
  const calm_cards = Math.max(1, Math.floor((steps - ROWS_BELOW * ROW) / CARD))
  const tight = alarming > calm_cards
  const card_steps = tight ? TIGHT_CARD : CARD
  const columns: ListColumn[] = []
  let left = count
  for (let i = 0; i < column_count; i++) {
    const last = i === column_count - 1
    // Only the last column needs room for those in one line.
    const most = !last ? Math.floor(steps / card_steps) : tight ? tightCards(steps) : calm_cards
    const cards = Math.min(left, most)
    left -= cards
    const room = Math.floor((steps - cards * card_steps) / ROW)
    const rows = left === 0 || !last ? 0 : left <= room ? left : Math.max(0, room - 1)
    left -= rows
    columns.push({ cards, rows })
  }
  return { steps, card_steps, columns, hidden: left }
}

/** A screen that is nearly too small: one card, and how many there are besides. */
const LEAST = { steps: 12, card_steps: 10 }

const tightCards = (steps: number) => Math.max(1, Math.floor((steps - ROW) / TIGHT_CARD))
