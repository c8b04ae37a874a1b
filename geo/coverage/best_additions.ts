/** What a set of places is worth: the sum over all columns of the best that any of them, or what stands already, gives it. */
export interface LocationProblem {
  /** Worth of each candidate in each column, none negative; `rows[i].length` columns. */
  rows: readonly Float64Array[]
  /** Worth of what stands already in each column. */
  base: Float64Array
  /** How many to add. */
  add: number
}

export interface LocationAnswer {
  /** Positions in `rows`, the one that adds most first; fewer than asked for only where there are fewer candidates. */
  chosen: number[]
  worth: number
  /** Upper bound that was proved before the choices left over were tried one by one. */
  bound: number
  /** Choices tried one by one. */
  tried: number
}

/** The search would take too long to be exact. */
export class LocationTooLarge extends RangeError {}

/** Choices tried before it gives up: some ten seconds. Two places among a thousand candidates are half a million. */
const MOST_TRIED = 2_000_000
/** Columns looked at while the bound is tightened: some 50 ms. */
const BOUND_WORK = 40_000_000
const MOST_ROUNDS = 600
const TRIED_AT_ONCE = 200

/**
 * The `add` candidates that are worth most together. MCLP and p-median are both of this shape (geo/coverage/objective.ts makes the rows). Exact: a greedy choice
 * with exchanges is the one to beat; a Lagrangian bound (each column bought at a price, by subgradient) rules out the choices that cannot beat it; those left
 * over are tried one by one.
 *
 *     worth(S) = sum_c max(base_c, max_{j in S} v_jc)  <=  sum_c max(price_c, base_c) + sum_{j in S} sum_c max(0, v_jc - price_c)
 *
 * Throws {@link LocationTooLarge} beyond its limit.
 */
