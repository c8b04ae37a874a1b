import { describe, expect, it } from 'vitest'
import { bestOf, expiryOf } from '../../../client/supervisor/staff/expiry.ts'
import type { StaffRecord } from '../../../geo/wire/shift_plan.ts'

const TODAY = '2026-11-28'
const course = (expires_on: string | null): StaffRecord => ({ kind: 'bhd', title: 'x', obtained_on: null, expires_on })

describe('a record of the staff', () => {
  it.each([
    [null, 'none'],
    ['2026-11-27', 'expired'],
    ['2026-11-28', 'expiring'],
    ['2027-01-27', 'expiring'],
    ['2027-01-28', 'valid'],
  ] as const)('that ends %s is %s', (expires_on, expiry) => expect(expiryOf({ expires_on }, TODAY)).toBe(expiry))

  it('that counts is the one valid longest', () => {
    const all = [course('2026-01-01'), course('2027-05-01'), course('2026-12-01')]
    expect(bestOf(all, 'bhd')?.expires_on).toBe('2027-05-01')
    expect(bestOf([...all, course(null)], 'bhd')?.expires_on).toBeNull()
    expect(bestOf(all, 'call_taking')).toBeNull()
  })
})
