import { periodOf, type Span } from '../../geo/sla/period.ts'
import type { Asked } from './types.ts'

/** The period that `datetime` chooses, else the last `span`; null where it is empty. `datetime` includes its end, a period does not. */
export function periodAsked(
  { from, to, now }: Pick<Asked, 'from' | 'to' | 'now'>,
  span: Span,
): { from: string; to: string } | null {
  const period = periodOf(
    { from: from?.getTime(), to: to === null ? undefined : to.getTime() + 1 },
    now.getTime(),
    span,
  )
  if (period.from >= period.to) return null
  return { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() }
}
