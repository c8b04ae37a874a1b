import { describe, expect, it } from 'vitest'
import { distanceM, fromLocalM, type LonLat } from '../../../geo/earth.ts'
import { scatter, SCATTER_MIN_M } from '../../../geo/privacy/scatter.ts'
import { binomialMidP, binomialP } from '../../../geo/stats/binomial.ts'
import { density } from '../../../geo/stats/density.ts'
import { trendClassOf } from '../../../geo/stats/emerging.ts'
import { gradeMap, gradeOf } from '../../../geo/stats/grading.ts'
import { hourWeek, weekHour } from '../../../geo/stats/hour_week.ts'
import { isClear, rateRatio } from '../../../geo/stats/rate_ratio.ts'
import { repeats } from '../../../geo/stats/repeats.ts'
import { seasons } from '../../../geo/stats/season.ts'
import { seededRandom } from '../../helpers/random.ts'

const ORIGIN: LonLat = [109.67, -6.89]
const at = (x: number, y: number) => {
  const [lon, lat] = fromLocalM([x, y], ORIGIN)
  return { lon, lat }
}

describe('trendClassOf', () => {
  const flat = Array<number>(12).fill(3)
  const rising = flat.map((z, i) => z + i / 10)
  // H hot, C cold, - neither; the last step last.
  const bins = (text: string) => [...text].map((mark) => (mark === 'H' ? 1 : mark === 'C' ? -1 : 0))
  it.each([
    ['-----------H', 'new_hot'],
    ['----------HH', 'consecutive_hot'],
    ['-HHHHHHHHHHH', 'persistent_hot'],
    ['HHHHHHHHHHH-', 'historical_hot'],
    ['--H-H------H', 'sporadic_hot'],
    ['HHHHHH-HHHHC', 'new_cold'],
    ['C-H--------H', 'oscillating_hot'],
    ['C----------H', 'new_hot'],
    ['--H-H-------', 'none'],
    ['------------', 'none'],
    ['-----------C', 'new_cold'],
    ['CCCCCCCCCCCC', 'persistent_cold'],
    ['H--C-------C', 'oscillating_cold'],
  ])('%s is %s', (text, expected) => expect(trendClassOf(bins(text), flat)).toBe(expected))

  it('hot throughout with a trend is intensifying or diminishing; not where only the season rose', () => {
    const hot = bins('HHHHHHHHHHHH')
    const cold = bins('CCCCCCCCCCCC')
    const falling = [...rising].reverse()
    const down = rising.map((z) => -z)
    expect(trendClassOf(hot, rising)).toBe('intensifying_hot')
    expect(trendClassOf(hot, falling)).toBe('diminishing_hot')
    expect(trendClassOf(hot, rising, flat)).toBe('persistent_hot')
    expect(trendClassOf(cold, down)).toBe('intensifying_cold')
    expect(trendClassOf(cold, [...down].reverse())).toBe('diminishing_cold')
  })
})

describe('grading', () => {
  it('a cell of ten with half of what came: hit rate 0.5, PAI 5, PEI by the best choice', () => {
    const came = [10, 2, 2, 2, 2, 2, 0, 0, 0, 0]
    expect(gradeOf([0], came)).toMatchObject({ area: 0.1, hits: 10, hit_rate: 0.5, pai: 5, pei: 1 })
    expect(gradeOf([1, 2], came)).toMatchObject({ area: 0.2, hits: 4, hit_rate: 0.2, pai: 1, pei: 4 / 12 })
    expect(gradeOf([], came)).toBeNull()
    expect(gradeOf([0], [0, 0])).toBeNull()
    const rows = gradeMap({
      z: [3, 2, 1, 0, 0, 0, 0, 0, 0, 0],
      flagged: came.map((_, i) => i < 2),
      baseline: came,
      came,
    })
    expect(rows.map(({ choice, map }) => [choice, map.cells])).toEqual([
      ['flagged', 2],
      [0.01, 1],
      [0.03, 1],
      [0.05, 1],
      [0.1, 1],
    ])
    expect(rows[0]).toMatchObject({ map: { hits: 12 }, baseline: { hits: 12 }, above_chance: true })
  })
})

describe('binomial', () => {
  it('adds up as the terms written out do', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    for (const [n, p] of [
      [9, 0.3],
      [20, 0.5],
      [14, 0.05],
    ])
      for (let k = 0; k <= n; k++) {
        const mass = Array.from({ length: n + 1 }, (_, i) => choose(n, i) * p ** i * (1 - p) ** (n - i))
        const tail = (from: number, to: number) => mass.slice(from, to).reduce((a, b) => a + b, 0)
        const far = k >= n * p ? tail(k, n + 1) : tail(0, k + 1)
        expect(binomialP(k, n, p)).toBeCloseTo(Math.min(1, 2 * far), 10)
        expect(binomialMidP(k, n, p)).toBeCloseTo(Math.min(1, 2 * far - mass[k]), 10)
      }
    expect(binomialP(0, 0, 0.5)).toBe(1)
    expect(binomialP(4000, 100_000, 0.03)).toBeGreaterThan(0)
  })
})

