import { wibDay } from '../../../geo/sla/shift.ts'

/** The WIB month of an instant (epoch ms): `2026-10`. */
export const monthOf = (at: number): string => wibDay(at).slice(0, 7)

/** The month `by` months later (earlier below 0). */
export function monthBeside(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + by
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
