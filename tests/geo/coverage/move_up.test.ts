import { describe, expect, it } from 'vitest'
import {
  bestPlaces,
  MOST_UNITS,
  MoveUpTooLarge,
  wholeWeights,
  type MoveUpProblem,
} from '../../../geo/coverage/move_up.ts'
import { standing, steps } from '../../../geo/coverage/standing.ts'
import { seededRandom } from '../../helpers/random.ts'

/** [demand reached, minus seconds spent, minus moves] of one arrangement, in the whole parts that the search counts in. */
function scoreOf({ units, drive, demand, limit_seconds }: MoveUpProblem, places: readonly number[]): number[] {
  let reached = 0
  let spent = 0
  for (const [kind, row] of wholeWeights(demand).entries())
    for (const [cell, weight] of row.entries()) {
      const times = units.map((unit, i) => (unit.serves[kind] ? unit.turnout_seconds + drive[places[i]][cell] : 3_600))
      const least = Math.min(3_600, ...times.map((t) => (Number.isFinite(t) ? Math.round(t) : 3_600)))
      if (least <= limit_seconds) reached += weight
      spent += weight * least
    }
  return [reached, -spent, -places.filter((place, i) => place !== units[i].at).length]
}
const compare = (a: readonly number[], b: readonly number[]): number => {
  const i = a.findIndex((value, at) => value !== b[at])
  return i < 0 ? 0 : a[i] - b[i]
}

/** Every arrangement there is. */
function bruteForce(problem: MoveUpProblem): number[] {
  let best: number[] | null = null
  const walk = (places: number[]): void => {
    if (places.length === problem.units.length) {
      const score = scoreOf(problem, places)
      if (!best || compare(score, best) > 0) best = score
      return
    }
    const { at } = problem.units[places.length]
    for (const place of new Set([at, ...problem.posts])) walk([...places, place])
  }
  walk([])
  return best ?? []
}

function randomProblem(random: () => number): MoveUpProblem {
  const int = (n: number) => Math.floor(random() * n)
  const cell_count = 5 + int(25)
  const place_count = 2 + int(5)
  const spots = Array.from({ length: cell_count + place_count }, () => [random() * 6_000, random() * 6_000])
  const far = (a: number[], b: number[]) => (random() < 0.05 ? Infinity : Math.hypot(a[0] - b[0], a[1] - b[1]) / 9)
  const kinds = 1 + int(3)
  const turnouts = [60, 60, 90]
  return {
    units: Array.from({ length: int(5) }, () => ({
      at: int(place_count),
      turnout_seconds: turnouts[int(3)],
      serves: Uint8Array.from({ length: kinds }, () => (random() < 0.7 ? 1 : 0)),
    })),
    posts: Array.from({ length: place_count }, (_, p) => p).filter(() => random() < 0.8),
    drive: Array.from({ length: place_count }, (_, p) =>
      Float64Array.from({ length: cell_count }, (_, c) => far(spots[c], spots[cell_count + p])),
    ),
    demand: Array.from({ length: kinds }, () => Float64Array.from({ length: cell_count }, () => int(3))),
    limit_seconds: pickLimit(int(4)),
  }
}
const pickLimit = (i: number) => [120, 240, 360, 3_600][i]

describe('the places found', () => {
  it('are as good as the best of all arrangements, in demand, then mean seconds, then moves', () => {
    const random = seededRandom(71)
    let moved = 0
    for (let round = 0; round < 400; round++) {
      const problem = randomProblem(random)
      const found = bestPlaces(problem)
      expect(scoreOf(problem, found.places), `round ${round}`).toEqual(bruteForce(problem))
      for (const [i, place] of found.places.entries()) expect([problem.units[i].at, ...problem.posts]).toContain(place)
      if (found.moves > 0) moved++
    }
    expect(moved).toBeGreaterThan(50)
  })

  it('are where the units stand when no move is better', () => {
    const drive = [Float64Array.of(60, 600), Float64Array.of(600, 60)]
    const unit = { turnout_seconds: 0, serves: Uint8Array.of(1) }
    const problem = { posts: [0, 1], drive, demand: [Float64Array.of(1, 1)], limit_seconds: 300 }
    const two = bestPlaces({ ...problem, units: [{ ...unit, at: 0 }, { ...unit, at: 1 }] }) // prettier-ignore
    expect(two).toMatchObject({ places: [0, 1], moves: 0 })
    const both = bestPlaces({ ...problem, units: [{ ...unit, at: 0 }, { ...unit, at: 0 }] }) // prettier-ignore
    expect([...both.places].sort()).toEqual([0, 1])
    expect(both.moves).toBe(1)
  })

  it('do not move a unit to where it is of no use: a rescue car puts out no fire', () => {
    const problem: MoveUpProblem = {
      units: [
        { at: 0, turnout_seconds: 0, serves: Uint8Array.of(1, 0) },
        { at: 0, turnout_seconds: 0, serves: Uint8Array.of(0, 1) },
      ],
      posts: [0, 1],
      drive: [Float64Array.of(60, 900), Float64Array.of(900, 60)],
      // fires in the south, wasps in the north
      demand: [Float64Array.of(1, 5), Float64Array.of(5, 1)],
      limit_seconds: 300,
    }
    expect(bestPlaces(problem).places).toEqual([1, 0])
  })

  it('are refused, not guessed, beyond the limits', () => {
    const unit = { at: 0, turnout_seconds: 0, serves: Uint8Array.of(1) }
    const problem = { posts: [0], drive: [Float64Array.of(1)], demand: [Float64Array.of(1)], limit_seconds: 300 }
    expect(() => bestPlaces({ ...problem, units: Array.from({ length: MOST_UNITS + 1 }, () => unit) })).toThrow(
      MoveUpTooLarge,
    )
    expect(bestPlaces({ ...problem, units: [] }).places).toEqual([])
  })
})

describe('what moves gain', () => {
  it('adds up, step by step, to the difference between before and after', () => {
    const random = seededRandom(72)
    for (let round = 0; round < 100; round++) {
      const problem = randomProblem(random)
      const people = Float64Array.from(problem.demand[0], () => Math.floor(random() * 100))
      const { places } = bestPlaces(problem)
      const now = problem.units.map((unit) => unit.at)
      const list = steps(problem, places, people)
      const gained = list.reduce((sum, step) => sum + step.after.people_reached - step.before.people_reached, 0)
      const whole = standing(problem, places, people).people_reached - standing(problem, now, people).people_reached
      expect(gained).toBeCloseTo(whole, 6)
      expect(list.map((step) => step.unit).sort()).toEqual(now.flatMap((at, i) => (at === places[i] ? [] : [i])).sort())
      const [before, after] = [standing(problem, now, people), standing(problem, places, people)]
      expect(after.demand_share).toBeGreaterThanOrEqual(before.demand_share - 1e-4)
    }
  })

  it('reaches nobody where no road leads, even within the longest limit', () => {
    const problem = {
      units: [{ at: 0, turnout_seconds: 60, serves: Uint8Array.of(1) }],
      posts: [0],
      drive: [Float64Array.of(600, 3_590, Infinity)],
      demand: [Float64Array.of(1, 1, 1)],
      limit_seconds: 3_600,
    }
    expect(standing(problem, [0], Float64Array.of(10, 10, 10))).toEqual({
      demand_reached: 1,
      demand_share: 1 / 3,
      people_reached: 10,
      mean_seconds: (660 + 3_600 + 3_600) / 3,
    })
  })
})
