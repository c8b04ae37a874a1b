import { wibDate } from '../../geo/sla/shift.ts'
import { say } from './text/say.ts'

const DAY_MS = 86_400_000
/** 1970-01-01 was a Thursday. */
export const weekday = (day: string): number => (((((wibDate(day) ?? 0) + 7 * 3_600_000) / DAY_MS + 4) % 7) + 7) % 7

/** `Sab 28/11` of a WIB day `2026-11-28`. */
export const dayWords = (day: string): string =>
  `${say('days').split(',')[weekday(day)]} ${day.slice(8)}/${day.slice(5, 7)}`

/** `28/11/2026` of a WIB day. */
export const dateWords = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** The wall as it stood when a case was received; who may see this page may replay. */
export const replayFrom = ({ received_at }: { received_at: string }): string =>
  `/wall?at=${new Date(Date.parse(received_at)).toISOString()}`
