import { describe, expect, it } from 'vitest'
import { agreements, type Arrival } from '../../../geo/coverage/achieved.ts'
import { areaDifferences, changedCells, differenceOf } from '../../../geo/coverage/difference.ts'
import { cellsByArea, gapsOf } from '../../../geo/coverage/gaps.ts'
import { REACH_LIMIT_SECONDS, reachSeconds } from '../../../geo/coverage/reach.ts'
import { firstToReach, meanSeconds, medianSeconds, reachBands, type Weights } from '../../../geo/coverage/reached.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { buildGraph } from '../../../geo/roads/graph.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, randomTown } from '../roads/cases.ts'

const row = (...values: number[]) => Float64Array.from(values)
const X = Infinity

describe('who comes first', () => {
  it('is what one search from all posts finds, and what drives are priced at', () => {
    const random = seededRandom(71)
    for (let round = 0; round < 8; round++) {
      const { nodes, edges } = randomTown(random, 80, 140)
      const router = createRouter(buildGraph(nodes, edges))
      const place = (): LonLat => at(random() * 2000, random() * 2000) as LonLat
      const cells = Array.from({ length: 60 }, place)
      const placed = cells.map((cell) => router.snap(cell))
      const posts = Array.from({ length: 5 }, () => ({ position: place(), delay_seconds: Math.round(random() * 200) }))
      const rows = posts.map(({ position }) => reachSeconds(router, placed, position))
      const { seconds, source } = firstToReach(rows, posts.map((post) => post.delay_seconds), cells.length) // prettier-ignore
      const together = router.isochrone(posts, REACH_LIMIT_SECONDS + 200)
      for (const [i, snapped] of placed.entries()) {
        const walk = snapped ? Math.max(0, snapped.distance_m - 100) / 1.4 : 0
        const least = snapped ? together.secondsTo(snapped) + walk : X
        if (seconds[i] === X) expect(least + 0.5).toBeGreaterThan(REACH_LIMIT_SECONDS)
        else {
          expect(Math.abs(seconds[i] - least)).toBeLessThanOrEqual(0.5 + 1e-6)
          const { position, delay_seconds } = posts[source[i]]
          // The incident's end of a priced drive: the same number from the other side of the search.
          const [{ seconds: drive }] = router.price(cells[i], [position])
          expect(Math.abs(seconds[i] - (drive + delay_seconds + walk))).toBeLessThanOrEqual(0.5 + 1e-6)
        }
      }
    }
  })

  it('needs its turn-out, in whole seconds; of equals the first named; beyond an hour is nobody', () => {
    const reached = firstToReach([row(100.4, 50, 3_590, X), row(90.4, 60, 3_590, X)], [80, 90], 4)
    expect([...reached.seconds]).toEqual([180, 130, X, X])
    expect([...reached.source]).toEqual([0, 0, -1, -1])
    expect(firstToReach([], [], 2).source).toEqual(Int32Array.of(-1, -1))
  })
})

const weights: Weights = { area_km2: row(1, 1, 1, 1), people: row(100, 0, 50, 50), demand: row(1, 0, 0, 3) }

describe('what is reached', () => {
  it('is summed within each limit, the limit itself in, shares of all', () => {
    expect(reachBands(row(300, 301, 600, X), weights, [5, 10])).toEqual([
      { minutes: 5, area_km2: 1, area_share: 0.25, people: 100, people_share: 0.5, demand: 1, demand_share: 0.25 },
      { minutes: 10, area_km2: 3, area_share: 0.75, people: 150, people_share: 0.75, demand: 1, demand_share: 0.25 },
    ])
    const nobody = { ...weights, people: row(0, 0, 0, 0) }
    expect(reachBands(row(1, 1, 1, 1), nobody, [5])[0].people_share).toBeNull()
  })

  it('has a mean that counts an hour where nobody comes, and a median over weight', () => {
    expect(meanSeconds(row(100, 0, 200, X), weights.people)).toBe((100 * 100 + 50 * 200 + 50 * 3_600) / 200)
    expect(meanSeconds(row(X, X, X, X), weights.people)).toBeNull()
    expect(medianSeconds(row(100, 0, 200, X), weights.people)).toBe(100)
    expect(medianSeconds(row(500, 0, 200, X), row(100, 0, 50, 51))).toBe(500)
    expect(medianSeconds(row(X, 0, 200, X), weights.people)).toBe(X)
    expect(medianSeconds(row(1, 1), row(0, 0))).toBeNull()
  })

  it('ranks areas by people beyond the largest limit, then the next, then by median', () => {
    const area = Int32Array.of(0, 1, 2, 3)
    const by_area = cellsByArea({ area, area_count: 4 })
    const areas = ['a', 'b', 'c', 'd'].map((code) => ({ code, name: code, kecamatan: 'k' }))
    const reached = { seconds: row(400, 500, 700, X), source: Int32Array.of(0, 1, 1, -1) }
    const names = [{ id: '1', name: 'Satu' }, { id: '2', name: 'Dua' }] // prettier-ignore
    const { rows, order } = gapsOf(areas, by_area, reached, weights, [5, 10], names)
    // c and d have 50 beyond ten minutes each and within five nobody: the longer median is graver.
    expect(rows.map(({ code }) => code)).toEqual(['d', 'c', 'a', 'b'])
    expect(order).toEqual([3, 2, 0, 1])
    expect(rows[2]).toMatchObject({
      beyond_people: [100, 0],
      beyond_share: [1, 0],
      median_seconds: 400,
      nearest: names[0],
    })
    // Nobody lives in b: its area speaks.
    expect(rows[3]).toMatchObject({ people: 0, beyond_share: [null, null], median_seconds: 500 })
    expect(rows[0]).toMatchObject({ nearest: null, median_seconds: X })
  })
})

