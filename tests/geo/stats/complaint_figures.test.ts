import { describe, expect, it } from 'vitest'
import { complaintFigures } from '../../../geo/stats/complaint_figures.ts'
import type { Complaint } from '../../../geo/wire/complaints.ts'

const day = (n: number) => new Date(Date.parse('2026-11-02T09:00:00+07:00') + n * 86_400_000).toISOString()
let made = 0
/** Received on day 0, owed by day 7. */
const complaint = (more: Partial<Complaint>): Complaint => ({
  id: `c${made++}`,
  number: `PGD-20261102-${made}`,
  channel: '112',
  category: 'slow_arrival',
  status: 'received',
  open: true,
  incident_number: null,
  received_at: day(0),
  opened_at: day(0),
  officer_due_at: day(7),
  taken_at: null,
  escalated_at: null,
  escalation: null,
  official_due_at: null,
  answered_at: null,
  reopen_until: null,
  closed_at: null,
  first_answered_at: null,
  first_answer_late: null,
  reopened: 0,
  revision: 1,
  simulated: false,
  created_by: 'operator:x',
  ...more,
})
const answered = (n: number, late: boolean) =>
  complaint({
    status: 'answered',
    open: false,
    answered_at: day(n),
    first_answered_at: day(n),
    first_answer_late: late,
  })
const up = (escalation: 'words' | 'deadline') =>
  complaint({ status: 'escalated', escalation, escalated_at: day(3), official_due_at: day(20) })

describe('the figures of complaints', () => {
  it('count as late what was answered late, is owed past its deadline, or passed the officer’s', () => {
    const rows = [answered(1, false), answered(9, true), complaint({}), up('words'), up('deadline')]
    const at = (n: number) => complaintFigures(rows, Date.parse(day(n))).in_time
    expect(at(5)).toMatchObject({ k: 1, n: 3, running: 2, few: true })
    expect(at(8)).toMatchObject({ k: 1, n: 4, running: 1 })
    expect(at(21)).toMatchObject({ k: 1, n: 5, running: 0, few: false, share: 0.2 })
    expect(at(21).low).toBeCloseTo(0.0362, 4)
    expect(at(21).high).toBeCloseTo(0.6245, 4)
  })
  it('judge by the first answer, also of what was reopened since', () => {
    const again = complaint({
      first_answered_at: day(2),
      first_answer_late: false,
      reopened: 1,
      opened_at: day(4),
      officer_due_at: day(11),
    })
    expect(complaintFigures([again], Date.parse(day(30)))).toMatchObject({
      reopened: 1,
      in_time: { k: 1, n: 1 },
      median_days: 2,
    })
  })
  it('have a median that what is still owed pushes up, and none while most is', () => {
    const now = Date.parse(day(30))
    expect(complaintFigures([answered(1, false), answered(3, false), complaint({})], now).median_days).toBe(3)
    expect(complaintFigures([answered(1, false), complaint({}), complaint({})], now).median_days).toBeNull()
    expect(complaintFigures([], now)).toMatchObject({ n: 0, in_time: { share: null }, median_days: null })
  })
})
