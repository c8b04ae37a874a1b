import type { z } from 'zod'
import type { Moment } from '../../live/server_clock.ts'
import { Figures } from '../../state/figures.svelte.ts'

interface Held {
  rows: readonly unknown[]
  taken: Moment
}
/** Rows of the sets seen last, across scenes coming and going: shown at once when one is chosen again, with their age. */
const held = new Map<string, Held>()
const MOST_HELD = 40

function keep(key: string, figures: Figures<unknown>): void {
  const { rows, taken } = figures
  if (rows === null || taken === null) return
  held.delete(key)
  held.set(key, { rows, taken })
  for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest)
}

/**
 * Figures of which one set is shown and asked for at a time. A set chosen anew takes the place of the one shown with its first
 * answer (or failure), so that a scene never goes blank in between; `shown` says which it is.
 */
export class ChosenFigures<T, Choice> {
  shown = $state.raw<{ choice: Choice; figures: Figures<T> } | null>(null)
  private coming: { key: string; choice: Choice; figures: Figures<T> } | null = null
  private key = ''
  private readonly stop_waiting: () => void

  constructor(
    private readonly row: z.ZodType<T>,
    /** Names a choice; equal names are the same figures. */
    private readonly keyOf: (choice: Choice) => string,
    private readonly urlOf: (choice: Choice) => string,
  ) {
    this.stop_waiting = $effect.root(() => {
      $effect(() => {
        const { coming, shown } = { coming: this.waiting, shown: this.shown }
        if (coming && (shown === null || coming.figures.rows !== null || coming.figures.failed)) this.arrive()
      })
    })
  }

  private waiting = $state.raw<{ key: string; choice: Choice; figures: Figures<T> } | null>(null)

  choose(choice: Choice): void {
    const key = this.keyOf(choice)
    if (key === (this.coming?.key ?? this.key)) return
    this.coming?.figures.stop()
    const before = held.get(key)
    const kept = before && { rows: before.rows as readonly T[], taken: before.taken }
    this.coming = { key, choice, figures: new Figures(() => this.urlOf(choice), this.row, kept) }
    this.waiting = this.coming
  }

  nudge(): void {
    this.shown?.figures.nudge()
  }

  stop(): void {
    this.stop_waiting()
    for (const [key, one] of [
      [this.key, this.shown],
      [this.coming?.key ?? '', this.coming],
    ] as const) {
      if (!one) continue
      one.figures.stop()
      keep(key, one.figures)
    }
  }

  private arrive(): void {
    const { coming } = this
    if (!coming) return
    if (this.shown) {
      this.shown.figures.stop()
      keep(this.key, this.shown.figures)
    }
    this.key = coming.key
    this.coming = this.waiting = null
    this.shown = { choice: coming.choice, figures: coming.figures }
  }
}
