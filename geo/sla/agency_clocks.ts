import type { Assignment } from '../wire/incident.ts'
import { stageClock } from './clock.ts'
import type { StageClock } from './clock.ts'
import { OPD_LIMIT_SECONDS } from './limits.ts'

export interface AgencyClock extends StageClock {
  agency_id: string
}

const isDropped = (a: Assignment) => a.status === 'declined' || a.status === 'cancelled'

/**
 * Each agency's own clock at `now` (epoch ms), in order of first notice: from its first notified to its last done, limit as the
 * OPD stage's. A refusal does not restart it, a cancellation (not the agency's doing) does; an agency left with neither
 * active nor done assignments is `unknown`. `end_lost`: late entry or closed incident, what is missing will not come.
 */
export function agencyClocks(assignments: readonly Assignment[], now: number, end_lost = false): AgencyClock[] {
  const byAgency = new Map<string, Assignment[]>()
  for (const a of assignments) {
    const own = byAgency.get(a.agency_id)
    if (own) own.push(a)
    else byAgency.set(a.agency_id, [a])
  }
  const clocks = [...byAgency].map(([agency_id, own]) => ({
    agency_id,
    first: firstNotice(own),
    ...clockOf(own, now, end_lost),
  }))
  return clocks.sort((a, b) => a.first - b.first).map(({ first: _, ...clock }) => clock)
}

const firstNotice = (own: readonly Assignment[]) => Math.min(...own.map((a) => Date.parse(a.notified_at)))

function clockOf(own: readonly Assignment[], now: number, end_lost: boolean): StageClock {
  const working = own.filter((a) => !isDropped(a))
  const started_at = working.length === 0 ? null : firstNotice(own.filter((a) => a.status !== 'cancelled'))
  const ends = working.map((a) => (a.done_at === null ? NaN : Date.parse(a.done_at)))
  const ended_at = ends.some(Number.isNaN) ? null : Math.max(...ends)
  return stageClock({ started_at, ended_at, limit_seconds: OPD_LIMIT_SECONDS, now, end_lost })
}
