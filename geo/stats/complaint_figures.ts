import { CATEGORIES, CHANNELS, COMPLAINT_STATUSES, type Complaint, type ComplaintFigures } from '../wire/complaints.ts'
import { medianSeconds } from './kaplan_meier.ts'
import { wilson } from './wilson.ts'

const FEW = 5
const DAY_SECONDS = 86_400

/**
 * The month of the complaints given, as of `now` (epoch ms). What counts is the first answer: it is late after the deadline of whoever owed it, and late as
 * well when the officer's deadline had passed before, however soon the official then answered.
 */
export function complaintFigures(
  rows: readonly Complaint[],
  now: number,
): Omit<ComplaintFigures, 'from' | 'to' | 'simulated'> {
  const count = <T extends string>(codes: readonly T[], of: (row: Complaint) => T) =>
    codes.map((code) => ({ code, n: rows.filter((row) => of(row) === code).length }))
  const judged = rows.map((row) => judge(row, now))
  const k = judged.filter((each) => each === 'in_time').length
  const n = k + judged.filter((each) => each === 'late').length
  const median = medianSeconds(
    rows.map((row) => ({
      seconds: Math.round(
        ((row.first_answered_at ? Date.parse(row.first_answered_at) : now) - Date.parse(row.received_at)) / 1000,
      ),
      ended: row.first_answered_at !== null,
    })),
  )
  return {
    n: rows.length,
    by_channel: count(CHANNELS, (row) => row.channel),
    by_category: count(CATEGORIES, (row) => row.category),
    by_status: count(COMPLAINT_STATUSES, (row) => row.status),
    escalated: {
      words: rows.filter((row) => row.escalated_at !== null && row.escalation !== 'deadline').length,
      deadline: rows.filter((row) => row.escalation === 'deadline').length,
    },
    reopened: rows.filter((row) => row.reopened > 0).length,
    in_time: { k, n, running: rows.length - n, ...wilson(k, n), few: n < FEW },
    median_days: median === null ? null : median / DAY_SECONDS,
  }
}

function judge(row: Complaint, now: number): 'in_time' | 'late' | 'running' {
  if (row.first_answer_late !== null) return row.first_answer_late ? 'late' : 'in_time'
  if (row.escalation === 'deadline') return 'late'
  return now > Date.parse(row.official_due_at ?? row.officer_due_at) ? 'late' : 'running'
}
