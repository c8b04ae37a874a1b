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

/** The different values, ascending, and the rank of each among them. */
function ranked(values: Float64Array): { distinct: Float64Array; rank: Uint32Array } {
  const distinct = Float64Array.from(new Set(values)).sort()
  const ranks = new Map(Array.from(distinct, (value, rank) => [value, rank]))
  return { distinct, rank: Uint32Array.from(values, (value) => ranks.get(value) ?? 0) }
}

/**
 * Points in squares of one {@link REPEAT_WITHIN_M}, side by side in order of their square. Only columns and rows that hold a point count: one
 * far outside the city costs no more than another.
 */
class Squares {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly radius: Float64Array
  readonly #columns: Float64Array
  readonly #rows: Float64Array
  readonly #column: Uint32Array
  readonly #row: Uint32Array
  readonly #starts: Uint32Array
  readonly #members: Uint32Array

  constructor(points: readonly Placed[]) {
    const n = points.length
    this.x = new Float64Array(n)
    this.y = new Float64Array(n)
    this.radius = Float64Array.from(points, ({ accuracy_m }) => Math.max(LEAST_CIRCLE_M, accuracy_m))
    // Flat about the latitude of most: the first may be the far one.
    const origin = [points[0]?.lon ?? 0, Float64Array.from(points, ({ lat }) => lat).sort()[n >> 1] ?? 0]
    for (let i = 0; i < n; i++) [this.x[i], this.y[i]] = toLocalM([points[i].lon, points[i].lat], origin)
    const squareOf = (metres: number) => Math.floor(metres / REPEAT_WITHIN_M)
    ;({ distinct: this.#columns, rank: this.#column } = ranked(this.x.map(squareOf)))
    ;({ distinct: this.#rows, rank: this.#row } = ranked(this.y.map(squareOf)))
    const width = this.#columns.length
    this.#starts = new Uint32Array(width * this.#rows.length + 1)
    for (let i = 0; i < n; i++) this.#starts[this.#row[i] * width + this.#column[i] + 1]++
    for (let i = 1; i < this.#starts.length; i++) this.#starts[i] += this.#starts[i - 1]
    const next = this.#starts.slice()
    this.#members = new Uint32Array(n)
    for (let i = 0; i < n; i++) this.#members[next[this.#row[i] * width + this.#column[i]]++] = i
  }

  /** All within some squares of a point's own, itself too. */
  visit(i: number, squares: number, see: (j: number, metres2: number) => void): void {
    const { x, y } = this
    const width = this.#columns.length
    const [left, right] = around(this.#columns, this.#column[i], squares)
    const [bottom, top] = around(this.#rows, this.#row[i], squares)
    for (let r = bottom; r <= top; r++) {
      // The squares of a row stand side by side, and so do their points.
      const end = this.#starts[r * width + right + 1]
      for (let k = this.#starts[r * width + left]; k < end; k++) {
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

/** First and last of the ascending values that differ by at most `most` from the one at `at`. */
function around(values: Float64Array, at: number, most: number): [first: number, last: number] {
  let [first, last] = [at, at]
  while (first > 0 && values[at] - values[first - 1] <= most) first--
  while (last + 1 < values.length && values[last + 1] - values[at] <= most) last++
  return [first, last]
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
const REPEAT_SHOWN = 50
