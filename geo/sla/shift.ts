/** WIB (Asia/Jakarta) is UTC+7 all year round: no zone database, nothing of the machine's own zone. */
const WIB_OFFSET_MS = 7 * 3_600_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const SHIFTS = [
  { shift: 'pagi', from_hour: 8, to_hour: 16 },
  { shift: 'sore', from_hour: 16, to_hour: 23 },
  { shift: 'malam', from_hour: 23, to_hour: 8 },
] as const
export type ShiftName = (typeof SHIFTS)[number]['shift']

export interface Shift {
  shift: ShiftName
  /** The WIB day on which the shift began: 03:00 belongs to the night shift of the day before. */
  day: string
  /** Epoch milliseconds, `starts_at` inclusive, `ends_at` exclusive. */
  starts_at: number
  ends_at: number
}

/** The WIB day of an instant (epoch ms), as `2026-10-31`. */
export function wibDay(at: number): string {
  return new Date(at + WIB_OFFSET_MS).toISOString().slice(0, 10)
}

/** The WIB hour of an instant (epoch ms), 0 to 23. */
export function wibHour(at: number): number {
  return new Date(at + WIB_OFFSET_MS).getUTCHours()
}

/** Midnight WIB that begins the WIB day of an instant (epoch ms). */
export function wibMidnight(at: number): number {
  return Math.floor((at + WIB_OFFSET_MS) / DAY_MS) * DAY_MS - WIB_OFFSET_MS
}

/** Midnight WIB of a date `2026-10-31` as epoch ms; null when there is no such day. */
export function wibDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const utc = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== date ? null : utc - WIB_OFFSET_MS
}

/** A month `2026-10` as epoch ms: `from` inclusive, `to` exclusive, both midnight WIB; null when there is no such month. */
export function wibMonthRange(month: string): { from: number; to: number } | null {
  const from = /^\d{4}-\d{2}$/.test(month) ? wibDate(`${month}-01`) : null
  if (from === null) return null
  const [year, number] = month.split('-').map(Number)
  return { from, to: Date.UTC(year, number, 1) - WIB_OFFSET_MS }
}

/** The shift on duty at an instant (epoch ms): 08-16, 16-23, 23-08 WIB. */
export function shiftAt(at: number): Shift {
  const hour = wibHour(at)
  const began = wibMidnight(at) - (hour < 8 ? DAY_MS : 0)
  const { shift, from_hour, to_hour } = hour < 8 || hour >= 23 ? SHIFTS[2] : hour < 16 ? SHIFTS[0] : SHIFTS[1]
  const starts_at = began + from_hour * HOUR_MS
  const hours = (to_hour - from_hour + 24) % 24
  return { shift, day: wibDay(starts_at), starts_at, ends_at: starts_at + hours * HOUR_MS }
}
