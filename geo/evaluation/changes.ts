import { shareDifference } from '../stats/newcombe.ts'
import { isClear, rateRatio } from '../stats/rate_ratio.ts'
import type { Change, GroupChange, OtherMonth } from '../wire/evaluation.ts'
import type { PerformanceRow } from '../wire/performance.ts'

/** Under this n a share is told and not judged. */
const FEW = 5

const MEASURES = ['incidents', 'calls', 'prank', 'ghost', 'agent', 'opd', 'fire'] as const

/** What a month tells against another, measure by measure. */
export function changesOf(
  now: { total: PerformanceRow; days: number },
  then: OtherMonth,
  against: Change['against'],
): Change[] {
  return MEASURES.map((measure): Change => {
    if (measure === 'incidents' || measure === 'calls') {
      const counted = (row: PerformanceRow) => (measure === 'incidents' ? row.incidents : (row.calls?.calls ?? 0))
      const [a, b] = [counted(now.total), counted(then.total)]
      const found = then.whole ? rateRatio(a, now.days, b, then.days) : null
      const clear = found !== null && isClear(found)
      const value = found === null ? null : { estimate: found.ratio, low: found.low, high: found.high }
      return {
        ...{ measure, against, kind: 'ratio', value, clear, few: false },
        ...{ now: { count: a, n: null }, then: { count: b, n: null } },
      }
    }
    const [a, b] = [shareOf(now.total, measure), shareOf(then.total, measure)]
    const few = a.n < FEW || b.n < FEW
    const found = then.whole ? shareDifference(a.count, a.n, b.count, b.n) : null
    const value = found === null ? null : { estimate: found.difference, low: found.low, high: found.high }
    const clear = value !== null && !few && (value.low > 0 || value.high < 0)
    return { measure, against, kind: 'difference', value, clear, few, now: a, then: b }
  })
}

function shareOf(
  row: PerformanceRow,
  measure: 'prank' | 'ghost' | 'agent' | 'opd' | 'fire',
): {
  count: number
  n: number
} {
  if (measure === 'prank' || measure === 'ghost')
    return { count: row.calls?.[measure].count ?? 0, n: row.calls?.[measure].n ?? 0 }
  return { count: row[measure].breached, n: row[measure].n }
}

/** The breached OPD share of each group against that of the month before; groups under five cases on either side are left out. */
export function groupChangesOf(
  by: GroupChange['by'],
  now: readonly PerformanceRow[],
  then: readonly PerformanceRow[],
): GroupChange[] {
  const clock = (row: PerformanceRow) => (by === 'agency' && row.own !== null ? row.own.clock : row.opd)
  const before = new Map(then.map((row) => [row.key, clock(row)]))
  return now.flatMap((row) => {
    const [a, b] = [clock(row), before.get(row.key)]
    if (row.key === null || row.name === null || !b || a.n < FEW || b.n < FEW) return []
    const found = shareDifference(a.breached, a.n, b.breached, b.n)
    if (found === null) return []
    const { difference, low, high } = found
    return [
      {
        ...{ by, key: row.key, name: row.name, difference, low, high, clear: low > 0 || high < 0 },
        ...{ now: { n: a.n, breached: a.breached }, then: { n: b.n, breached: b.breached } },
      },
    ]
  })
}
