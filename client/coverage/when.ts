import { wibDay } from '../../geo/sla/shift.ts'

/** `28/11/2026` of an instant, in WIB. */
export function wibDateOf(instant: string): string {
  const day = wibDay(Date.parse(instant))
  return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}
