import { toLocalM } from '../earth.ts'
import { quartic } from './smooth.ts'
import type { SmoothPlaces } from './smooth.ts'

export const DENSITY_BANDWIDTH_M = 800

/**
 * Kernel density at places: points per km², each spread by the quartic kernel 3/(pi h²) (1 - d²/h²)² of bandwidth h metres (flat
 * metres about the first place). Nothing is corrected at the border: beyond it nobody counts.
 */
export function density(
  points: readonly { lon: number; lat: number }[],
  places: SmoothPlaces,
  bandwidth_m = DENSITY_BANDWIDTH_M,
): Float64Array {
  const count = places.lon.length
  const sums = new Float64Array(count)
  if (count === 0) return sums
  const origin = [places.lon[0], places.lat[0]]
  const xs = new Float64Array(count)
  const ys = new Float64Array(count)
  const squares = new Map<number, number[]>()
  const key = (column: number, row: number) => column * 100_003 + row
  const at = (metres: number) => Math.floor(metres / bandwidth_m)
  for (let i = 0; i < count; i++) {
    ;[xs[i], ys[i]] = toLocalM([places.lon[i], places.lat[i]], origin)
    const square = key(at(xs[i]), at(ys[i]))
    const inside = squares.get(square)
    if (inside) inside.push(i)
    else squares.set(square, [i])
  }
  const reach2 = bandwidth_m ** 2
  for (const { lon, lat } of points) {
    const [x, y] = toLocalM([lon, lat], origin)
    for (let column = at(x) - 1; column <= at(x) + 1; column++)
      for (let row = at(y) - 1; row <= at(y) + 1; row++)
        for (const i of squares.get(key(column, row)) ?? [])
          sums[i] += quartic(((xs[i] - x) ** 2 + (ys[i] - y) ** 2) / reach2)
  }
  const scale = (3 / (Math.PI * reach2)) * 1e6
  return sums.map((sum) => sum * scale)
}
