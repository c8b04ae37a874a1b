import type { Evaluation, EvaluationRow } from '../../geo/wire/evaluation.ts'
import { BYTE_ORDER_MARK, textField, wib } from './csv.ts'
import { INCIDENT_COLUMNS, incidentRow } from './evaluation_incidents.ts'
import type { Sheet, SheetValue } from './sheet.ts'

/** `titik`: comma between fields, point in numbers. `koma`: semicolon and decimal comma, as a spreadsheet set to Indonesian reads it. */
export type Decimal = 'titik' | 'koma'

const DIGITS = 6
/** Sheets whose rows are not figures: they have files of their own, or are words. */
const NO_FIGURES = new Set(['Kejadian', 'Definisi'])

function field(value: SheetValue, decimal: Decimal): string {
  if (value === null) return ''
  if (value instanceof Date) return wib(value.toISOString())
  if (typeof value === 'string') return textField(value)
  const digits = String(Number(value.toFixed(DIGITS)))
  return decimal === 'koma' ? digits.replace('.', ',') : digits
}

const file = (lines: readonly (readonly SheetValue[])[], decimal: Decimal): string =>
  BYTE_ORDER_MARK +
  lines.map((line) => `${line.map((value) => field(value, decimal)).join(decimal === 'koma' ? ';' : ',')}\r\n`).join('')

/** Every figure of the month on a line of its own: which table, which row of it, which column, the value. */
export function figuresCsv(
  { month, simulated, complete }: Evaluation,
  sheets: readonly Sheet[],
  decimal: Decimal,
): string {
  const lines = sheets
    .filter(({ name }) => !NO_FIGURES.has(name))
    .flatMap(({ name, columns, rows }) =>
      rows.flatMap((row) => {
        const words = columns.flatMap(({ kind }, i) => (kind === 'text' ? [row[i]] : []))
        const label = words.filter((word) => word !== null && word !== '').join(' · ')
        return columns.flatMap((column, i): SheetValue[][] =>
          column.kind === 'text' || row[i] === null
            ? []
            : [[month, name, label, column.name, row[i], simulated ? 'ya' : 'tidak', complete ? 'ya' : 'tidak']],
        )
      }),
    )
  return file([['bulan', 'tabel', 'baris', 'ukuran', 'nilai', 'simulasi', 'bulan_selesai'], ...lines], decimal)
}

/** The incidents of the month, a line each, without anything of persons; times WIB. */
export const incidentsCsv = (rows: readonly EvaluationRow[], decimal: Decimal): string =>
  file([INCIDENT_COLUMNS.map(({ name }) => name), ...rows.map(incidentRow)], decimal)
