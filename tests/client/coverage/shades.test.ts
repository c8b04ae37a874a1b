import { describe, expect, it } from 'vitest'
import { bandOf, changeShades, changeStep, reachShades } from '../../../client/coverage/map/shades.ts'
import { gapsOf } from '../../../client/coverage/reach/gaps.ts'
import { verdictOf } from '../../../client/coverage/reach/verdict.ts'
import { signed } from '../../../client/coverage/words.ts'
import { changeRamp, reachRamp } from '../../../client/theme/reach_ramp.ts'
import type { Rgb } from '../../../client/theme/colours.ts'

/** Relative luminance (WCAG), 0 to 1. */
const light = (rgb: Rgb) => {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe('colours of reach', () => {
  it.each([1, 2, 3, 4, 5, 6])('%i bands are in order of lightness in both themes, each apart from the next', (n) => {
    const dark = reachRamp(n, 'dark').map(light)
    const bright = reachRamp(n, 'light').map(light)
    expect(dark).toHaveLength(n)
    for (let i = 1; i < n; i++) {
      expect((dark[i - 1] + 0.05) / (dark[i] + 0.05)).toBeGreaterThan(1.15)
      expect((bright[i] + 0.05) / (bright[i - 1] + 0.05)).toBeGreaterThan(1.15)
    }
  })

  it('grow stronger with the change, away from the ground of their theme', () => {
    for (const what of ['gain', 'loss'] as const) {
      const dark = changeRamp(what, 'dark').map(light)
      const bright = changeRamp(what, 'light').map(light)
      expect(dark).toEqual(dark.toSorted((a, b) => a - b))
      expect(bright).toEqual(bright.toSorted((a, b) => b - a))
    }
  })

  it('put a time on a limit within it, and what nobody reaches beyond all', () => {
    expect([0, 300, 301, 900, 901, null].map((s) => bandOf(s, [5, 10, 15]))).toEqual([0, 0, 1, 2, 3, 3])
    expect(reachShades([100, null], [5], 'dark').map((shade) => shade?.beyond)).toEqual([false, true])
  })

  it('say nothing of a change that nobody feels, and count what is not reached as an hour', () => {
    expect([0, 14, -15, 60, -181].map(changeStep)).toEqual([null, null, 0, 1, 2])
    const [same, gain, loss] = changeShades([100, null, 300], [110, 500, null], 'dark')
    expect(same).toBeNull()
    expect(gain?.colour).not.toBe(loss?.colour)
  })
})

const kelurahan = (code: string, beyond_people: number[], median_seconds: number | null) => ({
  code,
  name: code,
  kecamatan: '',
  area_km2: 1,
  people: 100,
  demand: 1,
  beyond_people,
  beyond_share: beyond_people.map((n) => n / 100),
  median_seconds,
  nearest: null,
})

describe('what the page says of reach', () => {
  it('ranks gaps by the people beyond the limit looked at; of equals the slower, the unreached first', () => {
    const list = [
      kelurahan('a', [50, 0], 500),
      kelurahan('b', [90, 3], 700),
      kelurahan('c', [50, 3], 900),
      kelurahan('d', [50, 0.4], null),
    ]
    expect(gapsOf(list, 0).map(({ code }) => code)).toEqual(['b', 'd', 'c', 'a'])
    expect(gapsOf(list, 1).map(({ code }) => code)).toEqual(['c', 'b'])
  })

  it('calls the model wrong only where chance does not explain it', () => {
    const of = (n: number, ratio: number | null, ratio_low: number | null, ratio_high: number | null) =>
      verdictOf({ n, ratio, ratio_low, ratio_high })
    expect(of(0, null, null, null)).toBe('none')
    expect(of(4, null, null, null)).toBe('few')
    expect(of(40, 1.3, 1.1, 1.5)).toBe('slower')
    expect(of(40, 0.8, 0.7, 0.9)).toBe('faster')
    expect(of(40, 1.1, 0.9, 1.3)).toBe('agrees')
  })

  it('signs a change unless it rounds to nothing', () => {
    const whole = (n: number) => String(Math.round(n))
    expect([12.4, -12.4, 0.2, -0.2].map((n) => signed(n, whole))).toEqual(['+12', '−12', '0', '0'])
  })
})
