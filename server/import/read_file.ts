import { parse } from 'csv-parse/sync'
import { COORDINATE_FIELDS } from './layers.ts'
import type { RawGeometry } from './geometry.ts'
import { epsgOf, ImportFault } from './manifest.ts'
import type { ManifestEntry } from './manifest.ts'

/** One row as it stands in its file. `row` is the line of a CSV, the number of a GeoJSON feature, from 1. */
export interface RawRow {
  row: number
  values: Record<string, unknown>
  geometry: RawGeometry
  /** Why it cannot be used at all. */
  fault: string | null
}

export interface RawFile {
  rows: RawRow[]
  /** Names of columns or properties that occur. */
  columns: Set<string>
  epsg: number
  notes: string[]
}

const WGS84 = 4326

/** A file's rows, nothing judged yet but whether it can be read. Throws {@link ImportFault} where the file as a whole cannot. */
export function readFile(entry: ManifestEntry, content: string): RawFile {
  const text = content.charCodeAt(0) === 0xfeff ? content.slice(1) : content
  return /json$/i.test(entry.file) ? readGeoJson(entry, text) : readCsv(entry, text)
}

interface Collection {
  type?: unknown
  features?: unknown
  crs?: { properties?: { name?: unknown } }
}

function readGeoJson(entry: ManifestEntry, text: string): RawFile {
  let value: Collection
  try {
    value = JSON.parse(text) as Collection
  } catch (error) {
    throw new ImportFault([`${entry.file}: bukan JSON yang sah: ${(error as Error).message}`])
  }
  if (value?.type !== 'FeatureCollection' || !Array.isArray(value.features))
    throw new ImportFault([`${entry.file}: bukan FeatureCollection GeoJSON`])
  const notes: string[] = []
  const own = value.crs === undefined || value.crs === null ? null : crsCode(value.crs.properties?.name)
  if (own === undefined)
    throw new ImportFault([
      `${entry.file}: crs ${JSON.stringify(value.crs)} tidak dikenali; nyatakan epsg di layers.json`,
    ])
  const stated = epsgOf(entry)
  if (stated !== null && own !== null && stated !== own)
    notes.push(`layers.json menyatakan EPSG:${stated}, berkas EPSG:${own}; layers.json yang dipakai`)
  const columns = new Set<string>()
  const rows = (value.features as unknown[]).map((item, i): RawRow => {
    const feature = item as { type?: unknown; properties?: unknown; geometry?: unknown } | null
    if (feature?.type !== 'Feature') return { row: i + 1, values: {}, geometry: null, fault: 'bukan Feature GeoJSON' }
    const values = (
      typeof feature.properties === 'object' && feature.properties !== null ? feature.properties : {}
    ) as Record<string, unknown>
    for (const key of Object.keys(values)) columns.add(key)
    const geometry = typeof feature.geometry === 'object' ? feature.geometry : null
    return { row: i + 1, values, geometry, fault: null }
  })
  return { rows, columns, epsg: stated ?? own ?? WGS84, notes }
}

/** EPSG code of GeoJSON's old crs member (`urn:ogc:def:crs:EPSG::32749`, `EPSG:32749`, CRS84); undefined when it is none of these. */
function crsCode(name: unknown): number | undefined {
  if (typeof name !== 'string') return undefined
  if (/CRS:?84$/i.test(name)) return WGS84
  const code = /EPSG:(?:[\d.]*:)?(\d{1,6})$/i.exec(name)?.[1]
  return code === undefined ? undefined : Number(code)
}

type CoordinateColumns = Partial<Record<(typeof COORDINATE_FIELDS)[number], string>>

const ALIASES: Record<(typeof COORDINATE_FIELDS)[number], RegExp> = {
  lon: /^(lon|lng|long|longitude|bujur)$/i,
  lat: /^(lat|latitude|lintang)$/i,
  x: /^(x|easting)$/i,
  y: /^(y|northing)$/i,
  wkt: /^(wkt|geom|geometry|the_geom)$/i,
}

function readCsv(entry: ManifestEntry, text: string): RawFile {
  const header = text.slice(0, text.search(/\r?\n|$/))
  const delimiter =
    entry.delimiter ?? ([';', '\t', '|'].find((mark) => header.split(mark).length > header.split(',').length) || ',')
  let lines: { record: string[]; info: { lines: number } }[]
  try {
    lines = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof lines
  } catch (error) {
    throw new ImportFault([`${entry.file}: CSV tidak terbaca: ${(error as Error).message}`])
  }
  if (lines.length === 0) throw new ImportFault([`${entry.file}: kosong`])
  const names = lines[0].record
  const twice = names.filter((name, i) => names.indexOf(name) !== i)
  if (twice.length) throw new ImportFault([`${entry.file}: kolom ganda: ${[...new Set(twice)].join(', ')}`])
  const at = coordinateColumns(entry, names)
  const stated = epsgOf(entry)
  if (at.x !== undefined && stated === null)
    throw new ImportFault([
      `${entry.file}: kolom ${at.x} dan ${at.y} tanpa epsg di layers.json (misalnya "epsg": 32749)`,
    ])
  const rows = lines.slice(1).map(({ record, info }): RawRow => {
    const values = Object.fromEntries(names.map((name, i) => [name, record[i] ?? '']))
    if (record.length !== names.length)
      return { row: info.lines, values, geometry: null, fault: `${record.length} kolom, seharusnya ${names.length}` }
    return { row: info.lines, values, ...csvGeometry(values, at) }
  })
  return { rows, columns: new Set(names), epsg: stated ?? WGS84, notes: [] }
}

/** The columns that `fields` names, else those that are called so. */
function coordinateColumns(entry: ManifestEntry, names: string[]): CoordinateColumns {
  const taken = new Set(
    Object.entries(entry.fields)
      .filter(([field]) => !(COORDINATE_FIELDS as readonly string[]).includes(field))
      .map(([, name]) => name),
  )
  const found: CoordinateColumns = {}
  for (const field of COORDINATE_FIELDS) {
    const named = entry.fields[field]
    if (named !== undefined && !names.includes(named))
      throw new ImportFault([`${entry.file}: kolom '${named}' (fields.${field}) tidak ada; ada: ${names.join(', ')}`])
    const name = named ?? names.find((n) => ALIASES[field].test(n) && !taken.has(n))
    if (name !== undefined) found[field] = name
  }
  if (found.wkt !== undefined) return { wkt: found.wkt }
  if (found.lon !== undefined && found.lat !== undefined) return { lon: found.lon, lat: found.lat }
  if (found.x !== undefined && found.y !== undefined) return { x: found.x, y: found.y }
  return {}
}

function csvGeometry(
  values: Record<string, string>,
  at: CoordinateColumns,
): { geometry: RawGeometry; fault: string | null } {
  if (at.wkt !== undefined) return { geometry: values[at.wkt] || null, fault: null }
  const [first, second] = at.lon !== undefined ? [at.lon, at.lat] : [at.x, at.y]
  if (first === undefined || second === undefined || (values[first] === '' && values[second] === ''))
    return { geometry: null, fault: null }
  const numbers = [first, second].map((name) => ({ name, number: values[name] === '' ? NaN : Number(values[name]) }))
  const bad = numbers.find(({ number }) => !Number.isFinite(number))
  if (bad) return { geometry: null, fault: `${bad.name} bukan angka: '${values[bad.name]}'` }
  return { geometry: { type: 'Point', coordinates: numbers.map(({ number }) => number) }, fault: null }
}
