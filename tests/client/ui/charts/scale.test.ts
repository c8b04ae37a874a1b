import { describe, expect, it } from 'vitest'
import { axisOf, pathOf, runsOf } from '../../../../client/ui/charts/scale.ts'

describe('axis of a chart', () => {
  it.each([
    [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [7, [0, 2, 4, 6, 8]],
    [43, [0, 10, 20, 30, 40, 50]],
    [100, [0, 20, 40, 60, 80, 100]],
  ])('up to %d', (most, ticks) => expect(axisOf(most)).toEqual({ top: ticks.at(-1), ticks }))

  it('always reaches what it shows, in at most six steps', () => {
    for (let most = 0.01; most < 1e6; most *= 1.37) {
      const { top, ticks } = axisOf(most, 0)
      expect(top).toBeGreaterThanOrEqual(most)
      expect(top).toBeLessThan(most * 2.01)
      expect(ticks.length).toBeLessThanOrEqual(6)
    }
  })
})

it('a line is broken where nothing is known', () => {
  expect(runsOf([1, 2, null, 3, null, null])).toEqual([[1, 2], [3]])
  expect(
    pathOf([
      { x: 0, y: 1 },
      { x: 2.04, y: 3 },
    ]),
  ).toBe('M0.0,1.0L2.0,3.0')
})
