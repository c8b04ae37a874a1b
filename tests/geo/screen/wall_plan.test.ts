import { describe, expect, it } from 'vitest'
import { drift, DRIFT_PX } from '../../../geo/screen/drift.ts'
import { arcminOf, CAPITALS_EM, capitalsPx } from '../../../geo/screen/legibility.ts'
import { listPlan } from '../../../geo/screen/list_plan.ts'
import { FAR_REM, wallPlan } from '../../../geo/screen/wall_plan.ts'

const screen = (inches: number, width_px: number, height_px: number, distance_m = 6) => ({
  inches,
  width_px,
  height_px,
  distance_m,
})

describe('legibility', () => {
  // Gold: FIELD.md.
  it.each([
    [55, 1920, 1080, 44],
    [75, 3840, 2160, 65],
  ])('%d inches, %d x %d at 6 m: capitals of %d px', (inches, width, height, px) => {
    expect(Math.round(capitalsPx(screen(inches, width, height)))).toBe(px)
  })
  it('goes there and back', () => {
    const one = screen(65, 3840, 2160, 5.5)
    expect(arcminOf(one, capitalsPx(one, 20) / CAPITALS_EM)).toBeCloseTo(20, 9)
  })
})

describe('the plan of a wall', () => {
  it('stands whole on the screen it was drawn for, in any resolution', () => {
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
      [3840, 2160],
    ])
      expect(wallPlan(screen(55, width, height))).toMatchObject({
        layout: 'full',
        rem_px: height / 67.5,
        figure_panels: 3,
        list_columns: 1,
        refused: null,
      })
  })
  it('a larger screen has larger type, not more emptiness', () => {
    expect(wallPlan(screen(75, 3840, 2160)).arcmin).toBeCloseTo(21.97, 2)
  })
  it('never sets its far type under 16 minutes of arc, whatever the screen', () => {
    for (let inches = 10; inches <= 120; inches += 5)
      for (const distance of [0.5, 2, 4, 6, 8, 12])
        for (const [width, height] of [
          [1920, 1080],
          [3440, 1440],
          [5120, 1440],
          [1080, 1920],
          [1280, 1024],
        ]) {
          const one = screen(inches, width, height, distance)
          expect(arcminOf(one, wallPlan(one).rem_px * FAR_REM)).toBeGreaterThanOrEqual(16)
        }
  })
  it('refuses what does not fit, and says which screen or seat would do', () => {
    const small = screen(32, 1920, 1080, 8)
    const plan = wallPlan(small)
    expect(plan).toMatchObject({ layout: 'list', refused: { layout: 'full' }, too_small: false })
    const { most_distance_m, least_inches } = plan.refused ?? { most_distance_m: 0, least_inches: 0 }
    expect(wallPlan({ ...small, distance_m: most_distance_m }).layout).toBe('full')
    expect(wallPlan({ ...small, distance_m: most_distance_m + 0.2 }).layout).not.toBe('full')
    expect(wallPlan({ ...small, inches: least_inches }).layout).toBe('full')
    expect(wallPlan({ ...small, inches: least_inches - 2 }).layout).not.toBe('full')
  })
  it('takes parts away in the order of what can be spared', () => {
    const layouts = [6, 6.6, 8, 10, 14, 20].map((distance) => wallPlan(screen(55, 1920, 1080, distance)))
    expect(layouts.map(({ layout }) => layout)).toEqual(['full', 'map_list', 'list', 'list', 'list', 'list'])
    expect(layouts.at(-1)?.too_small).toBe(true)
  })
  it.each([
    ['ultra-wide', screen(80, 3440, 1440), { layout: 'full', shape: 'landscape', list_columns: 1 }],
    ['32:9', screen(110, 5120, 1440), { layout: 'full', shape: 'landscape', list_columns: 2 }],
    ['portrait', screen(55, 1080, 1920), { layout: 'full', shape: 'portrait', head_lines: 2, figure_panels: 2 }],
    ['portrait 4K', screen(55, 2160, 3840), { layout: 'full', shape: 'portrait', head_lines: 2, figure_panels: 2 }],
  ] as const)('has a shape for %s', (_, one, expected) => {
    expect(wallPlan(one)).toMatchObject(expected)
  })
})

describe('the list', () => {
  it('has three cards and rows below, four when four need someone at once', () => {
    expect(listPlan(61.25, 1, 6, 2)).toMatchObject({ card_steps: 8, columns: [{ cards: 3, rows: 3 }], hidden: 0 })
    expect(listPlan(61.25, 1, 9, 5)).toMatchObject({ card_steps: 7, columns: [{ cards: 4, rows: 1 }], hidden: 4 })
  })
  it('loses nobody and never overflows', () => {
    for (const height of [10, 19, 27, 42, 61.25, 90])
      for (const columns of [1, 2])
        for (let count = 0; count < 60; count++)
          for (const alarming of [0, 2, 5, 20]) {
            const plan = listPlan(height, columns, count, alarming)
            const shown = plan.columns.reduce((n, column) => n + column.cards + column.rows, 0)
            expect(shown + plan.hidden).toBe(count)
            if (count > 0) expect(plan.columns[0].cards).toBeGreaterThan(0)
            plan.columns.forEach((column, i) => {
              const note = i === columns - 1 && plan.hidden > 0 && plan.steps >= plan.card_steps + 2 ? 2 : 0
              expect(column.cards * plan.card_steps + column.rows * 2 + note).toBeLessThanOrEqual(plan.steps)
            })
          }
  })
})

describe('drift', () => {
  it('moves a pixel at a time, stays near, and uses its room', () => {
    const seen = new Set<string>()
    for (let step = 0; step < 480; step++) {
      const [a, b] = [drift(step), drift(step + 1)]
      expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBe(1)
      expect(Math.max(Math.abs(a.x), Math.abs(a.y))).toBeLessThanOrEqual(DRIFT_PX)
      seen.add(`${a.x} ${a.y}`)
    }
    expect(drift(0)).toEqual({ x: 0, y: 0 })
    expect(seen.size).toBeGreaterThan(60)
  })
})
