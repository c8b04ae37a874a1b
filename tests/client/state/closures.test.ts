import { describe, expect, it } from 'vitest'
import { forceKey, shownClosures } from '../../../client/state/closures.ts'
import type { Closure } from '../../../geo/wire/closures.ts'
import { at, T0 } from '../fixtures.ts'
import { openPage } from './page.ts'

let made = 0
const aClosure = (from: number, to: number, over: Partial<Closure> = {}): Closure => ({
  id: `00000000-0000-4000-9000-${String(++made).padStart(12, '0')}`,
  kind: 'road',
  reason: 'uji',
  geometry: { type: 'Point', coordinates: [109.67, -6.89] },
  depth_cm: null,
  speed_factor: 0,
  starts_at: at(from),
  ends_at: at(to),
  simulated: false,
  origin: 'hand',
  revision: 1,
  ...over,
})

describe('shown closures', () => {
  it('stand by what is in force, fresh, about to end, to come soon or later; what is over is gone', () => {
    const rows = [
      aClosure(-7200, -3600),
      aClosure(7200, 9000),
      aClosure(1800, 3600),
      aClosure(-3600, 300),
      aClosure(-60, 3600),
    ]
    expect(shownClosures(rows, T0).map(({ phase, fresh, ending, soon }) => [phase, fresh, ending, soon])).toEqual([
      ['in_force', false, true, false],
      ['in_force', true, false, false],
      ['planned', false, false, true],
      ['planned', false, false, false],
    ])
  })
  it('change who is nearest only by what is in force', () => {
    const [held, later] = [aClosure(-60, 3600), aClosure(60, 3600)]
    const key = forceKey(shownClosures([held], T0))
    expect(forceKey(shownClosures([held, later], T0))).toBe(key)
    expect(forceKey(shownClosures([held, later], T0 + 60_000))).not.toBe(key)
    expect(forceKey(shownClosures([{ ...held, revision: 2 }], T0))).not.toBe(key)
  })
})

describe('the live page', () => {
  it('turns closures at their second without any message, and rests otherwise', async () => {
    const page = openPage()
    const flushes: string[] = []
    page.live.onflush(
      (changes) => changes.closures && flushes.push(page.live.closures.map(({ phase }) => phase).join()),
    )
    page.admit()
    page.snapshot({ closures: [aClosure(30, 5000)] })
    const phases: (string | undefined)[] = []
    await page.run(60, () => {
      page.beat()
      phases.push(page.live.closures[0]?.phase)
    })
    expect([phases[27], phases[30]]).toEqual(['planned', 'in_force'])
    expect(flushes).toEqual(['planned', 'in_force'])
  })

  it('takes all closures of a line in place of its own', async () => {
    const page = openPage()
    page.admit()
    page.snapshot({ closures: [aClosure(-60, 5000)] })
    await page.run(1)
    page.event({ seq: 11, kind: 'closure.deleted', closures: [] })
    await page.run(1)
    expect(page.live.closures).toEqual([])
    page.event({ seq: 12, kind: 'closure.rob', closures: [aClosure(0, 100), aClosure(0, 200)] })
    await page.run(1)
    expect(page.live.closures).toHaveLength(2)
  })
})
