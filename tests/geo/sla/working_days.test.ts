import { describe, expect, it } from 'vitest'
import { complaintClock, moreUrgent } from '../../../geo/sla/complaint_clock.ts'
import { endOfWorkingDays, isWorkingDay, workingDaysLeft, workingMs } from '../../../geo/sla/working_days.ts'
import { seededRandom } from '../../helpers/random.ts'

const HOLIDAYS = new Set(['2026-12-25', '2026-12-24', '2027-01-01'])
const at = (text: string) => Date.parse(`${text}+07:00`)
const wib = (ms: number) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16)

describe('a deadline in working days', () => {
  it('begins the day after and ends at midnight WIB, over a weekend', () => {
    // Thursday
    expect(wib(endOfWorkingDays(at('2026-11-26T10:00'), 1, HOLIDAYS))).toBe('2026-11-28T00:00')
    expect(wib(endOfWorkingDays(at('2026-11-26T10:00'), 2, HOLIDAYS))).toBe('2026-12-01T00:00')
    expect(wib(endOfWorkingDays(at('2026-11-28T10:00'), 1, HOLIDAYS))).toBe('2026-12-01T00:00')
  })
  it('is told by the WIB day, not by that of UTC', () => {
    // 23.59 and 00.00 WIB are both 30 November in UTC or before
    expect(wib(endOfWorkingDays(at('2026-11-30T23:59'), 1, HOLIDAYS))).toBe('2026-12-02T00:00')
    expect(wib(endOfWorkingDays(at('2026-12-01T00:00'), 1, HOLIDAYS))).toBe('2026-12-03T00:00')
  })
  it('passes over holidays', () => {
    // Wednesday before two days of holiday and a weekend
    expect(wib(endOfWorkingDays(at('2026-12-23T12:00'), 1, HOLIDAYS))).toBe('2026-12-29T00:00')
  })

  it('equals counting hours one by one', () => {
    const random = seededRandom(16)
    for (let i = 0; i < 200; i++) {
      const from = at('2026-11-20T00:00') + Math.floor(random() * 60 * 24) * HOUR
      const days = 1 + Math.floor(random() * 12)
      const due = endOfWorkingDays(from, days, HOLIDAYS)
      // From the midnight after on: the hour in which the last of 24 x days working hours ends.
      let hour = at(`${wib(from).slice(0, 10)}T00:00`) + 24 * HOUR
      for (let left = 24 * days; left > 0; hour += HOUR) if (works(hour)) left--
      expect(due, `${wib(from)} + ${days}`).toBe(hour)
      let hours = 0
      for (let each = from; each < due; each += HOUR) if (works(each)) hours++
      expect(workingMs(from, due, HOLIDAYS)).toBe(hours * HOUR)
      expect(workingDaysLeft(from, due, HOLIDAYS)).toBe(days + (works(from) ? 1 : 0))
      expect(isWorkingDay(from, HOLIDAYS)).toBe(works(from))
    }
  })
})

const HOUR = 3_600_000
const calendar = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Jakarta',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const known = new Map<number, boolean>()
/** By the platform's calendar, another way than the code's. */
function works(ms: number): boolean {
  const found = known.get(ms)
  if (found !== undefined) return found
  const parts = new Map(calendar.formatToParts(ms).map(({ type, value }) => [type, value]))
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  const answer = !['Sat', 'Sun'].includes(parts.get('weekday') ?? '') && !HOLIDAYS.has(day)
  known.set(ms, answer)
  return answer
}

describe('the clock of a complaint', () => {
  const opened_at = '2026-11-23T10:00:00+07:00'
  const base = {
    opened_at,
    officer_due_at: new Date(endOfWorkingDays(Date.parse(opened_at), 5, HOLIDAYS)).toISOString(),
    escalated_at: null,
    escalation: null,
    official_due_at: null,
    answered_at: null,
  }
  const state = (more: object, now: string) => complaintClock({ ...base, ...more }, at(now), HOLIDAYS).state
  it('runs, warns at 80 % of its working time, and is over only after the midnight', () => {
    expect(state({}, '2026-11-23T11:00')).toBe('running')
    // 134 working hours: 80 % are 107.2, so Friday 21.12
    expect(state({}, '2026-11-27T21:11')).toBe('running')
    expect(state({}, '2026-11-27T21:12')).toBe('warning')
    expect(state({}, '2026-12-01T00:00')).toBe('warning')
    expect(complaintClock(base, at('2026-12-01T00:00') + 1, HOLIDAYS).state).toBe('breached')
    expect(state({ answered_at: '2026-12-01T00:00:00+07:00' }, '2026-12-20T00:00')).toBe('met')
    expect(state({ answered_at: '2026-12-01T00:00:01+07:00' }, '2026-12-20T00:00')).toBe('breached')
  })
  it('is the official’s once it went up, and late when the officer’s ran out', () => {
    const up = { escalated_at: '2026-12-01T00:00:20+07:00', official_due_at: '2026-12-22T00:00:00+07:00' }
    const forced = complaintClock({ ...base, ...up, escalation: 'deadline' }, at('2026-12-02T10:00'), HOLIDAYS)
    expect(forced).toMatchObject({ stage: 'official', state: 'running', late: true })
    const asked = complaintClock({ ...base, ...up, escalation: 'words' }, at('2026-12-02T10:00'), HOLIDAYS)
    expect(asked).toMatchObject({ stage: 'official', late: false })
    expect(moreUrgent(forced, asked)).toBeLessThan(0)
    expect(moreUrgent(complaintClock(base, at('2026-12-05T10:00'), HOLIDAYS), forced)).toBeLessThan(0)
  })
})
