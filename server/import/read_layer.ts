import type { LonLat } from '../../geo/earth.ts'
import type { Database } from '../db/database.ts'
import { isFault, readField, storable } from './fields.ts'
import type { FieldValue } from './fields.ts'
import { prepareGeometries } from './geometry.ts'
import { layerSpec } from './layers.ts'
import type { ManifestEntry } from './manifest.ts'
import type { RawFile, RawRow } from './read_file.ts'
import type { FileReport } from './report.ts'

/** A row that may stand in its layer. */
export interface LayerRow {
  row: number
  name: string | null
  fields: Record<string, FieldValue>
  /** Hex EWKB in WGS84; null where the layer has no geometry. */
  geom: string | null
  lon: number | null
  lat: number | null
  lines: LonLat[][] | null
  /** Of the file it is from. */
  report: FileReport
}

/** The entry with its fields mapped to columns that are called as such columns usually are, where it names none itself. */
export function withUsualColumns(entry: ManifestEntry, { columns }: RawFile): ManifestEntry {
  const fields = { ...entry.fields }
  for (const [field, { called }] of Object.entries(layerSpec(entry.as).fields)) {
    if (fields[field] !== undefined || columns.has(field) || called === undefined) continue
    const column = [...columns].find((name) => called.test(name.trim()))
    if (column !== undefined) fields[field] = column
  }
  return { ...entry, fields }
}

/** Columns that the entry or its layer needs and the file lacks, and a population that no year dates, each as a fault. */
export function columnFaults(entry: ManifestEntry, { columns, rows }: RawFile): string[] {
  if (rows.length === 0) return [`${entry.file}: tidak ada satu baris pun`]
  const population = entry.fields.population ?? 'population'
  const undated = entry.as === 'kelurahan' && columns.has(population) && entry.population_year === undefined
  const faults = Object.entries(layerSpec(entry.as).fields).flatMap(([field, { need, means }]) => {
    const column = entry.fields[field] ?? field
    if (columns.has(column) || (field === 'kind' && entry.kind !== undefined)) return []
    if (entry.fields[field] === undefined && need === 'optional') return []
    return [
      `${entry.file}: kolom '${column}' untuk ${entry.as}.${field} (${means}) tidak ada; ada: ${[...columns].join(', ') || '(tidak ada kolom)'}`,
    ]
  })
  if (undated)
    faults.push(`${entry.file}: kolom '${population}' berisi penduduk: population_year wajib ada di layers.json`)
  return faults
}

/** Reads the fields of a row; a bad value refuses the row where the layer needs it, and is emptied (and said) where not. */
function readFields(
  entry: ManifestEntry,
  raw: RawRow,
): { fields: LayerRow['fields']; refused: string | null; repaired: string[] } {
  const fields: LayerRow['fields'] = {}
  const repaired: string[] = []
  for (const [field, spec] of Object.entries(layerSpec(entry.as).fields)) {
    const column = entry.fields[field] ?? field
    const read = readField(raw.values[column], spec)
    const value = isFault(read) ? null : read
    fields[field] = value ?? (field === 'kind' ? (entry.kind ?? null) : null)
    if ((spec.need === 'value' && fields[field] === null) || (spec.strict && isFault(read)))
      return { fields, repaired, refused: isFault(read) ? `${column} ${read.reason}` : `${column} kosong` }
    if (isFault(read)) repaired.push(`${column} ${read.reason}, dikosongkan`)
  }
  return { fields, repaired, refused: null }
}

/** A file's rows judged one by one: what is fit is answered, what is not stands in the report. Columns must have been checked. */
export async function readLayer(
  db: Database,
  entry: ManifestEntry,
  file: RawFile,
  report: FileReport,
): Promise<LayerRow[]> {
  const { geometry, label } = layerSpec(entry.as)
  report.read = file.rows.length
  report.notes.push(...file.notes)
  const nameOf = ({ values }: RawRow) => {
    const value = label === null ? null : values[entry.fields[label] ?? label]
    return value === null || value === undefined || value === '' || typeof value === 'object'
      ? null
      : storable(String(value))
  }
  const sound = file.rows.filter((raw) => {
    if (raw.fault !== null) report.refused.push({ row: raw.row, name: nameOf(raw), reason: raw.fault })
    return raw.fault === null
  })
  const prepared =
    geometry === null
      ? null
      : await prepareGeometries(
          db,
          sound.map((raw) => raw.geometry),
          file.epsg,
          geometry,
        )
  const taken: LayerRow[] = []
  for (const [i, raw] of sound.entries()) {
    const name = nameOf(raw)
    const { fields, refused, repaired } = readFields(entry, raw)
    const shape = prepared?.[i] ?? { geom: null, repaired: null, refused: null, lon: null, lat: null, lines: null }
    const reason = refused ?? shape.refused
    if (reason !== null) {
      report.refused.push({ row: raw.row, name, reason })
      continue
    }
    const notes = [...repaired, ...(shape.repaired ? [shape.repaired] : [])]
    if (notes.length) report.repaired.push({ row: raw.row, name, reason: notes.join('; ') })
    taken.push({
      row: raw.row,
      name,
      fields,
      geom: shape.geom,
      lon: shape.lon,
      lat: shape.lat,
      lines: shape.lines,
      report,
    })
  }
  report.refused.sort((a, b) => a.row - b.row)
  return taken
}
