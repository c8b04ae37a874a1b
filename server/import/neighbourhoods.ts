import type { Database } from '../db/database.ts'
import { inBatches } from './batches.ts'
import type { FileRows } from './duplicates.ts'
import type { LayerName } from './layers.ts'
import type { LayerRow } from './read_layer.ts'

interface Kelurahan {
  code: string
  name: string
  geom?: string | null
}

/** A neighbourhood farther than this from the kelurahan its row names belongs to another, or is drawn elsewhere. */
const ASTRAY_M = 50

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/^(kel(urahan)?|desa)\b\.?/, '')
    .replace(/[^a-z0-9]+/g, '')

/**
 * Gives every RT and RW the code of its kelurahan (`fields.kelurahan_code`): the one its row names by code or name, else the one
 * it lies in; those of this import where it brings kelurahan, else the live ones. Refuses by row what names an unknown one, lies
 * apart from the one it names, or lies outside the city.
 */
export async function placeNeighbourhoods(db: Database, files: ReadonlyMap<LayerName, FileRows[]>): Promise<void> {
  const given = files.get('kelurahan')?.flatMap(({ rows }) => rows)
  const known: Kelurahan[] = given
    ? given.map(({ fields, geom }) => ({ code: String(fields.code), name: String(fields.name), geom }))
    : await db.rows<Kelurahan>('import_kelurahan_names')
  for (const file of files.get('neighbourhood') ?? []) {
    const refuse = (row: LayerRow, reason: string) =>
      void file.report.refused.push({ row: row.row, name: named(row), reason })
    const kept: LayerRow[] = []
    await inBatches(file.rows, async (batch) => {
      const meant = batch.map(({ fields }) =>
        kelurahanOf(known, fields.kelurahan === null ? null : String(fields.kelurahan)),
      )
      const places = await db.rows<{ at: string | null; away_m: number | null }>('import_neighbourhood_place', {
        rows: batch.map(({ geom }, i) => ({ i, geom, code: meant[i]?.code ?? null })),
        kelurahan: given ? known.map(({ code, geom }) => ({ code, geom })) : null,
      })
      for (const [i, row] of batch.entries()) {
        const { at, away_m } = places[i]
        const own = meant[i]
        const there = known.find(({ code }) => code === at)?.name
        if (own === undefined) refuse(row, `kelurahan '${String(row.fields.kelurahan)}' tidak dikenal`)
        else if (at === null) refuse(row, 'di luar kota: tidak di kelurahan mana pun')
        else if (own !== null && away_m !== null && away_m > ASTRAY_M)
          refuse(row, `kelurahan ${own.name}, padahal terletak di ${there ?? at}`)
        else {
          row.fields.kelurahan_code = own?.code ?? at
          row.name = named(row)
          kept.push(row)
        }
      }
    })
    file.rows = kept
  }
}

/** null: none is named; undefined: the one named is not known, or there are two of that name. */
function kelurahanOf(known: readonly Kelurahan[], text: string | null): Kelurahan | null | undefined {
  if (text === null) return null
  const byCode = known.find(({ code }) => code === text || code.replaceAll('.', '') === text.replaceAll('.', ''))
  const byName = known.filter(({ name }) => plain(name) === plain(text))
  return byCode ?? (byName.length === 1 ? byName[0] : undefined)
}

const named = ({ fields: { rt, rw, kelurahan } }: LayerRow): string =>
  [rt === null ? '' : `RT ${String(rt)}`, `RW ${String(rw)}`, kelurahan === null ? '' : String(kelurahan)]
    .filter(Boolean)
    .join(' ')
