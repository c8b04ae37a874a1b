import { describe, expect, it } from 'vitest'
import { distanceM, fromLocalM } from '../../../geo/earth.ts'
import { smoothShare, SURFACE_MIN_EFFECTIVE_N } from '../../../geo/stats/smooth.ts'
import { seededRandom } from '../../helpers/random.ts'

const ORIGIN = [109.67, -6.89]
const at = (x: number, y: number) => {
  const [lon, lat] = fromLocalM([x, y], ORIGIN)
  return { lon, lat }
}
const places = (list: { lon: number; lat: number }[]) => ({ lon: list.map((p) => p.lon), lat: list.map((p) => p.lat) })

describe('smoothShare', () => {
  it('is the kernel-weighted share, written out over all pairs by great-circle distance', () => {
    const random = seededRandom(61)
    for (const bandwidth of [300, 800, 2500]) {
      const grid = Array.from({ length: 120 }, () => at((random() - 0.5) * 8000, (random() - 0.5) * 8000))
      const points = Array.from({ length: 400 }, () => ({
        ...at((random() - 0.5) * 8000, (random() - 0.5) * 8000),
        breached: random() < 0.3,
      }))
      smoothShare(points, places(grid), bandwidth).forEach(({ share, effective_n }, i) => {
        let sum = 0
        let squares = 0
        let late = 0
        for (const p of points) {
          const u = distanceM([p.lon, p.lat], [grid[i].lon, grid[i].lat]) / bandwidth
          const w = u < 1 ? (1 - u * u) ** 2 : 0
          sum += w
          squares += w * w
          if (p.breached) late += w
        }
        const kish = squares > 0 ? sum ** 2 / squares : 0
        expect(effective_n).toBeCloseTo(kish, 1)
        if (Math.abs(kish - SURFACE_MIN_EFFECTIVE_N) < 0.05) return
        if (kish < SURFACE_MIN_EFFECTIVE_N) expect(share).toBeNull()
        else expect(share).toBeCloseTo(late / sum, 3)
      })
    }
  })

  it('five at one spot are worth five there, four are not enough, and far away none are', () => {
    const spot = at(0, 0)
    const cases = (n: number) => Array.from({ length: n }, (_, i) => ({ ...spot, breached: i < 2 }))
    expect(smoothShare(cases(5), places([spot]))[0]).toEqual({ share: 0.4, effective_n: 5 })
    expect(smoothShare(cases(4), places([spot]))[0]).toEqual({ share: null, effective_n: 4 })
    expect(smoothShare(cases(5), places([at(5000, 0)]))[0]).toEqual({ share: null, effective_n: 0 })
    expect(smoothShare([], places([spot]))[0]).toEqual({ share: null, effective_n: 0 })
    expect(smoothShare(cases(5), places([]))).toEqual([])
  })

  it('one near case does not count for many far ones: what they are worth is less than their number', () => {
    const near = { ...at(0, 0), breached: true }
    const far = Array.from({ length: 10 }, () => ({ ...at(740, 0), breached: false }))
    const [{ share, effective_n }] = smoothShare([near, ...far], places([at(0, 0)]))
    expect(effective_n).toBeLessThan(2)
    expect(share).toBeNull()
  })
})
