import { wibDay } from '../../geo/sla/shift.ts'

export type CsvValue = string | number | null | undefined

/** `2026-10-01 07:30:05`, WIB. */
export const wib = (text: string): string => {
  const at = Date.parse(text)
  return `${wibDay(at)} ${new Date(at + 7 * 3_600_000).toISOString().slice(11, 19)}`
}

/** A text as a field; what a spreadsheet would take for a formula is told as text. */
export function textField(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function field(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' ? String(Math.round(value)) : textField(value)
}

/** One line of fields, RFC 4180. */
export const csvLine = (fields: readonly CsvValue[]): string => `${fields.map(field).join(',')}\r\n`

/** Before the first line: so that spreadsheets read it as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** All lines of a file. */
export const csv = (lines: readonly (readonly CsvValue[])[]): string => BYTE_ORDER_MARK + lines.map(csvLine).join('')
