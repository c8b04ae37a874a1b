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

/** Points in squares of one {@link REPEAT_WITHIN_M}, side by side in order of their square. */
class Squares {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly radius: Float64Array
  readonly #columns: number
  readonly #rows: number
  readonly #starts: Uint32Array
  readonly #members: Uint32Array
  readonly #square: Uint32Array

  constructor(points: readonly Placed[]) {
    const n = points.length
    this.x = new Float64Array(n)
    this.y = new Float64Array(n)
    this.radius = Float64Array.from(points, ({ accuracy_m }) => Math.max(LEAST_CIRCLE_M, accuracy_m))
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let i = 0; i < n; i++) {
      const [x, y] = toLocalM([points[i].lon, points[i].lat], [points[0].lon, points[0].lat])
      this.x[i] = x
      this.y[i] = y
      ;[west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)]
    }
    this.#columns = n > 0 ? Math.floor((east - west) / REPEAT_WITHIN_M) + 1 : 0
    this.#rows = n > 0 ? Math.floor((north - south) / REPEAT_WITHIN_M) + 1 : 0
    this.#square = new Uint32Array(n)
    this.#starts = new Uint32Array(this.#columns * this.#rows + 1)
    for (let i = 0; i < n; i++) {
      const column = Math.floor((this.x[i] - west) / REPEAT_WITHIN_M)
      this.#square[i] = Math.floor((this.y[i] - south) / REPEAT_WITHIN_M) * this.#columns + column
      this.#starts[this.#square[i] + 1]++
    }
    for (let i = 1; i < this.#starts.length; i++) this.#starts[i] += this.#starts[i - 1]
    const next = this.#starts.slice()
    this.#members = new Uint32Array(n)
    for (let i = 0; i < n; i++) this.#members[next[this.#square[i]]++] = i
  }

  /** All within some squares of a point's own, itself too. */
  visit(i: number, squares: number, see: (j: number, metres2: number) => void): void {
    const { x, y } = this
    const column = this.#square[i] % this.#columns
    const row = Math.floor(this.#square[i] / this.#columns)
    const [left, right] = [Math.max(0, column - squares), Math.min(this.#columns - 1, column + squares)]
    for (let r = Math.max(0, row - squares); r <= Math.min(this.#rows - 1, row + squares); r++) {
      // The squares of a row stand side by side, and so do their points.
      const end = this.#starts[r * this.#columns + right + 1]
      for (let k = this.#starts[r * this.#columns + left]; k < end; k++) {
        const j = this.#members[k]
        see(j, (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2)
      }
    }
  }

  /** Whether two circles, their middles so far apart, are of one place. */
  meets(i: number, j: number, metres2: number): boolean {
    const reach = Math.min(REPEAT_WITHIN_M, this.radius[i] + this.radius[j])
    return metres2 <= reach * reach
  }
}

/**
 * Places that incidents come back to: around the one with most others near it, all whose uncertainty circles meet its own within 75 m;
 * they are taken out, and so on while three are left together. No chains: nothing lies further than that from its middle incident.
 * Most incidents first, {@link REPEAT_SHOWN} at most. Points located worse than 75 m are left out by the caller.
 */
export function repeats(points: readonly Placed[]): Repeat[] {
  const squares = new Squares(points)
  const near = new Uint32Array(points.length)
  points.forEach((_, i) =>
    squares.visit(i, 1, (j, metres2) => {
      if (squares.meets(i, j, metres2)) near[i]++
    }),
  )
  const order = points.map((_, i) => i).filter((i) => near[i] >= REPEAT_MIN_N)
  // Ties by place: the points come in any order.
  order.sort((a, b) => near[b] - near[a] || squares.x[a] - squares.x[b] || squares.y[a] - squares.y[b])
  const taken = new Uint8Array(points.length)
  const places: Repeat[] = []
  for (const i of order) {
    if (taken[i]) continue
    const of: number[] = []
    squares.visit(i, 1, (j, metres2) => {
      if (!taken[j] && squares.meets(i, j, metres2)) of.push(j)
    })
    if (of.length < REPEAT_MIN_N) continue
    for (const j of of) taken[j] = 1
    const mean = (take: (point: Placed) => number) => of.reduce((sum, j) => sum + take(points[j]), 0) / of.length
    places.push({ of: of.sort((a, b) => a - b), lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat), expected: 0 })
  }
  places.sort((a, b) => b.of.length - a.of.length || a.lon - b.lon || a.lat - b.lat)
  const shown = places.slice(0, REPEAT_SHOWN)
  const share = REPEAT_WITHIN_M ** 2 / (AROUND_M ** 2 - REPEAT_WITHIN_M ** 2)
  for (const place of shown) {
    const mine = new Set(place.of)
    let others = 0
    squares.visit(place.of[0], Math.ceil(AROUND_M / REPEAT_WITHIN_M), (j, metres2) => {
      if (metres2 <= AROUND_M ** 2 && !mine.has(j)) others++
    })
    place.expected = others * share
  }
  return shown
}

/** More than these no page reads. */
export const REPEAT_SHOWN = 50