describe('the difference', () => {
  const [before, after] = [row(400, 500, 100, X), row(200, 500, 700, 650)]
  it('counts who gains and who loses each limit', () => {
    const { reach, ...rest } = differenceOf(before, after, weights, [5, 15])
    expect(reach[0]).toEqual({ minutes: 5, area_km2: 0, people: 50, demand: 1, people_gained: 100, people_lost: 50 })
    expect(reach[1]).toMatchObject({ people: 50, demand: 3, people_gained: 50, people_lost: 0 })
    expect(rest).toMatchObject({ people_sooner: 150, people_later: 50, people_median_seconds: -200 })
    expect(rest.people_mean_seconds).toBe((100 * -200 + 50 * 600 + 50 * (650 - 3_600)) / 200)
    expect(changedCells(before, after)).toEqual([0, 2, 3])
  })
  it('of two scenarios one after the other is that of the whole', () => {
    const random = seededRandom(72)
    const some = () => Float64Array.from({ length: 4 }, () => (random() < 0.2 ? X : Math.round(random() * 1_200)))
    for (let round = 0; round < 50; round++) {
      const [a, b, c] = [some(), some(), some()]
      const [ab, bc, ac] = [differenceOf(a, b, weights, [5, 10]), differenceOf(b, c, weights, [5, 10]), differenceOf(a, c, weights, [5, 10])] // prettier-ignore
      for (const i of [0, 1]) expect(ab.reach[i].people + bc.reach[i].people).toBeCloseTo(ac.reach[i].people, 9)
      for (const { people, people_gained, people_lost } of ac.reach) expect(people_gained - people_lost).toBe(people)
    }
  })
  it('names the areas in which something changed, most people times seconds first', () => {
    const by_area = [[0, 1], [2], [3], []]
    const areas = ['a', 'b', 'c', 'd'].map((code) => ({ code, name: code }))
    const found = areaDifferences(areas, by_area, before, after, weights, [5, 15])
    expect(found.map(({ code, mean_seconds }) => [code, mean_seconds])).toEqual([['c', -2_950], ['b', 600], ['a', -200]]) // prettier-ignore
    expect(found[2]).toMatchObject({ people: 100, before_median_seconds: 400, people_within: [100, 0] })
  })
})

describe('modelled against achieved', () => {
  const cases = (n: number, modelled: number, ratio: number, code = 'a'): Arrival[] =>
    Array.from({ length: n }, () => ({ code, name: code, modelled, achieved: modelled * ratio }))
  it('is told with its n by band and area; under five cases no ratio is', () => {
    const all = [...cases(6, 200, 1.5), ...cases(3, 500, 1.2, 'b'), ...cases(2, X, 1, 'b')]
    const { n, ratio, bands, kelurahan } = agreements(all, [5, 10])
    expect([n, ratio]).toEqual([9, 1.5])
    expect(bands.map((band) => [band.from_minutes, band.to_minutes, band.n, band.ratio])).toEqual([[0, 5, 6, 1.5], [5, 10, 3, null], [10, null, 0, null]]) // prettier-ignore
    expect(kelurahan.map((each) => [each.code, each.n, each.achieved_median_seconds])).toEqual([['a', 6, 300], ['b', 3, 600]]) // prettier-ignore
  })
})
