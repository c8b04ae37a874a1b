import { distanceM } from '../../geo/earth.ts'
import type { LayerName } from './layers.ts'
import type { LayerRow } from './read_layer.ts'
import type { FileReport } from './report.ts'

/** Two places of one name nearer than this are one. */
const SAME_PLACE_M = 50

/** Rows of one layer with the report of the file they are from. */
export interface FileRows {
  file: string
  report: FileReport
  rows: LayerRow[]
}

/** The column that names a thing once and for all: two different things of one code are nobody's double. */
const KEY: Partial<Record<LayerName, string>> = { kelurahan: 'code', agency: 'code', station: 'code', unit: 'callsign' }

/** "RT 3 RW 7 kelurahan 33.75.03.1004": what there may be but once. */
const neighbourhoodName = ({ fields: { rt, rw, kelurahan_code } }: LayerRow) =>
  `${rt === null ? '' : `RT ${String(rt)} `}RW ${String(rw)} kelurahan ${String(kelurahan_code)}`

/** "Puskesmas  BENDAN." and "Puskesmas Bendan" are one name. */
const plain = (name: unknown) =>
  String(name ?? '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

interface Seen {
  row: LayerRow
  file: string
}

/**
 * All rows of a layer without the doubles, each of which is reported with the row it doubles: the same name within 50 m
 * (places and facilities), or the same shape with the same fields. The first one stays. Different rows of one code are
 * faults of the layer, since either would be lost.
 */
export function withoutDuplicates(
  layer: LayerName,
  files: readonly FileRows[],
): { rows: LayerRow[]; faults: string[] } {
  const seen = new Map<string, Seen[]>()
  const kept: LayerRow[] = []
  for (const { file, report, rows } of files) {
    for (const row of rows) {
      const key = keyOf(layer, row)
      const others = seen.get(key) ?? []
      const twin = others.find((other) => isSame(layer, other.row, row))
      if (twin) {
        report.duplicates.push({
          row: row.row,
          name: row.name,
          reason: `sama dengan baris ${twin.row.row}${twin.file === file ? '' : ` dari ${twin.file}`}`,
        })
      } else {
        seen.set(key, [...others, { row, file }])
        kept.push(row)
        report.taken++
      }
    }
  }
  const code = layer === 'neighbourhood' ? '' : KEY[layer]
  const twice = code === undefined ? [] : [...seen].filter(([, rows]) => rows.length > 1)
  return {
    rows: kept,
    faults: twice.map(([key, rows]) => codeFault(code === 'code' ? `kode ${key}` : `${code} ${key}`.trim(), rows)),
  }
}

function codeFault(what: string, rows: readonly Seen[]): string {
  const [{ file: first }] = rows
  const places = rows.map(
    ({ row, file }) =>
      `baris ${row.row}${file === first ? '' : ` dari ${file}`}${row.name === null ? '' : ` (${row.name})`}`,
  )
  return `${first}: ${what} ${rows.length === 2 ? 'dua' : rows.length} kali: ${places.join(', ')}`
}

function keyOf(layer: LayerName, row: LayerRow): string {
  const code = KEY[layer]
  if (code !== undefined) return String(row.fields[code])
  if (layer === 'place' || layer === 'facility') return plain(row.fields.name)
  if (layer === 'neighbourhood') return neighbourhoodName(row)
  return `${row.geom} ${JSON.stringify(row.fields)}`
}

const isSame = (layer: LayerName, a: LayerRow, b: LayerRow): boolean =>
  layer === 'place' || layer === 'facility'
    ? distanceM([a.lon ?? 0, a.lat ?? 0], [b.lon ?? 0, b.lat ?? 0]) <= SAME_PLACE_M
    : a.geom === b.geom && JSON.stringify(a.fields) === JSON.stringify(b.fields)
