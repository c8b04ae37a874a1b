import { expect, it } from 'vitest'
import { monthBeside, wibMonth } from '../../../geo/sla/month.ts'

it('months turn the year both ways', () => {
  expect([monthBeside('2026-01', -1), monthBeside('2026-12', 1), monthBeside('2026-10', -12)]).toEqual([
    '2025-12',
    '2027-01',
    '2025-10',
  ])
})

it('an instant is of the month in Pekalongan', () => {
  expect(wibMonth(Date.parse('2026-10-31T17:00:00Z'))).toBe('2026-11')
})
