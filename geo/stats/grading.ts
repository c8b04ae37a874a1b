import type { Graded, GradeRow } from '../wire/hotspots.ts'
import { wilson } from './wilson.ts'

/** Under this many incidents a map is not graded: one more or less would change the verdict. */
export const GRADE_MIN_N = 20
/** Shares of the area that are looked at, the highest cells first. */
export const GRADE_SHARES = [0.01, 0.03, 0.05, 0.1] as const

/** What a map said before and what came, side by side by cell; cells are taken as equally large (H3, within 0.1 % in a city). */
export interface Forecast {
  /** The higher, the more was to be expected. */
  z: readonly number[]
  /** Hot by its own flags. */
  flagged: readonly boolean[]
  /** Plain counts of the twelve months before the month that came: what a map has to be better than. Null without records of them. */
  baseline: readonly number[] | null
  came: readonly number[]
}

/** Cells, the highest score first; ties by position, so that the same map always chooses alike. */
const ranked = (scores: readonly number[]) => scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b)

/**
 * Some cells graded by what came: hit rate = share of the incidents in them; PAI = hit rate / share of the area (Chainey, Tompson and
 * Uhlig 2008); PEI = hits / the most that as many cells could have had (Hunt 2016, PEI*). Null without cells or incidents.
 */
export function gradeOf(chosen: readonly number[], came: readonly number[]): Graded | null {
  const n = came.reduce((sum, count) => sum + count, 0)
  const cells = chosen.length
  if (cells === 0 || n === 0) return null
  const hits = chosen.reduce((sum, i) => sum + came[i], 0)
  const best = [...came]
    .sort((a, b) => b - a)
    .slice(0, cells)
    .reduce((sum, count) => sum + count, 0)
  const area = cells / came.length
  const { low, high } = wilson(hits, n)
  const [hit_low, hit_high] = [low ?? 0, high ?? 1]
  const hit_rate = hits / n
  return {
    area,
    cells,
    hits,
    hit_rate,
    hit_low,
    hit_high,
    pai: hit_rate / area,
    pai_low: hit_low / area,
    pai_high: hit_high / area,
    pei: best > 0 ? hits / best : null,
  }
}

/** A map graded by its flags and by its best shares of area, each beside as many cells by plain counts. */
export function gradeMap({ z, flagged, baseline, came }: Forecast): GradeRow[] {
  const by_map = ranked(z)
  const by_count = baseline === null ? null : ranked(baseline)
  const rows: GradeRow[] = []
  const add = (choice: GradeRow['choice'], cells: number, chosen: readonly number[]) => {
    const map = gradeOf(chosen, came)
    if (map === null) return
    const against = by_count === null ? null : gradeOf(by_count.slice(0, cells), came)
    rows.push({ choice, map, baseline: against, above_chance: map.hit_low > map.area })
  }
  const flags = by_map.filter((i) => flagged[i])
  add('flagged', flags.length, flags)
  for (const share of GRADE_SHARES) {
    const cells = Math.max(1, Math.round(share * came.length))
    add(share, cells, by_map.slice(0, cells))
  }
  return rows
}
