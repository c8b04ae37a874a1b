import type { Rgb } from '../../../client/theme/colours.ts'

/** Complete colour blindness of each kind as 3 x 3 matrices over linear RGB (Machado, Oliveira, Fernandes 2009, severity 1). */
const MACHADO = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const
export const SIGHTS = ['full sight', 'protanopia', 'deuteranopia', 'tritanopia'] as const
export type Sight = (typeof SIGHTS)[number]

const linear = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)
const gamma = (c: number) => 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)

/** Relative luminance and contrast by WCAG 2.2. */
export const luminance = (channels: readonly number[]) => {
  const [r, g, b] = channels.map(linear)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
export const contrast = (a: readonly number[], b: readonly number[]) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

/** A colour as somebody sees it. */
export function seenBy(sight: Sight, colour: Rgb): Rgb {
  if (sight === 'full sight') return colour
  const from = colour.map(linear)
  const [r, g, b] = MACHADO[sight].map((row) =>
    gamma(
      Math.max(
        0,
        Math.min(
          1,
          row.reduce((sum, factor, i) => sum + factor * from[i], 0),
        ),
      ),
    ),
  )
  return [r, g, b]
}

function lab(colour: readonly number[]): [number, number, number] {
  const [r, g, b] = colour.map(linear)
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const deg = Math.PI / 180

/** CIEDE2000 of two colours in Lab. */
export function ciede2000([l1, a1, b1]: readonly number[], [l2, a2, b2]: readonly number[]): number {
  const c_mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(c_mean ** 7 / (c_mean ** 7 + 25 ** 7)))
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)]
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)]
  const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / deg + 360) % 360)
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)]
  const turn = c1 * c2 === 0 ? 0 : ((h2 - h1 + 540) % 360) - 180
  const dl = l2 - l1
  const dc = c2 - c1
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * deg)
  const l = (l1 + l2) / 2
  const c = (c1 + c2) / 2
  const h = c1 * c2 === 0 ? h1 + h2 : (h1 + turn / 2 + 360) % 360
  const t =
    1 -
    0.17 * Math.cos((h - 30) * deg) +
    0.24 * Math.cos(2 * h * deg) +
    0.32 * Math.cos((3 * h + 6) * deg) -
    0.2 * Math.cos((4 * h - 63) * deg)
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const sc = 1 + 0.045 * c
  const sh = 1 + 0.015 * c * t
  const rt = -Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * deg) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh))
}

/** CIEDE2000 of two colours. */
export const distance = (a: Rgb, b: Rgb): number => ciede2000(lab(a), lab(b))
