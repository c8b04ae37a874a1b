import { describe, expect, it } from 'vitest'
import { normalTail, twoSidedP } from '../../../geo/stats/normal.ts'
import { wilson } from '../../../geo/stats/wilson.ts'

describe('wilson', () => {
  it('3 of 10 is 0.1078 to 0.6032', () => {
    const { share, low, high } = wilson(3, 10)
    expect(share).toBe(0.3)
    expect(low).toBeCloseTo(0.1078, 4)
    expect(high).toBeCloseTo(0.6032, 4)
  })

  // R: prop.test(81, 263, correct = FALSE); Newcombe 1998, table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d, as Newcombe tabulates', (k, n, low, high) => {
    expect(wilson(k, n).low).toBeCloseTo(low, 4)
    expect(wilson(k, n).high).toBeCloseTo(high, 4)
  })

  it('all of n mirrors none of n, and touches exactly one', () => {
    expect(wilson(20, 20).high).toBe(1)
    expect(wilson(20, 20).low).toBeCloseTo(1 - wilson(0, 20).high!, 12)
  })

  it('says nothing of nothing', () => expect(wilson(0, 0)).toEqual({ share: null, low: null, high: null }))

  it('its bounds solve (p - share)² = z² p (1 - p) / n', () => {
    for (let n = 1; n < 40; n++)
      for (let k = 0; k <= n; k++)
        for (const p of [wilson(k, n).low!, wilson(k, n).high!])
          expect((p - k / n) ** 2).toBeCloseTo((1.959963984540054 ** 2 * p * (1 - p)) / n, 12)
  })
})

describe('normalTail', () => {
  it.each([
    [0, 0.5],
    [1, 0.15865525393145705],
    [1.96, 0.024997895148220435],
    [2.99, 0.0013948872354922],
    [3, 0.0013498980316300946],
    [5, 2.866515718791939e-7],
    [8, 6.22096057427178e-16],
  ])('P(Z > %d)', (z, p) => expect(normalTail(z) / p).toBeCloseTo(1, 10))

  it('is one in all with its other side', () => {
    expect(normalTail(-1.3) + normalTail(1.3)).toBeCloseTo(1, 15)
    expect(twoSidedP(-1.959963984540054)).toBeCloseTo(0.05, 14)
    expect(twoSidedP(0)).toBe(1)
  })
})
