import type { LonLat } from '../earth.ts'
import type { CityOutline } from './types.ts'

/** Drawn by eye to thousandths of a degree (110 m): good enough to say "roughly inside", never a boundary in law. */
// prettier-ignore
const COAST: readonly LonLat[] = [
  [109.66, -6.853], [109.664, -6.85], [109.669, -6.854], [109.677, -6.857], [109.687, -6.859], [109.691, -6.859],
  [109.693, -6.856], [109.698, -6.86], [109.705, -6.863], [109.714, -6.867],
]

// prettier-ignore
const LAND_BORDER: readonly LonLat[] = [
  // east, with Batang
  [109.703, -6.868], [109.704, -6.87], [109.709, -6.873], [109.707, -6.879], [109.711, -6.884], [109.709, -6.889], [109.707, -6.89],
  [109.707, -6.9], [109.704, -6.906], [109.694, -6.91], [109.696, -6.918], [109.697, -6.925], [109.69, -6.934], [109.68, -6.933],
  // south, with Buaran and Kedungwuni
  [109.678, -6.935], [109.674, -6.932], [109.675, -6.927], [109.671, -6.927], [109.672, -6.936], [109.668, -6.935], [109.669, -6.932],
  [109.667, -6.927], [109.669, -6.923], [109.662, -6.924], [109.659, -6.919], [109.657, -6.924],
  // west, with Tirto and Wiradesa
  [109.652, -6.924], [109.642, -6.918], [109.643, -6.911], [109.645, -6.905], [109.648, -6.904], [109.647, -6.898], [109.643, -6.893],
  [109.648, -6.89], [109.645, -6.881], [109.655, -6.877], [109.655, -6.873], [109.657, -6.877], [109.662, -6.877], [109.659, -6.871],
  [109.66, -6.864], [109.66, -6.853],
]

/** North of the coast, as far as a wall shows it. */
// prettier-ignore
export const SEA: readonly LonLat[] = [
  [109.5, -6.78], [109.86, -6.78], [109.86, -6.9], [109.76, -6.884], [109.73, -6.872],
  ...[...COAST].reverse(),
  [109.64, -6.846], [109.6, -6.842], [109.5, -6.84], [109.5, -6.78],
]

/** The city's land as one closed ring, clockwise from the western end of the coast. */
export const LAND: readonly LonLat[] = [...COAST, ...LAND_BORDER]

export const OUTLINE: readonly CityOutline[] = [
  { class: 'sea', points: SEA },
  { class: 'land', points: LAND },
  { class: 'coast', points: COAST },
]
