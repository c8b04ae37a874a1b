import { wibDay } from './shift.ts'

/** The WIB month of an instant (epoch ms), `2026-10`. */
export const wibMonth = (at: number): string => wibDay(at).slice(0, 7)

/** The month `by` later (earlier when negative). */
export function monthBeside(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
