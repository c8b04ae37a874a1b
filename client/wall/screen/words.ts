import { locale } from '../../text/text.ts'

/** At most one decimal, with the comma of the page's language. */
export const decimal = (value: number): string =>
  value.toLocaleString(locale === 'en' ? 'en-GB' : 'id-ID', { maximumFractionDigits: 1 })
