import { wibDate, wibDay, wibMidnight } from './shift.ts'

const DAY_MS = 86_400_000

/** WIB days like `2026-12-25` that are no working days beside Saturdays and Sundays. */
export type Holidays = ReadonlySet<string>

/** Whether work is done on the WIB day of an instant (epoch ms). */
export function isWorkingDay(at: number, holidays: Holidays): boolean {
  const day = wibDay(at)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/**
 * The end (24.00 WIB, epoch ms) of the `days`-th working day after the day of `at`; that day itself does not count.
 * The same as sql/functions/working_day_end.sql.
 */
export function endOfWorkingDays(at: number, days: number, holidays: Holidays): number {
  let midnight = wibMidnight(at)
  for (let left = days; left > 0;) {
    midnight += DAY_MS
    if (isWorkingDay(midnight, holidays)) left--
  }
  return midnight + DAY_MS
}

/** Milliseconds between two instants that lie within working days, each of them 24 hours; 0 when `to` is not later. */
export function workingMs(from: number, to: number, holidays: Holidays): number {
  let sum = 0
  for (let midnight = wibMidnight(from); midnight < to; midnight += DAY_MS)
    if (isWorkingDay(midnight, holidays)) sum += Math.min(to, midnight + DAY_MS) - Math.max(from, midnight)
  return Math.max(0, sum)
}

/** How many working days end between two instants: as many as are left when today's is one of them. */
export function workingDaysLeft(now: number, due_at: number, holidays: Holidays): number {
  let n = 0
  for (let midnight = wibMidnight(now); midnight + DAY_MS <= due_at; midnight += DAY_MS)
    if (isWorkingDay(midnight, holidays)) n++
  return n
}

/** The days of a list as a set; what is no day is passed over. */
export const holidaysOf = (list: readonly { day: string }[]): Holidays =>
  new Set(list.flatMap(({ day }) => (wibDate(day) === null ? [] : [day])))
