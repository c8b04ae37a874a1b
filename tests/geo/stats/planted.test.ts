import { beforeEach, describe, expect, it } from 'vitest'
import { cellsOf } from '../../../geo/coverage/cells.ts'
import { benjaminiHochberg } from '../../../geo/stats/benjamini_hochberg.ts'
import { emerging } from '../../../geo/stats/emerging.ts'
import { GRADE_SHARES, gradeMap } from '../../../geo/stats/grading.ts'
import { HOTSPOT_RESOLUTION, scored } from '../../../geo/stats/hotspots.ts'
import { hourWeek } from '../../../geo/stats/hour_week.ts'
import { mannKendall } from '../../../geo/stats/mann_kendall.ts'
import { seasons } from '../../../geo/stats/season.ts'
import type { TrendClass } from '../../../geo/wire/hotspots.ts'
import { drawn } from '../../golden/r/inputs.ts'

/**
 * Invented cities whose truth is known: what the study of a month finds of it, and how often it finds something where there is
 * nothing. Seeded; each bound is the stated rate and three standard errors of so many cities.
 */
const [west, south, size] = [109.64, -6.93, 0.066]
const ring = [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const CITY = cellsOf([{ geometry: { coordinates: [[ring]] } }], HOTSPOT_RESOLUTION)
const CELLS = CITY.cells.map((_, i) => i)
const NEAR = CELLS.map((cell) => CITY.ringsOf(cell, 1).flat())
/** Cells with all their neighbours in the city: where truths are planted. */
const INNER = CELLS.filter((cell) => NEAR[cell].length === 7)
const NONE = new Float64Array(CELLS.length)
let random = drawn(112)
/** Each test draws from its own beginning, whichever run beside it. */
beforeEach(() => void (random = drawn(112)))
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
function poisson(mean: number): number {
  let k = 0
  for (let product = random(); product > Math.exp(-mean); product *= random()) k++
  return k
}
const MONTHS = Array.from({ length: 12 }, (_, step) => step)
/** A year in which the city's busiest month has five times the calls of its quietest, beginning anywhere in it. */
const season = () => {
  const shift = random() * 2 * Math.PI
  return MONTHS.map((step) => 1 + 0.67 * Math.sin((2 * Math.PI * step) / 12 + shift))
}
/** Three standard errors above a rate seen in so many cities. */
const most = (rate: number, cities: number) => rate + 3 * Math.sqrt((rate * (1 - rate)) / cities)
const mapOf = (counts: number[]) => scored({ counts, lon: NONE, lat: NONE }, CITY)
/** As server/stats/hotspot_cells.ts says it: by the share of the city, and the counts go the same way. */
const trendsOf = (counts: number[][]) => {
  const city = counts[0].map((_, step) => counts.reduce((sum, row) => sum + row[step], 0))
  const shares = counts.map((row) => mannKendall(row.map((n, step) => n / Math.max(1, city[step]))))
  const found = benjaminiHochberg(shares.map(({ p }) => p))
  return counts.map(
    (row, cell) => found[cell].significant && Math.sign(mannKendall(row).z) === Math.sign(shares[cell].z),
  )
}

describe('in noise', () => {
  it.each([0.8, 2, 8])('with %d incidents a cell, maps with any flag are at most one in twenty', (mean) => {
    const cities = 400
    let flagged = 0
    for (let i = 0; i < cities; i++)
      if (mapOf(CELLS.map(() => poisson(mean))).cells.some(({ significant }) => significant)) flagged++
    expect(flagged / cities).toBeLessThanOrEqual(most(0.05, cities))
  })

  it.each([0.8, 5])('a year with strong seasons, %d a cell and month: neither classes nor trends', (mean) => {
    const cities = 120
    let classes = 0
    let trends = 0
    for (let i = 0; i < cities; i++) {
      const months = season()
      const counts = CELLS.map(() => months.map((factor) => poisson(mean * factor)))
      if (emerging(counts, NEAR).classes.some((each) => each !== 'none')) classes++
      if (trendsOf(counts).some(Boolean)) trends++
    }
    expect(classes / cities).toBeLessThanOrEqual(most(0.05, cities))
    expect(trends / cities).toBeLessThanOrEqual(most(0.05, cities))
  })

  it('a map of nothing is graded above chance no oftener than by chance', () => {
    const cities = 400
    const above = new Map<number | string, number>()
    for (let i = 0; i < cities; i++) {
      const { cells } = mapOf(CELLS.map(() => poisson(2)))
      const by_cell = [...cells].sort((a, b) => a.cell - b.cell)
      const rows = gradeMap({
        z: by_cell.map(({ z }) => z),
        flagged: by_cell.map(({ significant, z }) => significant && z > 0),
        baseline: null,
        came: CELLS.map(() => poisson(2)),
      })
      for (const row of rows) above.set(row.choice, (above.get(row.choice) ?? 0) + Number(row.above_chance))
    }
    for (const share of GRADE_SHARES) expect((above.get(share) ?? 0) / cities).toBeLessThanOrEqual(most(0.05, cities))
  })

  it('no hour of an even week is marked, and no type is the tide’s because all come by day', () => {
    const studies = 200
    const from = Date.parse('2026-10-01T00:00:00+07:00')
    const to = Date.parse('2026-11-01T00:00:00+07:00')
    let marked = 0
    let tidal = 0
    for (let i = 0; i < studies; i++) {
      const hours = Array.from({ length: 168 }, () => poisson(3))
      const found = hourWeek(hours, 1, from - 30 * 24 * 3_600_000, to)
      if (found.marked.length > 0) marked++
      // Four of five by day, whatever the type: more often in the hours of the tide than outside, and no tide.
      const types = Array.from({ length: 20 }, (_, type) => {
        const n = 10 + Math.floor(random() * 60)
        const in_tide = Array.from({ length: n }, () => Number(random() < 0.6)).reduce((a, b) => a + b, 0)
        return { incident_type: `t${type}`, n, in_tide, in_rain: 0 }
      })
      if (seasons(types, null).some(({ tide }) => tide.significant)) tidal++
    }
    expect(marked / studies).toBeLessThanOrEqual(most(0.05, studies))
    expect(tidal / studies).toBeLessThanOrEqual(most(0.05, studies))
  })
})

describe('what was planted', () => {
  it('a cell and its ring with three times the incidents: found nine times in ten, one flag in twenty elsewhere at most', () => {
    const cities = 200
    let found = 0
    let false_share = 0
    for (let i = 0; i < cities; i++) {
      const centre = pick(INNER)
      const hot = new Set(NEAR[centre])
      // A neighbourhood that touches the planted one really has more than the rest.
      const touched = new Set([...hot].flatMap((cell) => NEAR[cell]))
      const month = pick(season())
      const { cells } = mapOf(CELLS.map((cell) => poisson(Math.max(1, 2.5 * month) * (hot.has(cell) ? 3 : 1))))
      const flags = cells.filter(({ significant, z }) => significant && z > 0)
      if (flags.some(({ cell }) => cell === centre)) found++
      if (flags.length > 0) false_share += flags.filter(({ cell }) => !touched.has(cell)).length / flags.length
    }
    expect(found / cities).toBeGreaterThan(0.85)
    expect(false_share / cities).toBeLessThanOrEqual(most(0.05, cities))
  })

  it('a cell that rises from 1 to 34 a month through a city’s seasons: found four times in five, and seldom another', () => {
    const cities = 120
    let found = 0
    let others = 0
    for (let i = 0; i < cities; i++) {
      const cell = pick(CELLS)
      const months = season()
      const counts = CELLS.map((each) =>
        months.map((factor, step) => poisson((each === cell ? 1 + 3 * step : 4) * (1 + (factor - 1) / 3))),
      )
      const rises = trendsOf(counts)
      if (rises[cell] && mannKendall(counts[cell]).z > 0) found++
      if (rises.some((yes, each) => yes && each !== cell)) others++
    }
    expect(found / cities).toBeGreaterThan(0.75)
    expect(others / cities).toBeLessThanOrEqual(most(0.05, cities))
  })

  it.each<[TrendClass, (step: number) => number]>([
    ['persistent_hot', () => 4],
    ['new_hot', (step) => (step === 11 ? 6 : 1)],
    ['consecutive_hot', (step) => (step >= 8 ? 5 : 1)],
    // The step before counts with a bin: what was very hot until then is still so.
    ['historical_hot', (step) => (step < 11 ? 2.2 : 0.05)],
    ['intensifying_hot', (step) => 3 + step / 1.5],
    ['diminishing_hot', (step) => 3 + (11 - step) / 1.5],
    ['sporadic_hot', (step) => (step % 4 === 3 ? 6 : 1)],
    ['persistent_cold', () => 0.05],
  ])('%s in a city of seasons, in its middle seven times in ten', (expected, factor) => {
    const cities = 30
    let found = 0
    for (let i = 0; i < cities; i++) {
      const centre = pick(INNER)
      const zone = new Set(NEAR[centre])
      const months = season()
      const counts = CELLS.map((cell) =>
        months.map((level, step) => poisson(5 * (1 + (level - 1) / 2) * (zone.has(cell) ? factor(step) : 1))),
      )
      if (emerging(counts, NEAR).classes[centre] === expected) found++
    }
    expect(found / cities).toBeGreaterThanOrEqual(0.7)
  })

  it('a map of what stays is graded above chance, and better than the plain counts of another year', () => {
    const cities = 60
    let above = 0
    for (let i = 0; i < cities; i++) {
      const zone = new Set(NEAR[pick(INNER)])
      const month = () => CELLS.map((cell) => poisson(zone.has(cell) ? 8 : 2))
      const by_cell = [...mapOf(month()).cells].sort((a, b) => a.cell - b.cell)
      const rows = gradeMap({
        z: by_cell.map(({ z }) => z),
        flagged: by_cell.map(({ significant, z }) => significant && z > 0),
        baseline: CELLS.map(() => 1),
        came: month(),
      })
      const tenth = rows.find(({ choice }) => choice === 0.1)!
      if (tenth.above_chance && tenth.map.pai > 1.5 && tenth.map.hits > (tenth.baseline?.hits ?? 0)) above++
    }
    expect(above / cities).toBeGreaterThan(0.9)
  })
})
