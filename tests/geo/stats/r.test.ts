import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cellsOf } from '../../../geo/coverage/cells.ts'
import { giStar } from '../../../geo/stats/gi_star.ts'
import { HOTSPOT_RESOLUTION, scored } from '../../../geo/stats/hotspots.ts'
import { kaplanMeier, medianSeconds } from '../../../geo/stats/kaplan_meier.ts'
import { mannKendall } from '../../../geo/stats/mann_kendall.ts'
import { medianInterval } from '../../../geo/stats/median_interval.ts'
import { wilson } from '../../../geo/stats/wilson.ts'
import { ringsOf } from '../../golden/r/inputs.ts'
import { geodataDir, loadCity } from '../address/helpers/imported.ts'

const HINT = 'the recorded values in tests/golden/r/ are made anew by: npm run golden:r (needs R)'
const golden = <S extends z.ZodType>(name: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, `../../golden/r/${name}.json`), 'utf8')))
const figures = z.array(z.number())
const maybe = z.number().nullable()
const maps = golden(
  'gi_star',
  z.object({ cells: z.array(z.string()), maps: z.array(z.object({ counts: figures, z: figures })) }),
)

describe('as R has it', () => {
  it('Gi* is spdep’s localG (self included, binary) on the cells of the imported city', () => {
    const { cells } = maps
    expect(cells.length).toBeGreaterThan(50)
    const near = ringsOf(cells)
    for (const { counts, z: theirs } of maps.maps)
      giStar(counts, near).forEach((ours, i) => expect(Math.abs(ours.z - theirs[i]), HINT).toBeLessThan(1e-9))
  })

  it('those are the cells of the imported city, and what the map of a month scores', () => {
    if (geodataDir === null) return expect(maps.cells.length).toBeGreaterThan(50)
    const city = cellsOf(loadCity(geodataDir).areas.kelurahan, HOTSPOT_RESOLUTION)
    expect([...city.cells].sort(), HINT).toEqual(maps.cells)
    const none = new Float64Array(city.cells.length)
    for (const { counts, z: theirs } of maps.maps) {
      const at = new Map(maps.cells.map((h3, i) => [h3, i]))
      const found = scored({ counts: city.cells.map((h3) => counts[at.get(h3)!]), lon: none, lat: none }, city)
      for (const cell of found.cells) expect(Math.abs(cell.z - theirs[at.get(cell.h3)!]), HINT).toBeLessThan(1e-9)
    }
  })

  it('Mann-Kendall is cor.test(method = "kendall") against time, ties and continuity corrected', () => {
    const row = z.object({ values: figures, tau: z.number(), z: z.number(), p: z.number() })
    const { series } = golden('mann_kendall', z.object({ series: z.array(row) }))
    expect(series.length).toBe(40)
    for (const { values, ...theirs } of series) {
      const ours = mannKendall(values)
      expect(Math.abs(ours.tau - theirs.tau), HINT).toBeLessThan(1e-9)
      expect(Math.abs(ours.z - theirs.z), HINT).toBeLessThan(1e-9)
      expect(Math.abs(ours.p - theirs.p), HINT).toBeLessThan(1e-9)
    }
  })

  it('Wilson’s interval is prop.test(correct = FALSE)', () => {
    const row = z.object({ of: z.tuple([z.number(), z.number()]), low: z.number(), high: z.number() })
    for (const { of, low, high } of golden('wilson', z.object({ shares: z.array(row) })).shares) {
      const ours = wilson(...of)
      expect(Math.abs(ours.low! - low), HINT).toBeLessThan(1e-9)
      expect(Math.abs(ours.high! - high), HINT).toBeLessThan(1e-9)
    }
  })

  it('the Kaplan-Meier median and its interval are survfit’s', () => {
    const row = z.object({ seconds: figures, ended: z.array(z.boolean()), median: maybe, low: maybe, high: maybe })
    const { curves } = golden('kaplan_meier', z.object({ curves: z.array(row) }))
    expect(curves.some(({ median }) => median === null) && curves.some(({ high }) => high !== null)).toBe(true)
    for (const { seconds, ended, median, low, high } of curves) {
      const durations = seconds.map((each, i) => ({ seconds: each, ended: ended[i] }))
      const ours = medianSeconds(durations)
      expect(medianInterval(durations), HINT).toEqual({ low, high })
      // A curve that ends at exactly one half has no end of that stretch: R goes on to the last one running, we do not.
      const rests = Math.abs((kaplanMeier(durations).at(-1)?.survival ?? 1) - 0.5) < 1e-9
      expect(rests && ours !== null ? (ours + Math.max(...seconds)) / 2 : ours, HINT).toBe(median)
    }
  })
})
