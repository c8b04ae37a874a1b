import type { District } from '../../../../geo/wire/stats.ts'
import { say } from '../text/say.ts'

/** What changed beyond chance since the same stretch before, in words; that nothing did, or cannot be told, otherwise. */
export function trendWords({ previous }: District): { words: string; worse: boolean } {
  if (!previous) return { words: '', worse: false }
  if (!previous.whole) return { words: say('trend_unknown'), worse: false }
  const points = (difference: number) => Math.round(Math.abs(difference) * 100)
  for (const [stage, change] of [
    ['opd', previous.opd_change],
    ['agent', previous.agent_change],
  ] as const) {
    if (change && change.low > 0)
      return { words: say(`trend_${stage}_worse`, { n: points(change.difference) }), worse: true }
    if (change && change.high < 0)
      return { words: say(`trend_${stage}_better`, { n: points(change.difference) }), worse: false }
  }
  const count = previous.incidents_change
  const part = count ? Math.round(Math.abs(count.ratio - 1) * 100) : 0
  if (count && count.low > 1) return { words: say('trend_more', { n: part }), worse: false }
  if (count && count.high !== null && count.high < 1) return { words: say('trend_fewer', { n: part }), worse: false }
  return { words: say('trend_same'), worse: false }
}
