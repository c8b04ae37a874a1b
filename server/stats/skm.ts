import { sampleNeeded, skmFigures, type ScoreCounts } from '../../geo/stats/skm.ts'
import type { Skm } from '../../geo/wire/survey.ts'
import type { Services } from '../services.ts'

interface Scores {
  elements: { element: number; s1: number; s2: number; s3: number; s4: number }[]
  cases: number
}

/** The index of satisfaction of some months, by the month of the case; `months` are firsts, `2026-10-01`, `to` exclusive. */
export async function readSkm(
  { db, simulated }: Pick<Services, 'db' | 'simulated'>,
  months: { from: string; to: string },
): Promise<Skm> {
  const { elements, cases } = await db.one<Scores>('skm_scores', { ...months, simulated })
  const counts: ScoreCounts[] = []
  for (const { element, s1, s2, s3, s4 } of elements) counts[element - 1] = [s1, s2, s3, s4]
  const { elements: told, ...figures } = skmFigures(counts)
  return {
    ...{ from: months.from.slice(0, 7), to: months.to.slice(0, 7), simulated, cases },
    ...{ sample_needed: sampleNeeded(cases), ...figures },
    elements: told.map((each) => ({ ...each, counts: each.counts === null ? null : [...each.counts] })),
  }
}
