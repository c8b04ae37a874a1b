import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '../../../geo/stats/benjamini_hochberg.ts'
import { giStar } from '../../../geo/stats/gi_star.ts'
import { seededRandom } from '../../helpers/random.ts'

const within = (points: number[][], band: number) =>
  points.map((p) => points.flatMap((q, j) => (Math.hypot(p[0] - q[0], p[1] - q[1]) <= band ? [j] : [])))

describe('giStar', () => {
  it('is what esda has for its own test', () => {
    const points = [
      [10, 10],
      [20, 10],
      [40, 10],
      [15, 20],
      [30, 20],
      [30, 30],
    ]
    const gold = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    giStar([2, 3, 3.2, 5, 8, 7], within(points, 15)).forEach(({ z }, i) =>
      expect(Math.abs(z - gold[i])).toBeLessThan(1e-8),
    )
  })

  it('takes the place itself in, listed or not', () => {
    const values = [1, 5, 2, 8]
    expect(giStar(values, [[1], [0, 2], [1, 3], [2]])).toEqual(
      giStar(values, [
        [0, 1],
        [0, 1, 2],
        [1, 2, 3],
        [2, 3],
      ]),
    )
  })

  it('agrees with the definition written with a full weight matrix', () => {
    const random = seededRandom(51)
    for (let round = 0; round < 50; round++) {
      const n = 5 + Math.floor(random() * 40)
      const points = Array.from({ length: n }, () => [random() * 100, random() * 100])
      const x = points.map(() => Math.floor(random() * 6))
      const neighbours = within(points, 25)
      const w = neighbours.map((near) => points.map((_, j) => Number(near.includes(j))))
      const mean = x.reduce((a, b) => a + b) / n
      const s = Math.sqrt(x.reduce((a, b) => a + b * b, 0) / n - mean ** 2)
      giStar(x, neighbours).forEach(({ z, p }, i) => {
        const sum = w[i].reduce((a, b) => a + b)
        const squares = w[i].reduce((a, b) => a + b * b)
        const local = w[i].reduce((a, weight, j) => a + weight * x[j], 0)
        expect(z).toBeCloseTo((local - mean * sum) / (s * Math.sqrt((n * squares - sum ** 2) / (n - 1))), 8)
        expect(p > 0 && p <= 1).toBe(true)
      })
    }
  })

  it('finds nothing where nothing varies', () => {
    expect(
      giStar(
        [4, 4, 4],
        [
          [0, 1],
          [0, 1, 2],
          [1, 2],
        ],
      ),
    ).toEqual(Array(3).fill({ z: 0, p: 1 }))
    expect(
      giStar(
        [1, 2, 3],
        [
          [0, 1, 2],
          [0, 1, 2],
          [0, 1, 2],
        ],
      ).map((g) => g.z),
    ).toEqual([0, 0, 0])
  })
})

describe('benjaminiHochberg', () => {
  it('the paper’s own example: four of fifteen at 0.05', () => {
    const ps = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    expect(benjaminiHochberg(ps).map((d) => d.significant)).toEqual(ps.map((p) => p <= 0.0095))
  })

  it('adjusts as R’s p.adjust, in the order given', () => {
    const q = benjaminiHochberg([0.01, 0.04, 0.03, 0.005]).map((d) => d.q)
    ;[0.02, 0.04, 0.04, 0.02].forEach((gold, i) => expect(q[i]).toBeCloseTo(gold, 12))
    expect(benjaminiHochberg([])).toEqual([])
  })

  it('flags up to the largest k with p(k) <= k/m alpha, on random ones', () => {
    const random = seededRandom(52)
    for (let round = 0; round < 200; round++) {
      const ps = Array.from({ length: 1 + Math.floor(random() * 50) }, () => random() ** 3)
      const sorted = [...ps].sort((a, b) => a - b)
      const k = sorted.reduce((last, p, i) => (p <= ((i + 1) / ps.length) * 0.05 ? i + 1 : last), 0)
      const cut = k === 0 ? -1 : sorted[k - 1]
      expect(benjaminiHochberg(ps).map((d) => d.significant)).toEqual(ps.map((p) => p <= cut))
    }
  })
})
