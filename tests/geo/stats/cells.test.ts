import { describe, expect, it } from 'vitest'
import { isFineEnough } from '../../../geo/stats/cells.ts'
import { stageFigures } from '../../../geo/stats/stage_figures.ts'

const LIMIT = 300

describe('stageFigures', () => {
  it('n is ended or running past the limit; within the limit runs outside n; missing is counted', () => {
    const rows = [
      { state: 'ended', seconds: 300 },
      { state: 'ended', seconds: 300.4 },
      { state: 'running', seconds: 299 },
      { state: 'running', seconds: 301 },
      { state: 'missing', seconds: null },
      { state: 'not_begun', seconds: null },
    ] as const
    expect(stageFigures(rows, LIMIT)).toMatchObject({
      n: 3,
      breached: 2,
      running: 1,
      missing: 1,
      share: 2 / 3,
      median_seconds: 300,
    })
  })
  it('of nothing', () => {
    expect(stageFigures([], LIMIT)).toEqual({
      n: 0,
      breached: 0,
      running: 0,
      missing: 0,
      share: null,
      low: null,
      high: null,
      median_seconds: null,
    })
  })
})

describe('isFineEnough', () => {
  it('of nothing', () => expect(isFineEnough([])).toBe(false))

  it.each([
    [10, true],
    [11, false],
  ])('one coloured area of %d is a tenth: %s', (areas, fine) => {
    expect(isFineEnough(Array.from({ length: areas }, (_, i) => ({ n: i === 0 ? 5 : 4 })))).toBe(fine)
  })
})
