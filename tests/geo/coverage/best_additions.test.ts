import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bestAdditions, type LocationProblem } from '../../../geo/coverage/best_additions.ts'
import { weightParts, worthRow, type Objective } from '../../../geo/coverage/objective.ts'
import { seededRandom } from '../../helpers/random.ts'

const golden = (name: string) => readFileSync(resolve(import.meta.dirname, '../../golden/location', name), 'utf8')

/** Every choice of `p` of `n`. */
function* choices(n: number, p: number, from = 0): Generator<number[]> {
  if (p === 0) return yield []
  for (let j = from; j + p <= n; j++) for (const rest of choices(n, p - 1, j + 1)) yield [j, ...rest]
}

const worthOf = ({ rows, base }: LocationProblem, chosen: readonly number[]): number =>
  base.reduce((sum, b, c) => sum + Math.max(b, ...chosen.map((j) => rows[j][c])), 0)

function bestByTrying(problem: LocationProblem): number {
  let best = -Infinity
  for (const chosen of choices(problem.rows.length, Math.min(problem.add, problem.rows.length)))
    best = Math.max(best, worthOf(problem, chosen))
  return best
}

/** Places and cells on a plane, seconds by distance; what stands already is at hand too. */
function randomTown(seed: number, objective: Objective, add: number): LocationProblem {
  const random = seededRandom(seed)
  const place = () => [random() * 1_000, random() * 1_000]
  const [candidates, cells] = [14 + Math.floor(random() * 8), 40 + Math.floor(random() * 40)]
  const at = Array.from({ length: cells }, place)
  const parts = weightParts(Float64Array.from(at, () => (random() < 0.2 ? 0 : Math.ceil(random() * 30))))
  const secondsFrom = ([x, y]: number[]) =>
    Float64Array.from(at, ([a, b]) => (random() < 0.05 ? Infinity : Math.round(60 + Math.hypot(x - a, y - b))))
  const row = () => worthRow(objective, secondsFrom(place()), parts, 300)
  const base = random() < 0.3 ? new Float64Array(cells) : row()
  return { rows: Array.from({ length: candidates }, row), base, add }
}

describe('the best places for more posts', () => {
  it.each(['mclp', 'p_median'] as const)('are those that trying every choice finds: %s', (objective) => {
    for (let seed = 1; seed <= 60; seed++) {
      const problem = randomTown(seed, objective, 1 + (seed % 4))
      const found = bestAdditions(problem)
      expect(found.worth, `seed ${seed}`).toBe(bestByTrying(problem))
      expect(worthOf(problem, found.chosen), `seed ${seed}`).toBe(found.worth)
      expect(found.bound).toBeGreaterThanOrEqual(found.worth)
      expect(new Set(found.chosen).size).toBe(problem.add)
    }
  })

  it('are all candidates where there are no more, and none where there are none', () => {
    const base = Float64Array.of(1, 2)
    expect(bestAdditions({ rows: [Float64Array.of(3, 0)], base, add: 2 })).toMatchObject({ chosen: [0], worth: 5 })
    expect(bestAdditions({ rows: [], base, add: 2 })).toMatchObject({ chosen: [], worth: 3 })
  })

  it('of two that are worth the same are named in the order of what each adds', () => {
    const rows = [Float64Array.of(1, 0, 0), Float64Array.of(0, 5, 5), Float64Array.of(2, 5, 0)]
    expect(bestAdditions({ rows, base: new Float64Array(3), add: 2 }).chosen).toEqual([1, 2])
  })

  it('are the published optimum of OR-Library pmed1 (tests/golden/location/README.md)', () => {
    const n = 100
    const d = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 0 : Infinity)))
    for (const edge of golden('pmed1.txt').trim().split(/\s+/)) {
      const [a, b, length] = edge.split(/[-:]/).map(Number)
      d[a - 1][b - 1] = d[b - 1][a - 1] = length
    }
    for (let k = 0; k < n; k++)
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) d[i][j] = Math.min(d[i][j], d[i][k] + d[k][j])
    const far = Math.max(...d.map((row) => Math.max(...row)))
    const rows = d.map((row) => row.map((length) => far - length))
    const { worth, tried } = bestAdditions({ rows, base: new Float64Array(n), add: 5 })
    expect(n * far - worth).toBe(5819)
    expect(tried).toBeLessThan(10_000)
  })
})
