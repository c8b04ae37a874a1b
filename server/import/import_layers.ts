import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import type { NamedStreet } from '../../geo/roads/name.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Database } from '../db/database.ts'
import { checkKelurahan } from './check_kelurahan.ts'
import { drawnContent, masterContent, roadsContent } from './contents.ts'
import { checkPosition } from './position.ts'
import { withoutDuplicates } from './duplicates.ts'
import type { FileRows } from './duplicates.ts'
import type { LayerName } from './layers.ts'
import { ImportFault } from './manifest.ts'
import type { FolderManifest } from './manifest.ts'
import { readLayer } from './read_layer.ts'
import type { LayerRow } from './read_layer.ts'
import { absentMasters, checkReferences } from './references.ts'
import { failedReport, type FileReport, type ImportReport } from './report.ts'
import { noteDropped, roadNotes } from './road_notes.ts'
import type { ImportOptions, OpenedFile } from './run.ts'
import { stageLayer } from './stage.ts'
import { swap } from './swap.ts'
import { placeIncidents, purgeRetired } from './tidy.ts'
import type { LayerContent, LiveLayer } from './types.ts'

/**
 * From opened files to the live city: judge rows, build layers, stage, check, swap, tidy. A fault of a layer as a whole ends
 * it with a failed report and nothing changed; so does an error of the database, which is thrown on.
 */
export async function importLayers(
  db: Database,
  manifest: FolderManifest,
  opened: readonly OpenedFile[],
  options: ImportOptions,
): Promise<ImportReport> {
  const began = performance.now()
  const { now, progress } = options
  const report = { ...failedReport(manifest.city.name), city: manifest.city }
  await purgeRetired(db, now())
  const import_id = await db.value<number>('import_begin', { source: manifest.city.name, now: now() })
  const finish = async (query: 'import_finish' | 'import_fail') => {
    report.seconds = (performance.now() - began) / 1000
    await db.rows(query, { import_id, report, now: now() })
  }
  try {
    const files = await readAll(db, opened, report, progress)
    await checkReferences(db, files)
    await checkPosition(db, manifest.city.code, files)
    const rows = new Map([...files].map(([layer, parts]) => [layer, withoutDuplicates(layer, parts)]))
    const empty = [...rows]
      .filter(([, kept]) => kept.length === 0)
      .map(([layer]) => `lapis ${layer}: tidak ada baris yang dapat diambil`)
    if (empty.length) throw new ImportFault(empty)

    const live = await db.rows<LiveLayer>('import_live')
    const version_ids: number[] = []
    const changed = new Set<string>()
    for (const content of await buildContents(db, manifest, opened, rows, report, progress)) {
      progress(`menyiapkan ${content.layer}`)
      const version_id = await stageLayer(db, content, { import_id, built_in: false, live })
      if (version_id === null) continue
      version_ids.push(version_id)
      changed.add(content.layer)
      if (content.layer === 'kelurahan')
        report.notes.push(
          ...(await checkKelurahan(
            db,
            version_id,
            content.tables[0].rows.map(({ code }) => String(code)),
          )),
        )
    }
    const master = masterContent(rows)
    if (master) report.notes.push(...(await absentMasters(db, master)))
    const swapping = performance.now()
    const result = await swap(db, {
      import_id,
      version_ids,
      city: manifest.city,
      master,
      built_in: false,
      actor: options.actor,
      now: now(),
    })
    report.swap_ms = performance.now() - swapping
    report.layers = result.layers.map(({ layer, row_count }) => ({ layer, row_count }))
    report.status = result.seq === null ? 'unchanged' : 'done'
    if (result.master) report.notes.push(masterNote(result.master))
    if (changed.has('street') && !rows.has('road'))
      report.notes.push('nama pada ruas jalan tetap yang lama: impor lapis road bersama street agar ikut berganti')
    report.notes.push(...stillBuiltIn(await db.rows<LiveLayer>('import_live'), manifest.city))
    progress('merapikan')
    await purgeRetired(db, now())
    if (rows.has('kelurahan')) {
      const moved = await placeIncidents(db, options.actor, now)
      if (moved) report.notes.push(`${moved} kejadian kini tercatat di kelurahan lain`)
    }
    await finish('import_finish')
  } catch (error) {
    report.faults = error instanceof ImportFault ? error.faults : [(error as Error).message]
    await finish('import_fail').catch(() => undefined)
    if (!(error instanceof ImportFault)) throw error
  }
  return report
}

