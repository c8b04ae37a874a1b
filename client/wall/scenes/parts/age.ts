import type { Figures } from '../../../state/figures.svelte.ts'
import { duration } from '../../../text/time.ts'
import { figureNote } from '../../age.ts'
import { say } from '../text/say.ts'

/** How old figures are, always said; in the words of the wall when they could not be renewed. The second shown only makes it look again. */
export function dataAge(figures: Figures<unknown>, now: number): string {
  const fresh = figures.rows === null ? '' : say('data_age', { n: duration(figures.age_seconds ?? 0) })
  return figureNote(figures, fresh, now)
}
