import { describe, expect, it } from 'vitest'
import {
  gradeOf,
  indexHundredths,
  sampleNeeded,
  SKM_ELEMENTS,
  skmFigures,
  type ScoreCounts,
} from '../../../geo/stats/skm.ts'

const nine = (counts: ScoreCounts) => SKM_ELEMENTS.map(() => counts)

describe('SKM', () => {
  it('is the mean of nine elements times 25', () => {
    const { index, grade, elements, n } = skmFigures(nine([0, 0, 40, 60]))
    expect([n, index, grade]).toEqual([100, 90, 'A'])
    expect(elements[4]).toMatchObject({ element: 'product', mean: 3.6, index: 90, grade: 'A' })
    // element means of a published kind of table: 3.2 3.1 2.9 4 3.3 3.4 3.5 3.0 3.1 = 29.5 / 9 * 25 = 81.94
    const tenths = [32, 31, 29, 40, 33, 34, 35, 30, 31]
    const table = tenths.map((t): ScoreCounts =>
      t === 40
        ? [0, 0, 0, 100]
        : t < 30
          ? [0, (30 - t) * 10, 100 - (30 - t) * 10, 0]
          : [0, 0, 100 - (t - 30) * 10, (t - 30) * 10],
    )
    expect(skmFigures(table)).toMatchObject({ index: 81.94, grade: 'B' })
  })
  it('grades at the edges of the regulation', () => {
    const edges: [number, string | null][] = [
      [10001, null],
      [10000, 'A'],
      [8831, 'A'],
      [8830, 'B'],
      [7661, 'B'],
      [7660, 'C'],
      [6500, 'C'],
      [6499, 'D'],
      [2500, 'D'],
      [2499, null],
    ]
    for (const [hundredths, grade] of edges) expect(gradeOf(hundredths), String(hundredths)).toBe(grade)
  })
  it('rounds the index to two decimals half up, in whole numbers, before it grades', () => {
    // 2500 x 35322 / 10000 = 8830.5: half a hundredth, up to 88.31
    expect(indexHundredths(35322, 10000)).toBe(8831)
    expect(indexHundredths(353219, 100000)).toBe(8830)
    expect(indexHundredths(35321, 10000)).toBe(8830)
    expect(indexHundredths(9, 9)).toBe(2500)
    expect(indexHundredths(36, 9)).toBe(10000)
    expect(indexHundredths(0, 0)).toBeNull()
    for (let n = 1; n < 60; n++)
      for (let sum = n; sum <= 4 * n; sum++) {
        const exact = BigInt(sum) * 2500n * 10n
        const tenths = exact / BigInt(n)
        expect(indexHundredths(sum, n)).toBe(Number(tenths / 10n) + (tenths % 10n >= 5n ? 1 : 0))
      }
  })
  it('tells nothing below five answers and no grade below thirty', () => {
    expect(skmFigures([])).toMatchObject({ n: 0, state: 'none', index: null, grade: null })
    expect(skmFigures(nine([0, 0, 0, 4]))).toMatchObject({ n: 4, state: 'hidden', index: null })
    expect(skmFigures(nine([0, 0, 0, 4])).elements.every(({ mean, counts }) => mean === null && counts === null)).toBe(
      true,
    )
    expect(skmFigures(nine([0, 0, 0, 29]))).toMatchObject({ state: 'no_grade', index: 100, grade: null })
    expect(skmFigures(nine([0, 0, 0, 29])).elements[0].grade).toBeNull()
    expect(skmFigures(nine([0, 0, 0, 30]))).toMatchObject({ state: 'graded', index: 100, grade: 'A' })
  })
  it('asks for as many respondents as the table of Krejcie and Morgan', () => {
    const table = [
      [0, 0],
      [1, 1],
      [10, 10],
      [50, 44],
      [100, 80],
      [200, 132],
      [1000, 278],
      [5000, 357],
      [10000, 370],
      [1000000, 384],
    ]
    for (const [population, sample] of table) expect(sampleNeeded(population), String(population)).toBe(sample)
  })
})
