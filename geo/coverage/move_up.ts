import { REACH_LIMIT_SECONDS } from './reach.ts'

/** A unit that could be moved. */
export interface IdleUnit {
  /** Place where it stands, a row of `drive`. */
  at: number
  turnout_seconds: number
  /** 1 for each kind of demand (row of `demand`) it can meet. */
  serves: Uint8Array
}

export interface MoveUpProblem {
  units: readonly IdleUnit[]
  /** Places (rows of `drive`) a unit may be sent to. */
  posts: readonly number[]
  /** Seconds of driving from each place to each cell; Infinity where no road leads. */
  drive: readonly Float64Array[]
  /** Expected demand of each kind in each cell, any unit. */
  demand: readonly Float64Array[]
  /** Turn-out and drive within this count as reached. */
  limit_seconds: number
}

export interface MoveUpAnswer {
  /** The place of each unit; where it stands now when it should stay. */
  places: number[]
  moves: number
  /** Nodes of the search, for whoever measures it. */
  nodes: number
}

/** Refused beyond: the search is exact, and these keep it within a request. */
export const MOST_UNITS = 12
export const MOST_POSTS = 30
export const MOST_NODES = 20_000

/** The search would take too long to be exact. */
export class MoveUpTooLarge extends RangeError {}

/** Demand is counted in so many equal parts, seconds in whole ones: sums are exact, so that ties are ties. */
const PARTS = 200_000
const CAP = REACH_LIMIT_SECONDS
const REACHED = PARTS * CAP + 1
/** More than any number of moves. */
const MOVES = 16

/**
 * The places for the idle units from which most of the expected demand is reached in time, found by branch and bound; of equals the one with the least mean
 * seconds (an hour where nobody comes), then the fewest moves. Exact: the score of a set of standing places is a sum of best-of maxima, so what a
 * place adds only falls as others are taken, and what each remaining unit could add at most bounds what all of them can.
 *
 * Throws {@link MoveUpTooLarge} beyond its limits.
 */
export function bestPlaces(problem: MoveUpProblem): MoveUpAnswer {
  const { units } = problem
  if (units.length > MOST_UNITS) throw new MoveUpTooLarge(`${units.length} unit, paling banyak ${MOST_UNITS}`)
  if (problem.posts.length > MOST_POSTS)
    throw new MoveUpTooLarge(`${problem.posts.length} pos, paling banyak ${MOST_POSTS}`)
  const options = optionsOf(problem)
  const columns = options.flat()[0]?.value.length ?? 0
  const best = { score: -Infinity, places: units.map((unit) => unit.at) }
  let nodes = 0
  const chosen: Option[] = []
  const same_as_last = units.map((unit, i) => i > 0 && alike(unit, units[i - 1]))

  const take = (score: number): void => {
    if (score <= best.score) return
    best.score = score
    best.places = chosen.map((option) => option.place)
  }

  const search = (k: number, held: Float64Array, score: number, stale: readonly number[]): void => {
    if (k === units.length) return take(score)
    if (++nodes > MOST_NODES) throw new MoveUpTooLarge('terlalu banyak kemungkinan untuk dihitung pasti')
    // What each remaining unit adds at most: first as known further up (it only falls), then anew, one by one.
    const most = stale.slice()
    const bound = (): number => most.reduce((sum, gain, i) => (i < k ? sum : sum + gain), score)
    if (bound() <= best.score) return
    const gains = options[k].map((option) => gainOf(option, held))
    most[k] = Math.max(...gains)
    for (let i = k + 1; i < units.length; i++) {
      if (bound() <= best.score) return
      most[i] = same_as_last[i] ? most[i - 1] : Math.max(...options[i].map((option) => gainOf(option, held)))
    }
    const rest = bound() - score - most[k]
    const order = gains.map((_, o) => o).sort((a, b) => gains[b] - gains[a] || a - b)
    for (const o of order) {
      // Units that are alike are placed in the order of their options: no arrangement twice.
      if (same_as_last[k] && o < (chosen[k - 1]?.index ?? 0)) continue
      if (score + gains[o] + rest <= best.score) break
      const option = options[k][o]
      chosen.push(option)
      search(k + 1, withOption(option, held), score + gains[o], most)
      chosen.pop()
    }
  }

  const nobody = new Float64Array(columns)
  // Staying is the first to beat, so that a move that is no better is none.
  let held: Float64Array = nobody
  let score = 0
  for (const list of options) {
    const [stay] = list
    score += gainOf(stay, held)
    held = withOption(stay, held)
    chosen.push(stay)
  }
  take(score)
  chosen.length = 0
  search(
    0,
    nobody,
    0,
    units.map(() => Infinity),
  )
  return { places: best.places, moves: best.places.filter((place, i) => place !== units[i].at).length, nodes }
}

interface Option {
  index: number
  place: number
  /** Worth in each column of the unit standing there. */
  value: Float64Array
  /** What the move itself costs: one of {@link MOVES}. */
  cost: number
}

const alike = (a: IdleUnit, b: IdleUnit): boolean =>
  a.at === b.at && a.turnout_seconds === b.turnout_seconds && a.serves.join() === b.serves.join()

function gainOf({ value, cost }: Option, held: Float64Array): number {
  let gain = -cost
  for (let c = 0; c < value.length; c++) if (value[c] > held[c]) gain += value[c] - held[c]
  return gain
}

function withOption({ value }: Option, held: Float64Array): Float64Array {
  const out = held.slice()
  for (let c = 0; c < value.length; c++) if (value[c] > out[c]) out[c] = value[c]
  return out
}

/** Worth of a column reached in `seconds`: reached in time above all, then soon. Sums of these stay below 2^53. */
export const worth = (weight: number, seconds: number, limit_seconds: number): number =>
  MOVES * weight * ((seconds <= limit_seconds ? REACHED : 0) + CAP - Math.min(CAP, seconds))

/** Each unit's places, staying first; columns are the pairs of a cell and a kind of demand that weigh anything. */
function optionsOf({ units, posts, drive, demand, limit_seconds }: MoveUpProblem): Option[][] {
  const weights = wholeWeights(demand)
  const columns: { cell: number; kind: number; weight: number }[] = []
  for (const [kind, row] of weights.entries())
    for (const [cell, weight] of row.entries()) if (weight > 0) columns.push({ cell, kind, weight })
  const known = new Map<string, Float64Array>()
  const valueOf = (unit: IdleUnit, place: number): Float64Array => {
    const key = `${place} ${unit.turnout_seconds} ${unit.serves.join('')}`
    const found = known.get(key)
    if (found) return found
    const value = Float64Array.from(columns, ({ cell, kind, weight }) => {
      if (!unit.serves[kind]) return 0
      const seconds = unit.turnout_seconds + drive[place][cell]
      return Number.isFinite(seconds) ? worth(weight, Math.round(seconds), limit_seconds) : 0
    })
    known.set(key, value)
    return value
  }
  return units.map((unit) => {
    const places = [unit.at, ...new Set(posts)].filter((place, i) => i === 0 || place !== unit.at)
    return places.map((place, index) => ({ index, place, value: valueOf(unit, place), cost: index === 0 ? 0 : 1 }))
  })
}

/** Demand in whole parts of {@link PARTS}; a demand of nothing has none. */
export function wholeWeights(demand: readonly Float64Array[]): Int32Array[] {
  const total = demand.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
  return demand.map((row) => Int32Array.from(row, (w) => (total > 0 ? Math.round((w / total) * PARTS) : 0)))
}
