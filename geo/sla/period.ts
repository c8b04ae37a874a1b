import { wibDate, wibDay, wibMidnight } from './shift.ts'

const DAY_MS = 86_400_000

/** Epoch milliseconds, `from` inclusive, `to` exclusive. */
export interface Period {
  from: number
  to: number
}

/** How far a period reaches back when nothing is said: whole days or calendar months before its end. */
export type Span = { days: number } | { months: number }

/** Midnight WIB of a date `2026-10-31`, or the instant of an ISO 8601 text with offset; null when it is neither. */
export function parseEdge(text: string): number | null {
  // Years as there are cases of: others no database can hold.
  if (!/^(19|20|21)\d{2}-/.test(text)) return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return wibDate(text)
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text) ||
    wibDate(text.slice(0, 10)) === null
  )
    return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

/**
 * A period from whichever edges were given. Without `to` it ends with today (WIB), without `from` it reaches `span` back from its
 * end. It may come out empty or backwards (`from >= to`): the caller refuses that.
 */
export function periodOf(edges: Partial<Period>, now: number, span: Span): Period {
  const to = edges.to ?? wibMidnight(now) + DAY_MS
  return { from: edges.from ?? reachBack(to, span), to }
}

function reachBack(to: number, span: Span): number {
  if ('days' in span) return to - span.days * DAY_MS
  const day = wibMidnight(to)
  const [year, month, date] = wibDay(day).split('-').map(Number)
  // The 31st of a month without one is its last day.
  const last = new Date(Date.UTC(year, month - span.months, 0)).getUTCDate()
  return Date.UTC(year, month - 1 - span.months, Math.min(date, last)) - 7 * 3_600_000 + (to - day)
}
