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
  /** Columns looked at, for whoever measures it. */
  work: number
}

/** Refused beyond: the search is exact, and these keep it within a request (the last: some 0.3 s). */
export const MOST_UNITS = 12
const MOST_POSTS = 40
const MOST_WORK = 120_000_000

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
  if (units.length > MOST_UNITS) throw new MoveUpTooLarge(`${units.length} unit siaga, paling banyak ${MOST_UNITS}`)
  if (problem.posts.length > MOST_POSTS)
    throw new MoveUpTooLarge(`${problem.posts.length} pos, paling banyak ${MOST_POSTS}`)
  // Units that are alike come one after another, so that no arrangement of them is tried twice.
  const order = units.map((_, i) => i).sort((a, b) => (likeness(units[a]) < likeness(units[b]) ? -1 : 1))
  const { rows, options, reach } = optionsOf(problem, order)
  const same_as_last = order.map((u, k) => k > 0 && likeness(units[u]) === likeness(units[order[k - 1]]))
  const columns = rows[0]?.length ?? 0
  const signs = reach.weight.length
  const held = Array.from({ length: order.length + 1 }, () => new Float64Array(columns))
  const covered = Array.from({ length: order.length + 1 }, () => new Uint8Array(signs))
  const chosen: number[] = []
  const best = { score: -Infinity, demand: -Infinity, chosen: order.map(() => 0) }
  let work = 0

  const gainOf = (row: Float64Array, at: Float64Array): number => {
    if ((work += columns) > MOST_WORK) throw new MoveUpTooLarge('terlalu banyak kemungkinan untuk dihitung pasti')
    let gain = 0
    for (let c = 0; c < columns; c++) if (row[c] > at[c]) gain += row[c] - at[c]
    return gain
  }
  const hold = (row: Float64Array, from: Float64Array, into: Float64Array): void => {
    for (let c = 0; c < columns; c++) into[c] = row[c] > from[c] ? row[c] : from[c]
  }
  const newly = (row: number, at: Uint8Array): number => {
    if ((work += signs) > MOST_WORK) throw new MoveUpTooLarge('terlalu banyak kemungkinan untuk dihitung pasti')
    const reached = reach.rows[row]
    let sum = 0
    for (let i = 0; i < signs; i++) if (reached[i] > at[i]) sum += reach.weight[i]
    return sum
  }
  const record = (score: number, demand: number): void => {
    if (score > best.score) Object.assign(best, { score, demand, chosen: chosen.slice() })
  }
  /** Whether nothing under this node is better, by the whole score: `most` holds what each remaining unit adds at most. */
  const hopeless = (k: number, score: number): boolean => {
    const gains = new Map<number, number>()
    let bound = score
    for (let i = k; i < order.length; i++) {
      let most = -Infinity
      for (const { row, cost } of options[i]) {
        let gain = gains.get(row)
        if (gain === undefined) gains.set(row, (gain = gainOf(rows[row], held[k])))
        most = Math.max(most, gain - cost)
      }
      bound += most
    }
    return bound <= best.score
  }

  /**
   * Places the k-th unit and those after it. Demand comes first: a branch that cannot reach as much as the best is left by that alone, which is
   * cheap, since cells that the same rows reach are one; the whole score is looked at where demand is equal.
   */
  const search = (k: number, score: number, demand: number): void => {
    if (k === order.length) return record(score, demand)
    const gains = rows.map((_, row) => newly(row, covered[k]))
    const most = options.map((list, i) => (i < k ? 0 : list.reduce((top, { row }) => Math.max(top, gains[row]), 0)))
    const bound = most.reduce((sum, gain) => sum + gain, demand)
    if (bound < best.demand) return
    if (bound === best.demand && k + 1 < order.length && hopeless(k, score)) return
    const rest = bound - demand - most[k]
    const least = same_as_last[k] ? chosen[k - 1] : 0
    const tried = options[k]
      .map(({ row, cost }, o) => ({ o, row, cost, gain: gains[row] }))
      .filter(({ o }) => o >= least)
      .sort((a, b) => b.gain - a.gain || a.o - b.o)
    for (const { o, row, cost, gain } of tried) {
      if (demand + gain + rest < best.demand) return
      const now = score + gainOf(rows[row], held[k]) - cost
      chosen.push(o)
      if (k + 1 < order.length) {
        hold(rows[row], held[k], held[k + 1])
        const reached = reach.rows[row]
        for (let i = 0; i < signs; i++) covered[k + 1][i] = reached[i] | covered[k][i]
      }
      search(k + 1, now, demand + gain)
      chosen.pop()
    }
  }

  // Something good to beat, staying first: each unit in turn to the best place beside the others, until none moves.
  const now = order.map(() => 0)
  const scoreOf = (choice: readonly number[]): number => {
    const at = held[0].fill(0)
    const score = choice.reduce((sum, o, k) => {
      const { row, cost } = options[k][o]
      const gain = gainOf(rows[row], at) - cost
      hold(rows[row], at, at)
      return sum + gain
    }, 0)
    const demand = reach.weight.reduce(
      (sum, weight, i) => (choice.some((o, k) => reach.rows[options[k][o].row][i]) ? sum + weight : sum),
      0,
    )
    if (score > best.score) Object.assign(best, { score, demand, chosen: inOrder(choice, same_as_last) })
    return score
  }
  let score = scoreOf(now)
  for (let k = 0, since = 0; since < order.length; k = (k + 1) % order.length, since++) {
    for (let o = 0; o < options[k].length; o++) {
      const other = now.map((was, i) => (i === k ? o : was))
      const found = scoreOf(other)
      if (found <= score) continue
      score = found
      now[k] = o
      since = -1
    }
  }
  held[0].fill(0)
  search(0, 0, 0)
  const places = units.map((unit) => unit.at)
  for (const [k, o] of best.chosen.entries()) places[order[k]] = options[k][o].place
  return { places, moves: places.filter((place, i) => place !== units[i].at).length, work }
}

