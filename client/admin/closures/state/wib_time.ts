import { wibHour, wibMidnight } from '../../../../geo/sla/shift.ts'

const WIB_OFFSET_MS = 7 * 3_600_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** An instant (epoch ms) as the value of a datetime-local field, in WIB whatever the machine's zone is. */
export const toField = (at: number): string => new Date(at + WIB_OFFSET_MS).toISOString().slice(0, 16)

/** The instant of a datetime-local field's value, read as WIB; null while it is not complete. */
export function fromField(value: string): number | null {
  const at = Date.parse(`${value}:00+07:00`)
  return Number.isNaN(at) ? null : at
}

const NIGHT_HOUR = 22
const MORNING_HOUR = 6

/** The next 22.00 WIB. */
export const tonight = (now: number): number =>
  wibMidnight(now) + NIGHT_HOUR * HOUR_MS + (wibHour(now) >= NIGHT_HOUR ? DAY_MS : 0)
/** 06.00 WIB of the next day. */
export const tomorrowMorning = (now: number): number => wibMidnight(now) + DAY_MS + MORNING_HOUR * HOUR_MS
