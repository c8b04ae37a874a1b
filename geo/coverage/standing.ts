import type { MoveUpProblem } from './move_up.ts'
import { REACH_LIMIT_SECONDS } from './reach.ts'

/** What a set of standing places reaches. */
export interface Standing {
  /** Expected demand reached in time, and its share of all. */
  demand_reached: number
  demand_share: number
  /** People within reach of any unit of the kind. */
  people_reached: number
  /** Over all demand; an hour where nobody comes within one. Null without a unit. */
  mean_seconds: number | null
}

/** What `problem`'s units reach from `places`, and the people among it. */
export function standing(problem: MoveUpProblem, places: readonly number[], people: Float64Array): Standing {
  const { units, drive, demand, limit_seconds } = problem
  const total = demand.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
  let reached = 0
  let spent = 0
  for (const [kind, row] of demand.entries()) {
    const able = units.flatMap((unit, i) => (unit.serves[kind] ? [{ unit, from: drive[places[i]] }] : []))
    for (const [cell, weight] of row.entries()) {
      if (weight === 0) continue
      let least = Infinity
      for (const { unit, from } of able) least = Math.min(least, unit.turnout_seconds + from[cell])
      if (Math.round(least) <= limit_seconds) reached += weight
      spent += weight * Math.min(least, REACH_LIMIT_SECONDS)
    }
  }
  let people_reached = 0
  for (const [cell, n] of people.entries())
    if (units.some((unit, i) => Math.round(unit.turnout_seconds + drive[places[i]][cell]) <= limit_seconds))
      people_reached += n
  return {
    demand_reached: reached,
    demand_share: total > 0 ? reached / total : 0,
    people_reached,
    mean_seconds: units.length > 0 && total > 0 ? spent / total : null,
  }
}

export interface Step {
  /** Position of the unit. */
  unit: number
  place: number
  before: Standing
  after: Standing
}

/** The moves from where units stand to `places` one after another, the one that gains most first: what each adds sums to the whole. */
export function steps(problem: MoveUpProblem, places: readonly number[], people: Float64Array): Step[] {
  const now = problem.units.map((unit) => unit.at)
  const left = new Set(now.flatMap((at, i) => (at === places[i] ? [] : [i])))
  const out: Step[] = []
  let before = standing(problem, now, people)
  while (left.size > 0) {
    const tried = [...left].map((unit) => {
      const moved = now.slice()
      moved[unit] = places[unit]
      return { unit, place: places[unit], before, after: standing(problem, moved, people) }
    })
    const better = (a: Step, b: Step) =>
      a.after.demand_share - b.after.demand_share || (b.after.mean_seconds ?? 0) - (a.after.mean_seconds ?? 0)
    const best = tried.reduce((a, b) => (better(b, a) > 0 ? b : a))
    out.push(best)
    now[best.unit] = best.place
    left.delete(best.unit)
    before = best.after
  }
  return out
}
