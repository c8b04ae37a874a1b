import type { Complaint } from '../wire/complaints.ts'
import type { ClockState } from './clock.ts'
import { WARNING_SHARE } from './limits.ts'
import { workingMs, type Holidays } from './working_days.ts'

export interface ComplaintClock {
  /** Whose clock it is: the officer's until the complaint goes up, then the Kominfo official's. */
  stage: 'officer' | 'official'
  state: ClockState
  /** Epoch ms. */
  due_at: number
  /** This clock is over its limit, or the officer's ran out before it. */
  late: boolean
}

type Times = Pick<
  Complaint,
  'opened_at' | 'officer_due_at' | 'escalated_at' | 'escalation' | 'official_due_at' | 'answered_at'
>

/**
 * The clock of a complaint that counts now. Limits are ends of working days: exactly then is still in time, an answer that came later
 * stays `breached`, and it warns when 80 % of its working time is over.
 */
export function complaintClock(complaint: Times, now: number, holidays: Holidays): ComplaintClock {
  const { opened_at, officer_due_at, escalated_at, escalation, official_due_at, answered_at } = complaint
  const official = escalated_at !== null && official_due_at !== null
  const started_at = Date.parse(official ? escalated_at : opened_at)
  const due_at = Date.parse(official ? official_due_at : officer_due_at)
  const ended_at = answered_at === null ? null : Date.parse(answered_at)
  const state = stateOf(started_at, due_at, ended_at, now, holidays)
  return {
    stage: official ? 'official' : 'officer',
    state,
    due_at,
    late: state === 'breached' || escalation === 'deadline',
  }
}

function stateOf(from: number, due: number, ended: number | null, now: number, holidays: Holidays): ClockState {
  if ((ended ?? now) > due) return 'breached'
  if (ended !== null) return 'met'
  return workingMs(from, now, holidays) >= WARNING_SHARE * workingMs(from, due, holidays) ? 'warning' : 'running'
}

const URGENCY: Record<ClockState, number> = { breached: 0, warning: 1, running: 2, unknown: 3, met: 4 }

/** Overdue first, then what went up because it was overdue, then by the deadline that comes next. */
export const moreUrgent = (a: ComplaintClock, b: ComplaintClock): number =>
  URGENCY[a.state] - URGENCY[b.state] || Number(b.late) - Number(a.late) || a.due_at - b.due_at
