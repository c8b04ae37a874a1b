import { describe, expect, it } from 'vitest'
import { countRatio } from '../../../geo/stats/count_ratio.ts'
import { shareDifference } from '../../../geo/stats/newcombe.ts'
import { periodBefore, previousOf } from '../../../geo/stats/previous.ts'
import { stageFigures } from '../../../geo/stats/stage_figures.ts'

describe('shareDifference', () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('Newcombe 1998, table II, method 10: %i/%i less %i/%i', (k1, n1, k2, n2, low, high) => {
    const found = shareDifference(k1, n1, k2, n2)!
    expect(found.difference).toBeCloseTo(k1 / n1 - k2 / n2, 12)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })
  it('says nothing without cases on either side', () => {
    expect(shareDifference(0, 0, 1, 2)).toBeNull()
    expect(shareDifference(1, 2, 0, 0)).toBeNull()
  })
  it('turned round it is the same with the sign changed', () => {
    const a = shareDifference(7, 20, 3, 30)!
    const b = shareDifference(3, 30, 7, 20)!
    expect(b.low).toBeCloseTo(-a.high, 12)
    expect(b.high).toBeCloseTo(-a.low, 12)
  })
})

describe('countRatio', () => {
  it('40 after 20 is more, 22 after 20 may be chance, and turned round the bounds are the inverses', () => {
    expect(countRatio(40, 20)!.low).toBeGreaterThan(1)
    const same = countRatio(22, 20)!
    expect(same.low < 1 && same.high! > 1).toBe(true)
    expect(countRatio(20, 40)!.high).toBeCloseTo(1 / countRatio(40, 20)!.low, 12)
  })
  it('nothing before, or nothing now', () => {
    expect(countRatio(5, 0)).toBeNull()
    expect(countRatio(0, 5)).toMatchObject({ ratio: 0, low: 0 })
  })
})

describe('the period before', () => {
  const DAY = 86_400_000
  it('is as long as the one asked for has lasted so far', () => {
    expect(periodBefore({ from: 10 * DAY, to: 40 * DAY }, 100 * DAY)).toEqual({ from: -20 * DAY, to: 10 * DAY })
    expect(periodBefore({ from: 10 * DAY, to: 40 * DAY }, 15 * DAY)).toEqual({ from: 5 * DAY, to: 10 * DAY })
    expect(periodBefore({ from: 10 * DAY, to: 40 * DAY }, 10 * DAY)).toBeNull()
  })
  it('compares nothing when records do not reach back over it', () => {
    const stage = stageFigures([{ state: 'ended', seconds: 10 }], 300)
    const row = {
      code: 'a',
      incidents: 1,
      calls: 1,
      agent_n: 9,
      agent_breached: 9,
      opd_n: 0,
      opd_breached: 0,
      trend: [],
      whole: true,
    }
    const now = { incidents: 5, agent: stage, opd: stage }
    expect(previousOf(now, row, { from: 0, to: DAY })).toMatchObject({
      incidents_change: { ratio: 5 },
      agent_change: { difference: -1 },
      opd_change: null,
      opd: { n: 0, share: null },
    })
    expect(previousOf(now, { ...row, whole: false }, { from: 0, to: DAY })).toMatchObject({
      incidents_change: null,
      agent_change: null,
    })
  })
})