export function bestAdditions(problem: LocationProblem): LocationAnswer {
  const steps = additionSteps(problem)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same step by step, some milliseconds each, for whoever lets others through in between. */
export function* additionSteps({ rows, base, add }: LocationProblem): Generator<undefined, LocationAnswer> {
  const size = base.length
  const p = Math.min(add, rows.length)
  const worthOf = (chosen: readonly number[]): number => {
    let sum = 0
    for (let c = 0; c < size; c++) {
      let best = base[c]
      for (const j of chosen) if (rows[j][c] > best) best = rows[j][c]
      sum += best
    }
    return sum
  }
  let best = yield* exchange(rows, base, greedy(rows, base, p), worthOf)
  let worth = worthOf(best)
  // What is proved must not hang on a rounding error.
  const tolerance = 1e-9 * Math.max(1, Math.abs(worth))
  const { fixed, gains, bound } = yield* prices(rows, base, p, best, worth)
  const order = gains.map((_, j) => j).sort((a, b) => gains[b] - gains[a] || a - b)
  let tried = 0
  const chosen: number[] = []
  /** Adds the candidates from `from` on in the order of their gains: once one cannot do, none after it can. */
  function* search(from: number, bought: number): Generator<undefined, void> {
    const left = p - chosen.length
    if (left === 0) {
      if (++tried > MOST_TRIED) throw new LocationTooLarge('terlalu banyak kemungkinan untuk dihitung pasti')
      const found = worthOf(chosen)
      if (found > worth) [worth, best] = [found, chosen.slice()]
      if (tried % TRIED_AT_ONCE === 0) yield
      return
    }
    for (let i = from; i + left <= order.length; i++) {
      let most = fixed + bought
      for (let k = 0; k < left; k++) most += gains[order[i + k]]
      if (most + tolerance <= worth) return
      chosen.push(order[i])
      yield* search(i + 1, bought + gains[order[i]])
      chosen.pop()
    }
  }
  yield* search(0, 0)
  return { chosen: mostFirst(rows, base, best), worth, bound: Math.max(bound, worth), tried }
}

function gainOf(row: Float64Array, held: Float64Array): number {
  let gain = 0
  for (let c = 0; c < held.length; c++) if (row[c] > held[c]) gain += row[c] - held[c]
  return gain
}
const hold = (row: Float64Array, held: Float64Array): void => {
  for (let c = 0; c < held.length; c++) if (row[c] > held[c]) held[c] = row[c]
}

function greedy(rows: readonly Float64Array[], base: Float64Array, p: number): number[] {
  const held = base.slice()
  const chosen: number[] = []
  while (chosen.length < p) {
    let [most, at] = [-1, -1]
    for (const [j, row] of rows.entries()) {
      if (chosen.includes(j)) continue
      const gain = gainOf(row, held)
      if (gain > most) [most, at] = [gain, j]
    }
    chosen.push(at)
    hold(rows[at], held)
  }
  return chosen
}

/** One place at a time for another, until none is better. */
function* exchange(
  rows: readonly Float64Array[],
  base: Float64Array,
  start: readonly number[],
  worthOf: (chosen: readonly number[]) => number,
): Generator<undefined, number[]> {
  const chosen = [...start]
  if (chosen.length < 2) return chosen
  for (let since = 0, k = 0; since < chosen.length; k = (k + 1) % chosen.length, since++) {
    yield
    const held = base.slice()
    for (const [i, j] of chosen.entries()) if (i !== k) hold(rows[j], held)
    let [most, at] = [gainOf(rows[chosen[k]], held), chosen[k]]
    for (const [j, row] of rows.entries()) {
      if (chosen.includes(j)) continue
      const gain = gainOf(row, held)
      if (gain > most) [most, at] = [gain, j]
    }
    if (at === chosen[k]) continue
    const other = chosen.with(k, at)
    if (worthOf(other) <= worthOf(chosen)) continue
    chosen[k] = at
    since = -1
  }
  return chosen
}

interface Prices {
  price: Float64Array
  /** Sum of what the columns cost, or what stands already gives them if that is more. */
  fixed: number
  /** What each candidate gives beyond the prices. */
  gains: Float64Array
  bound: number
}

/** Prices of the columns at which the bound is least, by subgradient from what the choice to beat gives. */
function* prices(
  rows: readonly Float64Array[],
  base: Float64Array,
  p: number,
  start: readonly number[],
  worth: number,
): Generator<undefined, Prices> {
  const size = base.length
  const price = base.slice()
  for (const j of start) hold(rows[j], price)
  const at = (price: Float64Array): Prices & { slope: Float64Array } => {
    const gains = Float64Array.from(rows, (row) => gainOf(row, price))
    const slope = new Float64Array(size).fill(1)
    let fixed = 0
    for (let c = 0; c < size; c++) {
      fixed += Math.max(price[c], base[c])
      if (base[c] > price[c]) slope[c] -= 1
    }
    let bound = fixed
    const taken = [...gains.keys()].sort((a, b) => gains[b] - gains[a]).slice(0, p)
    for (const j of taken) {
      bound += gains[j]
      for (let c = 0; c < size; c++) if (rows[j][c] > price[c]) slope[c] -= 1
    }
    return { price: price.slice(), fixed, gains, bound, slope }
  }
  let best: Prices & { slope: Float64Array } = at(price)
  // One place alone: the start is the best, and what it gives proves it.
  if (p < 2) return best
  let [now, step, since] = [best, 1, 0]
  const rounds = Math.min(MOST_ROUNDS, Math.ceil(BOUND_WORK / (rows.length * size)))
  for (let round = 0; round < rounds && best.bound > worth * (1 + 1e-12); round++) {
    yield
    const length = now.slope.reduce((sum, g) => sum + g * g, 0)
    if (length === 0) break
    const by = (step * (now.bound - worth)) / length
    for (let c = 0; c < size; c++) price[c] = Math.max(base[c], price[c] - by * now.slope[c])
    now = at(price)
    if (now.bound < best.bound) [best, since] = [now, 0]
    else if (++since === 12) {
      ;[step, since] = [step / 2, 0]
      price.set(best.price)
      now = best
    }
  }
  return best
}

/** The same places, each time the one that adds most. */
function mostFirst(rows: readonly Float64Array[], base: Float64Array, chosen: readonly number[]): number[] {
  const held = base.slice()
  const left = [...chosen]
  const out: number[] = []
  while (left.length > 0) {
    const gains = left.map((j) => gainOf(rows[j], held))
    const at = gains.indexOf(Math.max(...gains))
    const [j] = left.splice(at, 1)
    out.push(j)
    hold(rows[j], held)
  }
  return out
}
