import { SHIFTS, wibDate, type ShiftName } from '../sla/shift.ts'

const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = wibDate('1970-01-05') ?? 0

/** One person in one shift of one WIB day (the day on which the shift begins), by the code of the person. */
export interface Duty {
  /** `2026-11-28` */
  day: string
  shift: ShiftName
  code: string
}

/** When a shift of a day begins and ends, epoch ms; the night ends on the day after. A day that is none: NaN. */
export function shiftSpan(day: string, shift: ShiftName): { starts_at: number; ends_at: number } {
  const { from_hour, to_hour } = SHIFTS.find((each) => each.shift === shift) ?? SHIFTS[0]
  const starts_at = (wibDate(day) ?? NaN) + from_hour * HOUR_MS
  return { starts_at, ends_at: starts_at + ((to_hour - from_hour + 24) % 24) * HOUR_MS }
}

/** Monday 00.00 WIB of the week of an instant, both epoch ms. */
export function weekOf(at: number): number {
  return FIRST_MONDAY + Math.floor((at - FIRST_MONDAY) / (7 * DAY_MS)) * 7 * DAY_MS
}

/** Hours of one person's duties by week (key: its Monday 00.00 WIB, epoch ms). A night over Sunday counts one hour before midnight, eight after it. */
export function hoursByWeek(duties: readonly Pick<Duty, 'day' | 'shift'>[]): Map<number, number> {
  const hours = new Map<number, number>()
  for (const { day, shift } of duties) {
    const { starts_at, ends_at } = shiftSpan(day, shift)
    for (let from = starts_at; from < ends_at;) {
      const week = weekOf(from)
      const to = Math.min(ends_at, week + 7 * DAY_MS)
      hours.set(week, (hours.get(week) ?? 0) + (to - from) / HOUR_MS)
      from = to
    }
  }
  return hours
}
