import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { HEAT_STOPS } from '../../../client/map/layers/heat_scale.ts'
import { COLOUR, MAP_COLOUR, rgb, showTheme, THEMES, type Rgb, type Theme } from '../../../client/theme/colours.ts'
import { ciede2000, contrast, distance, luminance, seenBy, SIGHTS } from './vision.ts'

const sheet = (name: string) => readFileSync(resolve(import.meta.dirname, '../../../client/theme', name), 'utf8')
const css: Record<Theme, string> = { dark: sheet('tokens.css'), light: sheet('light.css') }
const token = (theme: Theme, name: string) => {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css[theme])?.[1]
  if (!found) throw new Error(`no token --${name} in ${theme}`)
  return found
}
/** CIEDE2000 between states: some three times what can just be told apart side by side. Shape and words tell them too. */
const APART = 7
const BOTH: Theme[] = ['dark', 'light']
afterEach(() => showTheme('dark'))

describe.each(BOTH)('colours, %s', (theme) => {
  it('are the same in CSS and WebGL', () => {
    showTheme(theme)
    for (const [name, colour] of Object.entries(COLOUR)) expect(colour, name).toBe(token(theme, name))
    expect(MAP_COLOUR).toEqual(THEMES[theme].map)
    expect(MAP_COLOUR.closure).toBe(token(theme, 'closure'))
  })

  it.each([
    ['text', 'panel'],
    ['soft', 'panel'],
    ['faint', 'panel'],
    ['unit', 'panel'],
    ['calm', 'panel'],
    ['warning', 'panel'],
    ['breached', 'panel'],
    ['stale', 'panel'],
    ['closure', 'panel'],
    ['soft', 'raised'],
    ['text', 'raised'],
    ['faint', 'raised'],
    ['warning', 'raised'],
    ['warning', 'warning-ground'],
    ['warning', 'warning-sign'],
    ['text', 'warning-ground'],
    ['soft', 'warning-ground'],
    ['unit', 'warning-ground'],
    ['breached', 'breached-ground'],
    ['text', 'breached-ground'],
    ['soft', 'breached-ground'],
    ['unit', 'breached-ground'],
    ['on-breached', 'breached'],
    ['on-stale', 'stale-ground'],
    ['panel', 'unit'],
    ['on-unit', 'unit'],
  ])('text in --%s on --%s has at least 4.5:1', (ink, ground) => {
    expect(contrast(rgb(token(theme, ink)), rgb(token(theme, ground)))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['callsign', 'name', 'faint', 'warning', 'breached', 'closure'])(
    'words in --%s on the map have at least 4.5:1',
    (ink) => {
      for (const ground of ['city', 'sea', 'neighbour'] as const)
        expect(contrast(rgb(token(theme, ink)), rgb(THEMES[theme].map[ground])), ground).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(['soft', 'faint', 'unit', 'idle', 'warning', 'breached'] as const)(
    'marks in %s on the map have at least 3:1',
    (mark) => {
      for (const ground of ['city', 'sea', 'neighbour'] as const)
        expect(contrast(rgb(THEMES[theme].live[mark]), rgb(THEMES[theme].map[ground])), ground).toBeGreaterThanOrEqual(
          3,
        )
    },
  )

  it('the base map is calm: nothing on it stands out as much as the faintest mark', () => {
    const { live, map } = THEMES[theme]
    const faintest = Math.min(
      ...(['soft', 'unit', 'warning', 'breached'] as const).map((m) => contrast(rgb(live[m]), rgb(map.city))),
    )
    for (const line of [
      'kelurahan_line',
      'road_minor',
      'road_middle',
      'road_major',
      'water',
      'city_line',
      'rail',
    ] as const)
      expect(contrast(rgb(map[line]), rgb(map.city)), line).toBeLessThan(faintest)
  })

  it.each(SIGHTS)('what is late, about to be, running and driving are told apart with %s', (sight) => {
    const { live } = THEMES[theme]
    const states = (['breached', 'warning', 'soft', 'unit'] as const).map(
      (name) => [name, seenBy(sight, rgb(live[name]))] as const,
    )
    for (const [i, [a, one]] of states.entries())
      for (const [b, other] of states.slice(i + 1)) expect(distance(one, other), `${a} and ${b}`).toBeGreaterThan(APART)
  })

  it('colour is saturated only where somebody has to act', () => {
    const { live, map } = THEMES[theme]
    const vivid = ([r, g, b]: Rgb) => Math.max(r, g, b) - Math.min(r, g, b)
    const loudest = Math.min(vivid(rgb(live.warning)), vivid(rgb(live.breached)))
    for (const colour of [live.text, live.soft, live.faint, live.idle, map.city, map.sea, map.road_major, map.label])
      expect(vivid(rgb(colour)), colour).toBeLessThan(loudest / 3)
  })
})

describe('heat', () => {
  it('rises evenly in lightness, so that it needs no hue', () => {
    const lightness = HEAT_STOPS.map((stop) => luminance(stop.colour))
    expect([...lightness].sort((a, b) => a - b)).toEqual(lightness)
    for (let i = 1; i < lightness.length; i++)
      expect((lightness[i] + 0.05) / (lightness[i - 1] + 0.05)).toBeGreaterThan(1.3)
  })
  it.each(SIGHTS)('its steps are told apart with %s', (sight) => {
    const seen = HEAT_STOPS.map((stop) => seenBy(sight, stop.colour))
    for (let i = 1; i < seen.length; i++) expect(distance(seen[i - 1], seen[i])).toBeGreaterThan(APART)
  })
})

it('the distance of colours is CIEDE2000', () => {
  // Sharma, Wu, Dalal (2005), pairs 1, 7, 14 and 25 of their table.
  for (const [a, b, expected] of [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, -0.001, 2.49], [50, 0.0011, -2.49], 4.7461],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ] as const)
    expect(ciede2000(a, b)).toBeCloseTo(expected, 3)
})
