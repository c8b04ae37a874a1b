import { describe, expect, it } from 'vitest'
import { breachClock } from '../../geo/privacy/breach_clock.ts'
import { maskName, maskNumber } from '../../geo/privacy/mask.ts'
import { breachNotice, longWib } from '../../geo/privacy/notice.ts'
import { PERIODS, RETENTION, retentionDays } from '../../geo/privacy/retention.ts'
import type { Breach } from '../../geo/wire/breach.ts'

describe('masks', () => {
  it.each([
    ['081234567878', '0812••••••78'],
    ['0812-3456-778', '0812•••••78'],
    ['+62 812 3456 7878', '+628••••••••78'],
    ['112', '•••'],
    ['', ''],
  ])('%s as %s', (number, shown) => expect(maskNumber(number)).toBe(shown))
  it.each([
    ['Siti Aminah', 'S. A.'],
    ['  budi ', 'B.'],
    ['H. Muh. Ali bin Umar', 'H. M. A.'],
    ['', ''],
  ])('%s as %s', (name, shown) => expect(maskName(name)).toBe(shown))
})

describe('retention', () => {
  it('goes by what an admin set, and by the planned days wherever that cannot be', () => {
    const planned = Object.fromEntries(PERIODS.map((period) => [period, RETENTION[period].days]))
    for (const set of [null, undefined, 'x', [], {}, { words: 3 }, { words: '400' }, { view: 1e9 }])
      expect(retentionDays(set)).toEqual(planned)
    expect(retentionDays({ words: 400, more: 1 })).toEqual({ ...planned, words: 400 })
  })
})

const found_at = '2026-11-25T10:00:00+07:00'
const FOUND = Date.parse(found_at)
const HOUR = 3_600_000
const times = {
  found_at,
  authority_notified_at: null as string | null,
  subjects_notified_at: null as string | null,
  outcome: null as Breach['outcome'],
  concluded_at: null as string | null,
}
const at = (hours: number) => new Date(FOUND + hours * HOUR).toISOString()

describe('the clock of a breach', () => {
  it.each([
    ['runs', times, 10, 'running', 62],
    ['warns from 80 %', times, 57.6, 'warning', 14.4],
    ['is in time to the second', times, 72, 'warning', 0],
    ['is late after', times, 73, 'breached', -1],
    ['runs on while only one was told', { ...times, authority_notified_at: at(5) }, 73, 'breached', -1],
    [
      'is met when both were told',
      { ...times, authority_notified_at: at(5), subjects_notified_at: at(71) },
      900,
      'met',
      1,
    ],
    [
      'stays late when one was told late',
      { ...times, authority_notified_at: at(74), subjects_notified_at: at(1) },
      900,
      'breached',
      -2,
    ],
    ['ends when it was none', { ...times, outcome: 'not_a_breach' as const, concluded_at: at(20) }, 900, 'met', 52],
  ])('%s', (_, breach, now, state, left) => {
    const clock = breachClock(breach, FOUND + now * HOUR)
    expect(clock.state).toBe(state)
    expect((clock.remaining_seconds ?? NaN) / 3_600).toBeCloseTo(left, 6)
  })
})

describe('the notice of article 46', () => {
  const breach: Breach = {
    ...times,
    ...{ id: '', registered_at: found_at, registered_by: 'admin:a', what: 'Layar difoto.', data: 'Nama dan nomor.' },
    ...{ how: null, measures: null, subjects: 1_200, authority_how: null, subjects_how: null, conclusion: null },
    ...{ concluded_by: null, revision: 1, simulated: false },
    cases: [{ incident_id: '', number: '112-20261125-0001', received_at: found_at }],
  }
  it('says what, when and how, and what is done; what is not written yet is named', () => {
    const { opening, parts } = breachNotice(breach, 'authority', 'Kota Pekalongan')
    expect(opening).toContain('25 November 2026 pukul 10.00 WIB')
    expect(parts.map(({ text }) => text)).toEqual([
      'Nama dan nomor.\nJumlah subjek data yang terdampak: 1.200 orang. Nomor kasus: 112-20261125-0001.',
      'Layar difoto.',
      '',
    ])
    expect(parts[2].missing).toMatch(/belum ditulis/)
  })
  it('tells the people no case of others', () =>
    expect(JSON.stringify(breachNotice(breach, 'subjects', 'Kota Pekalongan'))).not.toContain('112-2026'))
  it('speaks of the WIB day', () => expect(longWib('2026-12-31T17:30:00Z')).toBe('1 Januari 2027 pukul 00.30 WIB'))
})
