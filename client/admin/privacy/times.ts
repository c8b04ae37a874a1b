import { stageTime } from '../../text/time.ts'
import { say } from './text/say.ts'

const WIB_OFFSET_MS = 7 * 3_600_000
const HOUR_SECONDS = 3_600

/** `28/11/2026 19.05` WIB: years matter where data is kept for years. */
export function wibDayTime(at: string): string {
  const text = new Date(Date.parse(at) + WIB_OFFSET_MS).toISOString()
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)} ${text.slice(11, 13)}.${text.slice(14, 16)}`
}

/** What is left of three days, or what is over it: `53 jam 05 mnt`; under an hour to the second, as on every clock. */
export function hoursLeft(seconds: number): string {
  const whole = Math.abs(seconds)
  if (whole < HOUR_SECONDS) return stageTime(whole)
  return say('hours_minutes', {
    h: Math.floor(whole / HOUR_SECONDS),
    m: String(Math.floor((whole % HOUR_SECONDS) / 60)).padStart(2, '0'),
  })
}