const masterNote = (counts: Record<string, number>) =>
  `data induk baru atau berubah: ${counts.agencies ?? 0} instansi, ${counts.stations ?? 0} pos, ${counts.units ?? 0} unit; ${counts.made_inactive} bawaan dinonaktifkan`

/** Which layers are still those of the program, and that they are another city's when they are. */
function stillBuiltIn(live: readonly LiveLayer[], city: { code: string; name: string }): string[] {
  const layers = live.filter(({ built_in, layer }) => built_in && layer !== 'outline').map(({ layer }) => layer)
  if (layers.length === 0) return []
  const foreign =
    city.code === BUILT_IN_CITY.code ? '' : `, milik ${BUILT_IN_CITY.name}, bukan ${city.name}: impor juga lapis itu`
  return [`lapis yang tetap bawaan: ${layers.join(', ')}${foreign}`]
}

async function readAll(
  db: Database,
  opened: readonly OpenedFile[],
  report: ImportReport,
  progress: (text: string) => void,
): Promise<Map<LayerName, FileRows[]>> {
  const files = new Map<LayerName, FileRows[]>()
  for (const { entry, file } of opened) {
    progress(`memeriksa ${entry.file}`)
    const one: FileReport = {
      layer: entry.as,
      file: entry.file,
      read: 0,
      taken: 0,
      repaired: [],
      refused: [],
      duplicates: [],
      notes: [],
    }
    report.files.push(one)
    const rows = await readLayer(db, entry, file, one)
    files.set(entry.as, [...(files.get(entry.as) ?? []), { file: entry.file, report: one, rows }])
  }
  return files
}

/** Each distinct word once, joined: several files may feed a layer. */
const joined = (words: readonly (string | undefined)[]) =>
  [...new Set(words.filter((word) => word !== undefined))].join('; ') || null

async function buildContents(
  db: Database,
  manifest: FolderManifest,
  opened: readonly OpenedFile[],
  rows: ReadonlyMap<LayerName, LayerRow[]>,
  report: ImportReport,
  progress: (text: string) => void,
): Promise<LayerContent[]> {
  const contents: LayerContent[] = []
  for (const [layer, kept] of rows) {
    if (layer === 'agency' || layer === 'station' || layer === 'unit') continue
    const entries = opened.filter(({ entry }) => entry.as === layer).map(({ entry }) => entry)
    const from = {
      source: joined(entries.map((entry) => entry.source)),
      attribution: joined(entries.map((entry) => entry.attribution)) ?? manifest.attribution ?? null,
    }
    if (layer !== 'road') {
      contents.push(drawnContent(layer, kept, from, entries[0].population_year ?? null))
      continue
    }
    progress('menyambung jaringan jalan')
    const streets = await namedStreets(db, rows.get('street'))
    const rails = await railLines(db, rows.get('rail'))
    const { content, network } = roadsContent(kept, streets, rails, from)
    report.notes.push(...roadNotes(network))
    noteDropped(kept, network)
    contents.push(content)
  }
  return contents
}

const namedStreets = async (db: Database, given: LayerRow[] | undefined): Promise<NamedStreet[]> =>
  given
    ? given.map(({ fields, lines }) => ({
        name: fields.name === null ? null : String(fields.name),
        coordinates: lines ?? [],
      }))
    : (await db.rows<{ name: string | null; lines: LonLat[][] }>('import_live_lines', { layer: 'street' })).map(
        ({ name, lines }) => ({ name, coordinates: lines }),
      )

const railLines = async (db: Database, given: LayerRow[] | undefined): Promise<LonLat[][]> =>
  (given
    ? given.map(({ lines }) => lines ?? [])
    : (await db.rows<{ lines: LonLat[][] }>('import_live_lines', { layer: 'rail' })).map(({ lines }) => lines)
  ).flat()
