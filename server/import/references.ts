import type { Database } from '../db/database.ts'
import type { FileRows } from './duplicates.ts'
import type { LayerName } from './layers.ts'
import type { LayerRow } from './read_layer.ts'
import type { MasterContent } from './types.ts'

interface Known {
  agencies: string[]
  own_agencies: string[]
  stations: string[]
  own_stations: string[]
  kinds: string[]
}

/** Refuses posts of unknown agencies and units of unknown agencies or posts, by row, and notes kinds that nobody would call. */
export async function checkReferences(db: Database, files: ReadonlyMap<LayerName, FileRows[]>): Promise<void> {
  if (!files.has('agency') && !files.has('station') && !files.has('unit')) return
  const known = await db.one<Known>('import_known_codes')
  const given = (layer: LayerName) =>
    (files.get(layer) ?? []).flatMap(({ rows }) => rows.map(({ fields }) => String(fields.code)))
  // A file of agencies takes the place of the built-in ones; the city's own stay.
  const agencies = new Set([...(files.has('agency') ? known.own_agencies : known.agencies), ...given('agency')])
  for (const { report, rows } of files.get('agency') ?? []) {
    const odd = [
      ...new Set(rows.map(({ fields }) => String(fields.kind)).filter((kind) => !known.kinds.includes(kind))),
    ]
    if (odd.length) report.notes.push(`kind ${odd.join(', ')} tidak diminta jenis kejadian mana pun`)
  }
  refuse(files.get('station'), (row) => missing('agency_code', row, agencies))
  const stations = new Set([...(files.has('station') ? known.own_stations : known.stations), ...given('station')])
  refuse(files.get('unit'), (row) => missing('agency_code', row, agencies) ?? missing('station_code', row, stations))
}

const missing = (field: string, { fields }: LayerRow, known: ReadonlySet<string>): string | null =>
  fields[field] === null || known.has(String(fields[field]))
    ? null
    : `${field} '${String(fields[field])}' tidak dikenal`

function refuse(files: FileRows[] | undefined, judge: (row: LayerRow) => string | null): void {
  for (const file of files ?? []) {
    file.rows = file.rows.filter((row) => {
      const reason = judge(row)
      if (reason !== null) file.report.refused.push({ row: row.row, name: row.name, reason })
      return reason === null
    })
  }
}

/** Own rows that the new files lack, as notes: nothing is retired that the city itself once entered. */
export async function absentMasters(db: Database, master: MasterContent): Promise<string[]> {
  const absent = await db.rows<{ layer: string; code: string }>('import_absent_masters', {
    agencies: master.agencies?.map(({ code }) => code) ?? null,
    stations: master.stations?.map(({ code }) => code) ?? null,
    units: master.units?.map(({ callsign }) => callsign) ?? null,
  })
  return absent.map(
    ({ layer, code }) =>
      `${layer} ${code}: tidak ada di berkas, tetap aktif; nonaktifkan di /admin bila memang sudah tidak ada`,
  )
}
