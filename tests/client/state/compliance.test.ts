import { describe, expect, it } from 'vitest'
import { cityCompliance, compliance } from '../../../client/state/compliance.ts'
import { aDistrict } from '../fixtures.ts'

describe('compliance', () => {
  it('is the share kept, with its interval turned round: 7 of 10 kept is 40 to 89 per cent', () => {
    expect(compliance({ n: 10, breached: 3 })).toEqual({ n: 10, percent: 70, low: 40, high: 89 })
  })
  it('says no share under five cases, only their number', () => {
    expect(compliance({ n: 4, breached: 0 })).toMatchObject({ n: 4, percent: null })
    expect(compliance({ n: 0, breached: 0 }).percent).toBeNull()
  })
  it('adds counts, not shares', () => {
    expect(cityCompliance([aDistrict('a', 9, 9), aDistrict('b', 1, 0)], 'opd')).toMatchObject({ n: 10, percent: 10 })
  })
})
