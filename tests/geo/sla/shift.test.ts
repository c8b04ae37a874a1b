import { describe, expect, it } from 'vitest'
import { shiftAt, wibDate, wibDay, wibHour, wibMidnight, wibMonthRange } from '../../../geo/sla/shift.ts'
import { seededRandom } from '../../helpers/random.ts'

const at = (wib: string) => Date.parse(`${wib}+07:00`)

describe('WIB days and months', () => {
  it('the last second of October is October, the next one November', () => {
    const october = wibMonthRange('2026-10')
    expect(october).toEqual({ from: at('2026-10-01T00:00:00'), to: at('2026-11-01T00:00:00') })
    const last = at('2026-10-31T23:59:59')
    expect(last >= october!.from && last < october!.to).toBe(true)
    expect(wibDay(last)).toBe('2026-10-31')
    // Cut at UTC midnight this would still be October.
    expect(wibDay(at('2026-11-01T00:00:00'))).toBe('2026-11-01')
    expect(at('2026-11-01T00:00:00') < october!.to).toBe(false)
  })

  it('december ends at new year, february in a leap year at the 29th', () => {
    expect(wibMonthRange('2026-12')!.to).toBe(at('2027-01-01T00:00:00'))
    expect(wibMonthRange('2028-02')!.to - wibMonthRange('2028-02')!.from).toBe(29 * 86_400_000)
  })

  it.each(['2026-13', '2026-00', '2026-1', '', '2026-10-01', 'x026-10'])('no month %j', (m) =>
    expect(wibMonthRange(m)).toBeNull(),
  )
  it.each(['2026-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-1-1', '01-10-2026'])('no day %j', (d) =>
    expect(wibDate(d)).toBeNull(),
  )
  it('a day begins at midnight WIB', () => {
    expect(wibDate('2026-10-31')).toBe(at('2026-10-31T00:00:00'))
    expect(wibMidnight(at('2026-10-31T06:59:59'))).toBe(at('2026-10-31T00:00:00'))
  })

  it('agrees with the zone database for Asia/Jakarta at 2,000 instants', () => {
    const random = seededRandom(41)
    const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta', dateStyle: 'short', timeStyle: 'short' })
    for (let i = 0; i < 2000; i++) {
      const instant = at('2019-11-29T00:00:00') + Math.floor(random() * 20 * 365 * 86_400_000)
      const [day, time] = zone.format(instant).split(' ')
      expect(wibDay(instant)).toBe(day)
      expect(wibHour(instant)).toBe(Number(time.slice(0, 2)))
    }
  })
})

describe('shiftAt', () => {
  it.each([
    ['2026-10-31T08:00:00', 'pagi', '2026-10-31T08:00:00', '2026-10-31T16:00:00', '2026-10-31'],
    ['2026-10-31T15:59:59', 'pagi', '2026-10-31T08:00:00', '2026-10-31T16:00:00', '2026-10-31'],
    ['2026-10-31T16:00:00', 'sore', '2026-10-31T16:00:00', '2026-10-31T23:00:00', '2026-10-31'],
    ['2026-10-31T22:59:59', 'sore', '2026-10-31T16:00:00', '2026-10-31T23:00:00', '2026-10-31'],
    ['2026-10-31T23:00:00', 'malam', '2026-10-31T23:00:00', '2026-11-01T08:00:00', '2026-10-31'],
    ['2026-11-01T00:00:00', 'malam', '2026-10-31T23:00:00', '2026-11-01T08:00:00', '2026-10-31'],
    ['2026-11-01T07:59:59', 'malam', '2026-10-31T23:00:00', '2026-11-01T08:00:00', '2026-10-31'],
  ])('%s WIB is %s', (instant, shift, from, to, day) => {
    expect(shiftAt(at(instant))).toEqual({ shift, day, starts_at: at(from), ends_at: at(to) })
  })

  it('every instant lies in its shift, and the shift after begins where it ends', () => {
    const random = seededRandom(42)
    for (let i = 0; i < 1000; i++) {
      const instant = at('2026-01-01T00:00:00') + Math.floor(random() * 365 * 86_400_000)
      const shift = shiftAt(instant)
      expect(instant >= shift.starts_at && instant < shift.ends_at).toBe(true)
      expect(shiftAt(shift.ends_at).starts_at).toBe(shift.ends_at)
    }
  })
})
