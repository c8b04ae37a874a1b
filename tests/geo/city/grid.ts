import type { LonLat } from '../../../geo/earth.ts'

/** A GeoJSON-like polygon: rings of positions, the first the shell. */
export type Rings = readonly (readonly LonLat[])[]

/** Even-odd rule over all rings; a point on an edge may fall either way. */
export function inRings(rings: Rings, [x, y]: LonLat): boolean {
  let inside = false
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]
      const [xj, yj] = ring[j]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
  return inside
}

/**
 * The centres of a grid of `step` degrees over the box, each with the name of the first area that holds it.
 * Scans row by row, so that an edge is looked at only in its rows.
 */
export function rasterise(
  areas: readonly { name: string; polygons: readonly Rings[] }[],
  box: readonly number[],
  step: number,
): (string | null)[] {
  const columns = Math.ceil((box[2] - box[0]) / step)
  const rows = Math.ceil((box[3] - box[1]) / step)
  const out = new Array<string | null>(columns * rows).fill(null)
  for (const { name, polygons } of areas)
    for (const rings of polygons)
      for (let row = 0; row < rows; row++) {
        const y = box[1] + (row + 0.5) * step
        const cuts = crossings(rings, y)
        for (let c = 0; c + 1 < cuts.length; c += 2) {
          const first = Math.max(0, Math.ceil((cuts[c] - box[0]) / step - 0.5))
          const last = Math.min(columns - 1, Math.floor((cuts[c + 1] - box[0]) / step - 0.5))
          for (let column = first; column <= last; column++) out[row * columns + column] ??= name
        }
      }
  return out
}

function crossings(rings: Rings, y: number): number[] {
  const cuts: number[] = []
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]
      const [xj, yj] = ring[j]
      if (yi > y !== yj > y) cuts.push(((xj - xi) * (y - yi)) / (yj - yi) + xi)
    }
  return cuts.sort((a, b) => a - b)
}
