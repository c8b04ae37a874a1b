import type { Assignment } from '../wire/incident.ts'
import { stageClock, UNKNOWN_CLOCK } from './clock.ts'
import type { StageClock } from './clock.ts'
import { OPD_LIMIT_SECONDS } from './limits.ts'

const endOf = (a: Assignment): number | null => {
  const at = a.done_at ?? a.declined_at ?? a.cancelled_at
  return at === null ? null : Date.parse(at)
}

/**
 * The clock of one OPD in one case at `now` (epoch ms): from its own notified to its last done, whatever others do. A unit that takes another's
 * place goes on with the clock that runs; one sent after all had ended starts anew. All declined or cancelled: nothing runs (`unknown`).
 */
export function agencyClock(assignments: readonly Assignment[], agency_id: string, now: number): StageClock {
  const own = assignments
    .filter((a) => a.agency_id === agency_id)
    .sort((a, b) => Date.parse(a.notified_at) - Date.parse(b.notified_at))
  let started_at = NaN
  let open_until = -Infinity
  let last: Assignment[] = []
  for (const a of own) {
    const at = Date.parse(a.notified_at)
    if (at > open_until) [started_at, last] = [at, []]
    last.push(a)
    open_until = Math.max(open_until, endOf(a) ?? Infinity)
  }
  const done = last.flatMap((a) => (a.done_at === null ? [] : [Date.parse(a.done_at)]))
  const runs = open_until === Infinity
  if (!runs && done.length === 0) return { ...UNKNOWN_CLOCK }
  return stageClock({ started_at, ended_at: runs ? null : Math.max(...done), limit_seconds: OPD_LIMIT_SECONDS, now })
}
