import { describe, expect, it } from 'vitest'
import { kaplanMeier, medianSeconds } from '../../../geo/stats/kaplan_meier.ts'
import { seededRandom } from '../../helpers/random.ts'

/** '6 9+' as survival tables write it: + is censored. */
const table = (text: string) => text.split(' ').map((cell) => ({ seconds: parseInt(cell), ended: !cell.endsWith('+') }))

const SIX_MP = table('6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+')
const PLACEBO = table('1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23')
const AML_MAINTAINED = table('9 13 13+ 18 23 28+ 31 34 45+ 48 161+')
const AML_NOT = table('5 5 8 8 12 16+ 23 27 30 33 43 45')

describe('Kaplan-Meier', () => {
  it('the curve of Freireich 1963 (R: survfit of 6-MP)', () => {
    const curve = kaplanMeier(SIX_MP)
    expect(curve.map((step) => step.seconds)).toEqual([6, 7, 10, 13, 16, 22, 23])
    const gold = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    curve.forEach((step, i) => expect(step.survival).toBeCloseTo(gold[i], 4))
  })

  it.each([
    [SIX_MP, 23],
    [PLACEBO, 8],
    [AML_MAINTAINED, 31],
    [AML_NOT, 23],
  ])('median as R has it', (rows, median) => expect(medianSeconds(rows)).toBe(median))

  it('is null while more than half still run', () => {
    expect(medianSeconds(table('10 20+ 30+'))).toBeNull()
    expect(medianSeconds([])).toBeNull()
  })

  it('rests at one half: the middle of the stretch, its start when nothing follows', () => {
    expect(medianSeconds(table('10 20 30 40'))).toBe(25)
    expect(medianSeconds(table('10 20 30+ 40+'))).toBe(20)
  })

  it('leaving the running ones out would flatter: they pull the median up', () => {
    const ended = table('100 200 300')
    expect(medianSeconds(ended)).toBe(200)
    expect(medianSeconds([...ended, ...table('900+ 900+ 900+')])).toBe(300)
  })

  it('without censoring it is the ordinary median', () => {
    const random = seededRandom(31)
    for (let round = 0; round < 300; round++) {
      const values = Array.from({ length: 1 + Math.floor(random() * 60) }, () => Math.floor(random() * 50)).sort(
        (a, b) => a - b,
      )
      const middle = (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2
      expect(medianSeconds(values.map((seconds) => ({ seconds, ended: true })))).toBe(middle)
    }
  })

  it('agrees with the redistribute-to-the-right rule (Efron 1967) on random tables', () => {
    const random = seededRandom(32)
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: 2 + Math.floor(random() * 40) }, () => ({
        seconds: 1 + Math.floor(random() * 30),
        ended: random() < 0.6,
      }))
      const sorted = [...rows].sort((a, b) => a.seconds - b.seconds || Number(b.ended) - Number(a.ended))
      const mass = sorted.map(() => 1 / sorted.length)
      sorted.forEach((row, i) => {
        if (row.ended) return
        const right = sorted.length - 1 - i
        for (let j = i + 1; j < sorted.length; j++) mass[j] += mass[i] / right
        if (right > 0) mass[i] = 0
      })
      for (const step of kaplanMeier(rows)) {
        const beyond = sorted.reduce(
          (sum, row, i) =>
            sum + (row.seconds > step.seconds || (row.seconds === step.seconds && !row.ended) ? mass[i] : 0),
          0,
        )
        expect(step.survival).toBeCloseTo(beyond, 10)
      }
    }
  })
})
