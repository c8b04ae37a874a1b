import { expect, it } from 'vitest'
import { poissonInterval } from '../../../geo/stats/poisson_interval.ts'

// Exact bounds, R: poisson.test(n)$conf.int
it.each([
  [0, 0, 3.6889],
  [1, 0.0253, 5.5716],
  [5, 1.6235, 11.6683],
  [10, 4.7954, 18.3904],
  [50, 37.111, 65.9188],
  [400, 361.7558, 441.1866],
])('%d lies between %d and %d', (n, low, high) => {
  const found = poissonInterval(n)
  expect(Math.abs(found.low - low)).toBeLessThan(0.05)
  expect(Math.abs(found.high - high)).toBeLessThan(0.05)
})
