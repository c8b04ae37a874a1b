import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HEAT_STOPS } from '../../../client/map/layers/heat_scale.ts'
import { COLOUR, rgb } from '../../../client/theme/colours.ts'

const css = readFileSync(resolve(import.meta.dirname, '../../../client/theme/tokens.css'), 'utf8')
const token = (name: string) => {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1]
  if (!found) throw new Error(`no token --${name}`)
  return found
}
/** Relative luminance and contrast by WCAG 2.2. */
const luminance = (channels: readonly number[]) => {
  const [r, g, b] = channels.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: readonly number[], b: readonly number[]) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe('colours', () => {
  it('are the same in CSS and WebGL', () => {
    for (const [name, colour] of Object.entries(COLOUR)) expect(colour, name).toBe(token(name))
  })
  it.each([
    ['text', 'panel'],
    ['soft', 'panel'],
    ['faint', 'panel'],
    ['unit', 'panel'],
    ['warning', 'panel'],
    ['breached', 'panel'],
    ['warning', 'warning-ground'],
    ['warning', 'warning-sign'],
    ['breached', 'breached-ground'],
    ['soft', 'breached-ground'],
    ['soft', 'warning-ground'],
    ['unit', 'breached-ground'],
    ['unit', 'warning-ground'],
  ])('text in --%s on --%s has at least 4.5:1', (ink, ground) => {
    expect(contrast(rgb(token(ink)), rgb(token(ground)))).toBeGreaterThanOrEqual(4.5)
  })
  it('heat rises evenly in lightness, so that it needs no hue', () => {
    const lightness = HEAT_STOPS.map((stop) => luminance(stop.colour))
    expect([...lightness].sort((a, b) => a - b)).toEqual(lightness)
    for (let i = 1; i < lightness.length; i++)
      expect((lightness[i] + 0.05) / (lightness[i - 1] + 0.05)).toBeGreaterThan(1.3)
  })
})
