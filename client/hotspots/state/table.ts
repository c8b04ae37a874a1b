import { decimal } from '../../text/units.ts'
import type { ShownCell } from './narrow.ts'
import { cellName, standingOf, trendName } from '../words.ts'
import { say } from '../text/say.ts'

export const COLUMNS = [
  'rank',
  'place',
  'n',
  'around',
  'z',
  'q',
  'word',
  'trend',
  'course',
  'slope',
  'previous',
] as const
export type Column = (typeof COLUMNS)[number]

/** A cell with its place by z, which the map shows too, however the table is sorted. */
export interface Row {
  rank: number
  cell: ShownCell
}

const slopeOf = ({ cell }: Row) => (cell.whole.trend?.significant ? Math.sign(cell.whole.trend.z) : 0)
/** By what a column sorts; a word by itself. */
const KEYS: Record<Column, (row: Row) => number | string> = {
  rank: ({ rank }) => rank,
  place: ({ cell }) => cellName(cell.whole),
  n: ({ cell }) => cell.incidents,
  around: ({ cell }) => cell.around,
  z: ({ cell }) => cell.z,
  q: ({ cell }) => cell.q,
  word: ({ cell }) => standingOf(cell, false),
  trend: ({ cell }) => (cell.whole.trend ? trendName(cell.whole.trend.class) : ''),
  course: ({ cell }) => cell.whole.counts.reduce((sum, n) => sum + n, 0),
  slope: slopeOf,
  previous: ({ cell }) => cell.whole.previous?.z ?? -Infinity,
}
/** Counts are asked for from above, names and ranks from the first. */
export const firstDown = (column: Column): boolean => !['rank', 'place', 'q', 'trend', 'word'].includes(column)

export function sorted(rows: readonly Row[], column: Column, down: boolean): Row[] {
  const key = KEYS[column]
  const order = (a: Row, b: Row) => {
    const [one, other] = [key(a), key(b)]
    const by = typeof one === 'string' ? one.localeCompare(String(other)) : one - Number(other)
    return (down ? -by : by) || a.rank - b.rank
  }
  return [...rows].sort(order)
}

/** A plain table of text, first row its heads: what is copied and saved. */
export function tableText(rows: readonly Row[], too_few: boolean, months: readonly string[]): string[][] {
  const number = (value: number, digits: number) => decimal(value, digits, true)
  return [
    [
      '#',
      'H3',
      'Kelurahan',
      say('col_place'),
      say('col_n'),
      say('col_around'),
      'z',
      'p',
      'q',
      say('col_word'),
      say('col_trend'),
      'tau',
      ...months,
    ],
    ...rows.map(({ rank, cell }) => [
      String(rank),
      cell.h3,
      cell.whole.kelurahan,
      cell.whole.place ?? '',
      String(cell.incidents),
      String(cell.around),
      too_few ? '' : number(cell.z, 3),
      too_few ? '' : number(cell.p, 6),
      too_few ? '' : number(cell.q, 6),
      say(standingOf(cell, too_few)),
      cell.whole.trend ? trendName(cell.whole.trend.class) : '',
      cell.whole.trend ? number(cell.whole.trend.tau, 3) : '',
      ...cell.whole.counts.map(String),
    ]),
  ]
}

/** What a spreadsheet would run is told as text. */
const plain = (text: string): string => (/^[=+@\t\r]|^-\D/.test(text) ? `'${text}` : text)

/** For a spreadsheet's clipboard. */
export const asTsv = (table: readonly (readonly string[])[]): string =>
  table.map((row) => row.map((text) => plain(text).replace(/[\t\r\n]/g, ' ')).join('\t')).join('\n')

/** For a spreadsheet's file: semicolons, for commas are decimals here; a mark of UTF-8; nothing that a spreadsheet would run. */
export const asCsv = (table: readonly (readonly string[])[]): string =>
  '\uFEFF' +
  table
    .map((row) =>
      row
        .map(plain)
        .map((text) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
        .join(';'),
    )
    .join('\r\n') +
  '\r\n'
