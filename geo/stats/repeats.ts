import { toLocalM } from '../earth.ts'

/** Incidents further apart are not of one place, however roughly they were located. */
export const REPEAT_WITHIN_M = 75
/** Located worse than this, places cannot be told apart. */
export const REPEAT_ACCURACY_M = 75
/** A pin is never better than the width of a house. */
const LEAST_CIRCLE_M = 10
/** Fewer would point at one household's bad week. */
export const REPEAT_MIN_N = 3
/** The neighbourhood that says how many would lie there by chance. */
const AROUND_M = 500

export interface Placed {
  lon: number
  lat: number
  accuracy_m: number
}

export interface Repeat {
  /** Indices of its incidents. */
  of: number[]
  lon: number
  lat: number
  /** As many as a circle of {@link REPEAT_WITHIN_M} would hold if those within 500 m, these left out, lay evenly. */
  expected: number
}

/**
 * Places that incidents come back to: around the one with most others near it, all whose uncertainty circles meet its own within 75 m;
 * they are taken out, and so on while three are left together. No chains: nothing lies further than that from its middle incident.
 * Most incidents first. Points located worse than 75 m are left out by the caller.
 */
export function repeats(points: readonly Placed[]): Repeat[] {
  const origin = points.length > 0 ? [points[0].lon, points[0].lat] : [0, 0]
  const xy = points.map(({ lon, lat }) => toLocalM([lon, lat], origin))
  const radius = points.map(({ accuracy_m }) => Math.max(LEAST_CIRCLE_M, accuracy_m))
  const grid = new Map<number, number[]>()
  const at = (metres: number) => Math.floor(metres / REPEAT_WITHIN_M)
  const key = (column: number, row: number) => column * 1_000_003 + row
  xy.forEach(([x, y], i) => {
    const square = key(at(x), at(y))
    const inside = grid.get(square)
    if (inside) inside.push(i)
    else grid.set(square, [i])
  })
  const around = (i: number, squares: number, within: (j: number, metres: number) => boolean): number[] => {
    const [x, y] = xy[i]
    const found: number[] = []
    for (let column = at(x) - squares; column <= at(x) + squares; column++)
      for (let row = at(y) - squares; row <= at(y) + squares; row++)
        for (const j of grid.get(key(column, row)) ?? [])
          if (within(j, Math.hypot(xy[j][0] - x, xy[j][1] - y))) found.push(j)
    return found
  }
  const meets = (i: number) => (j: number, metres: number) =>
    metres <= REPEAT_WITHIN_M && metres <= radius[i] + radius[j]
  const near = points.map((_, i) => around(i, 1, meets(i)))
  const order = points.map((_, i) => i).sort((a, b) => near[b].length - near[a].length || a - b)
  const taken = new Uint8Array(points.length)
  const places: Repeat[] = []
  for (const i of order) {
    if (near[i].length < REPEAT_MIN_N) break
    if (taken[i]) continue
    const of = near[i].filter((j) => !taken[j])
    if (of.length < REPEAT_MIN_N) continue
    for (const j of of) taken[j] = 1
    const mean = (take: (point: Placed) => number) => of.reduce((sum, j) => sum + take(points[j]), 0) / of.length
    places.push({ of, lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat), expected: 0 })
  }
  places.sort((a, b) => b.of.length - a.of.length || a.of[0] - b.of[0])
  const squares = Math.ceil(AROUND_M / REPEAT_WITHIN_M)
  const share = REPEAT_WITHIN_M ** 2 / (AROUND_M ** 2 - REPEAT_WITHIN_M ** 2)
  for (const place of places.slice(0, REPEAT_SHOWN)) {
    const mine = new Set(place.of)
    const others = around(place.of[0], squares, (j, metres) => metres <= AROUND_M && !mine.has(j))
    place.expected = others.length * share
  }
  return places.slice(0, REPEAT_SHOWN)
}

/** More than these no page reads. */
export const REPEAT_SHOWN = 50