interface Option {
  row: number
  place: number
  /** What the move itself costs: one of {@link MOVES}. */
  cost: number
}

const likeness = ({ at, turnout_seconds, serves }: IdleUnit): string => `${at} ${turnout_seconds} ${serves.join('')}`

/** The same arrangement with alike units in the order of their options. */
function inOrder(choice: readonly number[], same_as_last: readonly boolean[]): number[] {
  const out: number[] = []
  for (let k = 0; k < choice.length;) {
    let end = k + 1
    while (same_as_last[end]) end++
    out.push(...choice.slice(k, end).sort((a, b) => a - b))
    k = end
  }
  return out
}

/** Worth of a column reached in `seconds`: reached in time above all, then soon. Sums of these stay below 2^53. */
export const worth = (weight: number, seconds: number, limit_seconds: number): number =>
  MOVES * weight * ((seconds <= limit_seconds ? REACHED : 0) + CAP - Math.min(CAP, seconds))

/**
 * Each unit's places, staying first, and the worth of standing there in each column: a cell and what demand in it the same units can meet. Rows are shared by
 * units that are of the same worth.
 */
function optionsOf(
  { units, posts, drive, demand, limit_seconds }: MoveUpProblem,
  order: readonly number[],
): { rows: Float64Array[]; options: Option[][]; reach: Reach } {
  const columns = columnsOf(units, wholeWeights(demand))
  const rows: Float64Array[] = []
  const known = new Map<string, number>()
  const rowOf = (unit: IdleUnit, place: number): number => {
    const key = likeness({ ...unit, at: place })
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, rows.length)
    const row = new Float64Array(columns.length)
    for (const [c, { cell, kind, weight }] of columns.entries()) {
      const seconds = unit.turnout_seconds + drive[place][cell]
      if (unit.serves[kind] && Number.isFinite(seconds)) row[c] = worth(weight, Math.round(seconds), limit_seconds)
    }
    rows.push(row)
    return rows.length - 1
  }
  const options = order.map((u) => {
    const { at } = units[u]
    const places = [at, ...[...new Set(posts)].filter((place) => place !== at)]
    return places.map((place, i) => ({ row: rowOf(units[u], place), place, cost: i === 0 ? 0 : 1 }))
  })
  const reach = reachOf(
    rows,
    columns.map(({ weight }) => weight),
  )
  return { rows, options, reach }
}

/** What each row reaches in time: columns that the same rows reach are one, with the sum of their weights. */
interface Reach {
  weight: Float64Array
  /** 1 where reached. */
  rows: Uint8Array[]
}

function reachOf(rows: readonly Float64Array[], weights: readonly number[]): Reach {
  const groups = new Map<string, number>()
  for (const [c, weight] of weights.entries()) {
    const who = rows.map((row) => (row[c] >= MOVES * weight * REACHED ? 1 : 0)).join('')
    if (who.includes('1')) groups.set(who, (groups.get(who) ?? 0) + weight)
  }
  const keys = [...groups.keys()]
  return {
    weight: Float64Array.from(groups.values()),
    rows: rows.map((_, r) => Uint8Array.from(keys, (key) => Number(key[r]))),
  }
}

/** Kinds of demand that the same units meet are one; what weighs nothing, or nobody can meet, is none. */
function columnsOf(
  units: readonly IdleUnit[],
  weights: readonly Int32Array[],
): { cell: number; kind: number; weight: number }[] {
  const groups = new Map<string, { kind: number; weight: Int32Array }>()
  for (const [kind, row] of weights.entries()) {
    const who = units.map((unit) => unit.serves[kind]).join('')
    if (!who.includes('1')) continue
    const group = groups.get(who)
    if (group) for (const [cell, weight] of row.entries()) group.weight[cell] += weight
    else groups.set(who, { kind, weight: row.slice() })
  }
  return [...groups.values()].flatMap(({ kind, weight }) =>
    [...weight].flatMap((w, cell) => (w > 0 ? [{ cell, kind, weight: w }] : [])),
  )
}

/** Demand in whole parts of {@link PARTS}; a demand of nothing has none. */
export function wholeWeights(demand: readonly Float64Array[]): Int32Array[] {
  const total = demand.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
  return demand.map((row) => Int32Array.from(row, (w) => (total > 0 ? Math.round((w / total) * PARTS) : 0)))
}
