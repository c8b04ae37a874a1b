import type { Position } from 'geojson'
import { boxOf, meet, nearestOnLines } from '../../../../geo/address/shapes.ts'
import { distanceM } from '../../../../geo/earth.ts'

export interface Meeting {
  a: string
  b: string
  point: Position
}

/** An end this near to another street joins it. */
const JOINS_M = 10
/** Two streets that meet again farther off are not told apart by their names. */
const ONCE_M = 100

/** Of very many streets these are looked at. */
const MOST_STREETS = 1_000

/** Pairs of streets that meet, each in one spot: a crossing of their lines, or an end of one on the other. */
export function meetings(streets: ReadonlyMap<string, Position[][]>): Meeting[] {
  const every = Math.ceil(streets.size / MOST_STREETS)
  const some = [...streets].filter((_, i) => i % every === 0)
  const all = some.map(([name, lines]) => ({ name, lines, box: boxOf(lines.flat()) }))
  const out: Meeting[] = []
  all.forEach((one, i) => {
    for (let k = i + 1; k < all.length; k++) {
      const two = all[k]
      if (one.box[0] > two.box[2] + 1e-3 || two.box[0] > one.box[2] + 1e-3) continue
      if (one.box[1] > two.box[3] + 1e-3 || two.box[1] > one.box[3] + 1e-3) continue
      const points = [...crossings(one.lines, two.lines), ...ends(one.lines, two.lines), ...ends(two.lines, one.lines)]
      const [point] = points
      if (point && points.every((each) => distanceM(each, point) < ONCE_M))
        out.push({ a: one.name, b: two.name, point })
    }
  })
  return out
}

function crossings(one: Position[][], two: Position[][]): Position[] {
  const out: Position[] = []
  for (const line of one) {
    for (let i = 1; i < line.length; i++) {
      for (const other of two) {
        for (let k = 1; k < other.length; k++) {
          const [p, q] = [line[i - 1], line[i]]
          const t = meet(p, q, other[k - 1], other[k])
          if (t !== null) out.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t])
        }
      }
    }
  }
  return out
}

function ends(of: Position[][], on: Position[][]): Position[] {
  return of
    .flatMap((line) => [line[0], line[line.length - 1]])
    .filter((end) => (nearestOnLines(end, on)?.distance_m ?? Infinity) < JOINS_M)
}
