import type { Figures } from '../state/figures.svelte.ts'
import { t } from '../text/text.ts'
import { duration } from '../text/time.ts'

/** Figures are asked each 30 s: older than this they say so. */
const OLD_SECONDS = 90

/** The period of the figures, or, when they could not be renewed, how old they are. The second shown only makes it look again. */
export function figureNote(figures: Figures<unknown>, period: string, _now: number): string {
  if (figures.rows === null) return figures.failed ? t('figures_failed') : ''
  const age_seconds = figures.age_seconds ?? 0
  return figures.failed || age_seconds > OLD_SECONDS ? t('figures_old', { n: duration(age_seconds) }) : period
}
