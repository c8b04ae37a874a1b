import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import type { Evaluation } from '../../geo/wire/evaluation.ts'
import type { Sheet, SheetColumn, SheetValue } from './sheet.ts'

const WIB_MS = 7 * 3_600_000
const FORMATS: Record<SheetColumn['kind'], string | undefined> = {
  text: undefined,
  count: '#,##0',
  share: '0.0%',
  number: '#,##0.00',
  time: 'dd/mm/yyyy hh:mm:ss',
}
const WIDEST = 60
const WIDTHS = { text: 14, count: 12, share: 12, number: 14, time: 20 } as const

/** A workbook: one sheet a table, a title above its head, numbers as numbers, instants as dates of the WIB clock. Every text is a text: none is a formula. */
export async function evaluationXlsx(e: Evaluation, sheets: readonly Sheet[]): Promise<Buffer> {
  const about = `Laporan Evaluasi Bulanan ${e.month} · ${e.city}${e.simulated ? ' · SIMULASI' : ''}${e.complete ? '' : ' · bulan berjalan: angka sementara'}`
  return writeExcelFile(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      data: dataOf(sheet, about),
      columns: sheet.columns.map((column, i) => ({ width: widthOf(sheet, column, i) })),
      stickyRowsCount: 3,
      orientation: sheet.columns.length > 8 ? ('landscape' as const) : undefined,
    })),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBuffer()
}

const dataOf = ({ title, columns, rows }: Sheet, about: string): SheetData => [
  [{ value: title, type: String, fontWeight: 'bold', fontSize: 14 }],
  [{ value: about, type: String, textColor: '#555555' }],
  columns.map(({ name, kind }) => ({
    ...{ value: name, type: String, fontWeight: 'bold' as const, backgroundColor: '#E4E9EC', wrap: true },
    ...{ align: kind === 'text' ? ('left' as const) : ('right' as const), alignVertical: 'top' as const },
    ...{ bottomBorderStyle: 'thin' as const, bottomBorderColor: '#3A4851' },
  })),
  ...rows.map((row) => row.map((value, i) => cell(value, columns[i].kind))),
]

function cell(value: SheetValue, kind: SheetColumn['kind']): SheetData[number][number] {
  const format = FORMATS[kind]
  if (value === null) return null
  // The library writes a date's UTC digits: those of the WIB clock are given to it.
  if (value instanceof Date) return { value: new Date(value.getTime() + WIB_MS), type: Date, format }
  if (typeof value === 'number') return { value, type: Number, format }
  return { value, type: String, wrap: value.length > WIDEST, alignVertical: 'top' }
}

const widthOf = ({ rows }: Sheet, { kind }: SheetColumn, i: number): number =>
  kind === 'text'
    ? Math.min(WIDEST, Math.max(WIDTHS.text, ...rows.map((row) => String(row[i] ?? '').length + 2)))
    : WIDTHS[kind]
