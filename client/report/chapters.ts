import type { Evaluation } from '../../geo/wire/evaluation.ts'

export const CHAPTERS = [
  'summary',
  'incidents',
  'calls',
  'times',
  'agencies',
  'districts',
  'hotspots',
  'ledger',
  'supervision',
  'complaints',
  'quality',
  'operators',
  'definitions',
] as const
export type ChapterId = (typeof CHAPTERS)[number]

/** Nothing was recorded in the month: it says so, and has no figures to show. */
export const isEmpty = ({ total, quality }: Evaluation): boolean =>
  quality.entered === 0 && (total.calls?.calls ?? 0) === 0

/** The chapters of a report in their order, signed after `quality`: what follows is attached to it; figures of persons only where they were given. */
export const chaptersOf = (e: Evaluation): readonly ChapterId[] =>
  isEmpty(e) ? ['definitions'] : CHAPTERS.filter((id) => id !== 'operators' || e.operators !== null)