describe('density', () => {
  it('adds up to the points, and is the kernel written out', () => {
    const step = 40
    const places: LonLat[] = []
    for (let x = -1500; x <= 1500; x += step)
      for (let y = -1500; y <= 1500; y += step) {
        const { lon, lat } = at(x, y)
        places.push([lon, lat])
      }
    const points = [at(0, 0), at(200, -300), at(-123, 456)]
    const sides = { lon: places.map(([lon]) => lon), lat: places.map(([, lat]) => lat) }
    const found = density(points, sides, 800)
    const all = found.reduce((sum, each) => sum + each, 0)
    expect((all * step ** 2) / 1e6).toBeCloseTo(3, 2)
    const brute = (place: LonLat) =>
      points.reduce((sum, { lon, lat }) => {
        const u2 = (distanceM(place, [lon, lat]) / 800) ** 2
        return sum + (u2 < 1 ? (3 / (Math.PI * 0.8 ** 2)) * (1 - u2) ** 2 : 0)
      }, 0)
    for (let i = 0; i < places.length; i += 97) expect(found[i]).toBeCloseTo(brute(places[i]), 2)
  })
})

describe('hours of the week', () => {
  it('are those of WIB, Monday first', () => {
    expect(weekHour(Date.parse('2026-11-23T00:00:00+07:00'))).toBe(0)
    expect(weekHour(Date.parse('2026-11-22T23:59:59+07:00'))).toBe(167)
    expect(weekHour(Date.parse('2026-11-27T20:30:00Z'))).toBe(5 * 24 + 3)
  })

  it('a planted Friday night is marked; a month’s fifth Sunday is no busy Sunday', () => {
    const from = Date.parse('2026-11-01T00:00:00+07:00')
    const to = Date.parse('2026-12-01T00:00:00+07:00')
    const counts = Array<number>(168).fill(0)
    // One each hour of the month, and a dozen on Fridays from 22 to 23.
    for (let t = from; t < to; t += 3_600_000) counts[weekHour(t)]++
    const even = hourWeek(counts, 1, from, to)
    expect([even.n, even.too_few, even.marked.length]).toEqual([720, false, 0])
    expect(even.days.map(({ n }) => n)).toEqual([120, 96, 96, 96, 96, 96, 120])
    expect(even.days.every(({ n, expected, significant }) => Math.abs(n - expected) < 1e-9 && !significant)).toBe(true)
    counts[4 * 24 + 22] += 16
    const { marked } = hourWeek(counts, 1, from, to)
    expect(marked.map(({ day, hour }) => [day, hour])).toEqual([[4, 22]])
    expect(
      hourWeek(
        counts.map(() => 0),
        1,
        from,
        to,
      ),
    ).toMatchObject({ n: 0, too_few: true, marked: [] })
  })
})

describe('rates and seasons', () => {
  it('a rate per day does not see the length of months', () => {
    expect(rateRatio(31, 31, 28, 28)!.ratio).toBeCloseTo(1, 12)
    expect(isClear(rateRatio(31, 31, 28, 28)!)).toBe(false)
    expect(isClear(rateRatio(60, 15, 60, 30)!)).toBe(true)
    expect(rateRatio(4, 31, 0, 30)).toBeNull()
  })

  it('rob in the hours of the tide is told, and what comes by day like all the rest is not', () => {
    const of = (incident_type: string, n: number, in_tide: number) => ({ incident_type, n, in_tide, in_rain: 0 })
    const usual = Array.from({ length: 6 }, (_, i) => of(`t${i}`, 100, 46))
    const rows = seasons([of('rob', 30, 28), of('jarang', 4, 4), ...usual], null)
    expect(rows.map(({ tide }) => tide.significant)).toEqual([true, false, ...usual.map(() => false)])
    expect(rows[0].tide.ratio!.ratio).toBeCloseTo((28 / 9) * (15 / 2), 10)
    expect(rows[0].tide.difference!.low).toBeGreaterThan(0.3)
    expect(rows[0].rain).toBeNull()
  })
})

describe('repeats', () => {
  it('finds a place by circles that meet, makes no chains, and leaves pairs alone', () => {
    const points = [
      ...[0, 20, 40, -20].map((x) => ({ ...at(x, 0), accuracy_m: 30 })),
      // Each 70 m from the next: a chain of 280 m that is no place.
      ...[1000, 1070, 1140, 1210, 1280].map((x) => ({ ...at(x, 0), accuracy_m: 50 })),
      ...[3000, 3005].map((x) => ({ ...at(x, 0), accuracy_m: 10 })),
      // Pinned exactly, 30 m apart: other houses.
      ...[5000, 5030, 5060].map((x) => ({ ...at(x, 0), accuracy_m: 5 })),
    ]
    const found = repeats(points)
    expect(found.map(({ of }) => of.length)).toEqual([4, 3])
    expect([...found[0].of].sort()).toEqual([0, 1, 2, 3])
    expect(found[0].expected).toBe(0)
    expect(repeats([])).toEqual([])
  })

  it('is not troubled by one that was reported from the other side of the Earth', () => {
    // The last two 85 m apart: of no one place, but for whoever measures by the far one's latitude.
    const places = [0, 20, 40, 5_000, 5_001, 5_086].map((x) => ({ ...at(x, 0), accuracy_m: 40 }))
    const far = { lon: -70, lat: 40, accuracy_m: 10 }
    expect(repeats([far, ...places]).map(({ of }) => of)).toEqual([[1, 2, 3]])
  })
})

describe('scatter', () => {
  it('moves by its uncertainty and never less, alike each time, within what it says', () => {
    const random = seededRandom(73)
    const hex = () => Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join('')
    for (let i = 0; i < 500; i++) {
      const [draw, accuracy] = [hex(), random() * 400]
      const { point, radius_m } = scatter(...ORIGIN, accuracy, draw)
      const moved = distanceM(ORIGIN, point)
      const least = Math.max(SCATTER_MIN_M, accuracy)
      expect(moved).toBeGreaterThanOrEqual(least * 0.999)
      expect(moved).toBeLessThanOrEqual(radius_m * 1.001)
      expect(scatter(...ORIGIN, accuracy, draw)).toEqual({ point, radius_m })
    }
  })
})
