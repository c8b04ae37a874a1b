import { describe, expect, it } from 'vitest'
import { medianSeconds } from '../../../geo/stats/kaplan_meier.ts'
import { medianInterval } from '../../../geo/stats/median_interval.ts'
import { seededRandom } from '../../helpers/random.ts'

/** R's survival::aml, `+` as a negative number: censored. */
const MAINTAINED = [9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161]
const NOT = [5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45]
const durations = (times: number[]) => times.map((t) => ({ seconds: Math.abs(t), ended: t > 0 }))

describe('medianInterval', () => {
  it('is what R’s survfit prints for its own example: 31 (18, none) and 23 (8, none)', () => {
    expect(medianSeconds(durations(MAINTAINED))).toBe(31)
    expect(medianInterval(durations(MAINTAINED))).toEqual({ low: 18, high: null })
    expect(medianSeconds(durations(NOT))).toBe(23)
    expect(medianInterval(durations(NOT))).toEqual({ low: 8, high: null })
  })
  it('holds the median between its bounds, which close in as cases grow', () => {
    const random = seededRandom(65)
    const some = (n: number) =>
      Array.from({ length: n }, () => ({ seconds: Math.round(1000 * random()), ended: random() < 0.9 }))
    for (let round = 0; round < 60; round++) {
      const cases = some(40 + Math.floor(random() * 60))
      const { low, high } = medianInterval(cases)
      const median = medianSeconds(cases)!
      expect(low!).toBeLessThanOrEqual(median)
      if (high !== null) expect(high).toBeGreaterThanOrEqual(median)
    }
    const width = (n: number) => {
      const { low, high } = medianInterval(some(n))
      return high! - low!
    }
    expect(width(4000)).toBeLessThan(width(100))
  })
  it('of nothing, and of what all runs', () => {
    expect(medianInterval([])).toEqual({ low: null, high: null })
    expect(medianInterval(durations([-5, -6]))).toEqual({ low: null, high: null })
  })
})
