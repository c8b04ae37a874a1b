import { locale } from '../../../text/text.ts'

/** `Oktober 2026` of `2026-10`. */
export function monthName(month: string): string {
  const at = new Date(`${month}-15T00:00:00Z`)
  return at.toLocaleDateString(locale === 'en' ? 'en-GB' : 'id-ID', { month: 'long', year: 'numeric', timeZone: 'UTC' })
}
