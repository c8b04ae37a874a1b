import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { cellToBoundary, gridDisk, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { pictureOf } from '../../../../client/map/ground/picture.ts'
import { LIMIT_SECONDS, rampColours, stepOf, stopsOf } from '../../../../client/map/ground/ramp.ts'
import { Shapes } from '../../../../client/map/ground/shapes.ts'
import type { Hotspot, SlaCell } from '../../../../geo/wire/stats.ts'

const CELLS = gridDisk(latLngToCell(-6.89, 109.67, 8), 1)
const cell = (h3: string, more: Partial<SlaCell> = {}): SlaCell => ({
  level: 'h3-8',
  h3,
  code: null,
  n: 10,
  breached: 3,
  running: 0,
  share: 0.3,
  low: 0.1,
  high: 0.6,
  median_seconds: 2200,
  open: 0,
  ...more,
})
const hot = (h3: string, more: Partial<Hotspot>): Hotspot => ({
  h3,
  month: '2026-10',
  complete: true,
  incidents: 3,
  around: 9,
  kelurahan_code: 'k',
  kelurahan: 'K',
  place: null,
  z: 3,
  p: 0.003,
  q: 0.02,
  significant: true,
  too_few: false,
  ...more,
})
async function shapes(): Promise<Shapes> {
  const made = new Shapes()
  await made.ready(new Map(), true)
  return made
}

describe('the ramp', () => {
  it('has the limit of each stage as its fourth stop, in the median as fixed as in the share', () => {
    for (const stage of ['agent', 'opd', 'fire'] as const) {
      const stops = stopsOf({ stage, measure: 'median' })
      expect(stops[3]).toBe(LIMIT_SECONDS[stage])
      expect([...stops].sort((a, b) => a - b)).toEqual(stops)
      expect(stepOf(LIMIT_SECONDS[stage], stops)).toBe(3)
      expect(stepOf(LIMIT_SECONDS[stage] - 1, stops)).toBe(2)
      expect(stepOf(1e9, stops)).toBe(4)
    }
    expect(Object.values(LIMIT_SECONDS)).toEqual([300, 2100, 900])
  })
  it('is the same in CSS and WebGL, in both themes', () => {
    const css = readFileSync(resolve(import.meta.dirname, '../../../../client/map/ground/ramp.css'), 'utf8')
    const [dark, light] = css.split("[data-theme='light']")
    for (const [text, colours] of [
      [dark, rampColours('dark')],
      [light, rampColours('light')],
    ] as const)
      colours.forEach((colour, i) => expect(text).toContain(`--ramp-${i}: rgb(${colour.join(', ')});`))
  })
})

describe('the picture of a ground', () => {
  it('withholds colour under n = 5, draws nothing where nothing was, and shows what only runs as too few', async () => {
    const picture = pictureOf(
      {
        kind: 'areas',
        paint: { stage: 'opd', measure: 'share' },
        cells: [
          cell(CELLS[0]),
          cell(CELLS[1], { n: 4 }),
          cell(CELLS[2], { n: 0, share: null, running: 2 }),
          cell(CELLS[3], { n: 0, share: null }),
        ],
      },
      await shapes(),
    )
    expect(picture.areas.map(({ step }) => step)).toEqual([2, null, null])
    expect(picture.areas[0].polygons).toEqual([[cellToBoundary(CELLS[0], true)]])
    expect(picture.strong).toBe(true)
  })
  it('colours times by the limit of their stage', async () => {
    const by = async (stage: 'opd' | 'agent') =>
      pictureOf({ kind: 'areas', paint: { stage, measure: 'median' }, cells: [cell(CELLS[0])] }, await shapes())
        .areas[0].step
    expect(await by('opd')).toBe(3)
    expect(await by('agent')).toBe(4)
  })
  it('has the same key for the same look, and another for another', async () => {
    const key = async (share: number, quiet = false) =>
      pictureOf(
        {
          kind: 'areas',
          cells: [cell(CELLS[0], { share })],
          ...(quiet ? {} : { paint: { stage: 'opd', measure: 'share' } }),
        },
        await shapes(),
      ).key
    expect(await key(0.31)).toBe(await key(0.3))
    expect(await key(0.5)).not.toBe(await key(0.3))
    expect(await key(0.3, true)).not.toBe(await key(0.3))
  })
  it('marks hotspots boldly, what is uncertain in colour alone, and nothing when there are too few', async () => {
    const steps = async (cells: Hotspot[]) =>
      pictureOf({ kind: 'hotspots', cells }, await shapes()).areas.map(({ step, bold }) => [step, bold])
    expect(
      await steps([
        hot(CELLS[0], {}),
        hot(CELLS[1], { z: 2.2, significant: false }),
        hot(CELLS[2], { z: 0.4, significant: false }),
        hot(CELLS[3], { z: -3, significant: true }),
      ]),
    ).toEqual([
      [4, true],
      [2, false],
      [null, false],
      [null, false],
    ])
    expect(await steps([hot(CELLS[0], { too_few: true, significant: false })])).toEqual([[null, false]])
  })
})
