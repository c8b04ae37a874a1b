import { gridDisk } from 'h3-js'
import type { Duration } from '../../../geo/stats/kaplan_meier.ts'
import { mulberry32 } from '../../helpers/random.ts'

/** The recorded values must not follow TEST_SEED. */
export const drawn = mulberry32

/** Positions around each cell among `cells`, itself left out. */
export function ringsOf(cells: readonly string[]): number[][] {
  const index = new Map(cells.map((cell, i) => [cell, i]))
  return cells.map((cell, i) =>
    gridDisk(cell, 1)
      .flatMap((each) => index.get(each) ?? [])
      .filter((j) => j !== i),
  )
}

/** Invented counts over cells: a quiet month, a busy one, one gathered around a cell, and a year. */
export function inventedCounts(cells: readonly string[]): number[][] {
  const random = drawn(112)
  const poisson = (mean: number) => {
    let k = 0
    for (let product = random(); product > Math.exp(-mean); product *= random()) k++
    return k
  }
  const near = new Set(gridDisk(cells[Math.floor(cells.length / 2)], 1))
  return [
    cells.map(() => poisson(0.8)),
    cells.map(() => poisson(6)),
    cells.map((cell) => poisson(near.has(cell) ? 9 : 1.5)),
    cells.map((_, i) => poisson(5 + 40 * (i / cells.length) ** 2)),
  ]
}

/** Series with ties of every kind, of twelve and of other lengths. */
export function inventedSeries(): number[][] {
  const random = drawn(12)
  return Array.from({ length: 40 }, (_, i) => {
    const length = i < 30 ? 12 : 4 + Math.floor(random() * 40)
    const levels = 2 + Math.floor(random() * 12)
    const slope = (random() - 0.5) * 0.6
    // The first two differ, so that R has something to say of each.
    return Array.from({ length }, (__, t) => (t < 2 ? t : Math.max(0, Math.floor(random() * levels + slope * t))))
  })
}

export const inventedShares = (): [k: number, n: number][] => [
  [0, 5],
  [1, 5],
  [5, 5],
  [3, 10],
  [15, 148],
  [81, 263],
  [1, 29],
  [29, 30],
  [4999, 5000],
  [250, 1000],
]

/** Durations with ties and censoring: whole seconds by tens, more or less of them still running. */
export function inventedDurations(): Duration[][] {
  const random = drawn(35)
  return Array.from({ length: 40 }, (_, i) => {
    const running = [0, 0.2, 0.5, 0.7][i % 4]
    return Array.from({ length: 1 + Math.floor(random() * 40) }, () => ({
      seconds: 10 * (1 + Math.floor(-Math.log(1 - random()) * 30)),
      ended: random() >= running,
    }))
  })
}
