import { locale } from './text.ts'

const REGION = locale === 'en' ? 'en-GB' : 'id-ID'

/** `Oktober 2026`, short `Okt 26`, of a WIB month `2026-10`. */
export function monthWords(month: string, short = false): string {
  const at = new Date(`${month}-15T00:00:00Z`)
  return short
    ? at.toLocaleDateString(REGION, { month: 'short', year: '2-digit', timeZone: 'UTC' })
    : at.toLocaleDateString(REGION, { month: 'long', year: 'numeric', timeZone: 'UTC' })
}
