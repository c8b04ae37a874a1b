import type { HourMatrix } from '../wire/hotspots.ts'
import { benjaminiHochberg } from './benjamini_hochberg.ts'
import { binomialP } from './binomial.ts'

const HOUR_MS = 3_600_000
const WIB_OFFSET_MS = 7 * HOUR_MS
const WEEK_HOURS = 168

/** Hour of the WIB week of an instant (epoch ms): 0 is Monday 00-01, 167 Sunday 23-24. */
export const weekHour = (at: number): number => {
  // 1 January 1970 was a Thursday.
  const hours = Math.floor((at + WIB_OFFSET_MS) / HOUR_MS) + 3 * 24
  return ((hours % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS
}

/** Hours that each hour of the week has within `[from, to)` (epoch ms). */
function exposure(from: number, to: number): Float64Array {
  const hours = new Float64Array(WEEK_HOURS)
  const weeks = Math.floor((to - from) / (WEEK_HOURS * HOUR_MS))
  hours.fill(Math.max(0, weeks))
  for (let at = from + Math.max(0, weeks) * WEEK_HOURS * HOUR_MS; at < to;) {
    const next = Math.min(to, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS)
    hours[weekHour(at)] += (next - at) / HOUR_MS
    at = next
  }
  return hours
}

/** A family of slots against chance: exact binomial of each at its share of the hours, Benjamini-Hochberg over the family. */
function tested(counts: readonly number[], hours: readonly number[], n: number) {
  const all = hours.reduce((sum, each) => sum + each, 0)
  const shares = hours.map((each) => (all > 0 ? each / all : 0))
  const ps = counts.map((count, i) => binomialP(count, n, shares[i]))
  const found = benjaminiHochberg(ps)
  return counts.map((count, i) => ({ n: count, expected: n * shares[i], p: ps[i], ...found[i] }))
}

/**
 * When incidents come: 7 days x 24 hours WIB, against an even spread over the hours of `[from, to)` (epoch ms), so that a month's fifth
 * Saturday makes no busy Saturday. Hours of the week are marked only where each can expect one incident; hours of the day and days of
 * the week are tested by themselves. `hours_of_week[h]` counts by {@link weekHour}.
 */
export function hourWeek(hours_of_week: ArrayLike<number>, months: number, from: number, to: number): HourMatrix {
  const counts = Array.from(hours_of_week)
  const hours = Array.from(exposure(from, to))
  const n = counts.reduce((sum, count) => sum + count, 0)
  const too_few = n < WEEK_HOURS
  const all = tested(counts, hours, n)
  const sumBy = (values: readonly number[], size: number, of: (i: number) => number) => {
    const sums: number[] = new Array(size).fill(0)
    values.forEach((value, i) => (sums[of(i)] += value))
    return sums
  }
  const family = (size: number, of: (i: number) => number) => tested(sumBy(counts, size, of), sumBy(hours, size, of), n)
  const rows = <T>(values: readonly T[]) => Array.from({ length: 7 }, (_, day) => values.slice(day * 24, day * 24 + 24))
  return {
    months,
    n,
    counts: rows(counts),
    expected: rows(all.map(({ expected }) => expected)),
    marked: too_few
      ? []
      : all
          .map((slot, i) => ({ ...slot, day: Math.floor(i / 24), hour: i % 24 }))
          .filter(({ significant }) => significant)
          .sort((a, b) => a.p - b.p),
    hours: family(24, (i) => i % 24),
    days: family(7, (i) => Math.floor(i / 24)),
    too_few,
  }
}
