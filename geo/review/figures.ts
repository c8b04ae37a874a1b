import type { Review, ReviewFigures } from '../wire/review.ts'

const tally = <K extends string>(keys: readonly K[]): Partial<Record<K, number>> => {
  const counts: Partial<Record<K, number>> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** What came of a month's reviews; `over` is how many of its cases are over, `today` the WIB day. "Nothing found" (category none) is no finding. */
export function figuresOf(reviews: readonly Review[], over: number, today: string): ReviewFigures {
  const findings = reviews.flatMap((review) => review.findings).filter(({ category }) => category !== 'none')
  const waiting = findings.filter(({ follow_up, done_at }) => follow_up && done_at === null)
  return {
    over,
    cases: reviews.length,
    done: reviews.filter(({ status }) => status === 'done').length,
    by_reason: tally(reviews.flatMap(({ reasons }) => reasons)),
    findings: findings.length,
    by_category: tally(findings.map(({ category }) => category)),
    by_severity: tally(findings.map(({ severity }) => severity)),
    waiting: waiting.length,
    overdue: waiting.filter(({ due_on }) => due_on !== null && due_on < today).length,
  }
}
