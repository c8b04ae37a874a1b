import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import type { NamedStreet } from '../../geo/roads/name.ts'
import type { RoadNetwork } from '../../geo/roads/types.ts'
import type { LonLat } from '../../geo/earth.ts'
import { readRoads } from '../city/roads.ts'
import type { Database } from '../db/database.ts'
import { checkKelurahan } from './check_kelurahan.ts'
import { closureContent, judgeClosures } from './closures.ts'
import { drawnContent, masterContent, roadsContent } from './contents.ts'
import { placeNeighbourhoods } from './neighbourhoods.ts'
import { checkPosition } from './position.ts'
import { withoutDuplicates } from './duplicates.ts'
import type { FileRows } from './duplicates.ts'
import { storable } from './fields.ts'
import { isDrawn, type LayerName } from './layers.ts'
import { ImportFault } from './manifest.ts'
import type { FolderManifest } from './manifest.ts'
import { readLayer } from './read_layer.ts'
import type { LayerRow } from './read_layer.ts'
import { absentMasters, checkReferences } from './references.ts'
import { refusedFault } from './refused.ts'
import { failedReport, printReport, type FileReport, type ImportReport } from './report.ts'
import { noteDropped, roadNotes } from './road_notes.ts'
import type { ImportOptions, OpenedFile } from './run.ts'
import { stageLayer } from './stage.ts'
import { swap } from './swap.ts'
import { checkTurns, noteUnplaced } from './turns.ts'
import { placeIncidents, purgeRetired } from './tidy.ts'
import type { LayerContent, LiveLayer } from './types.ts'

/**
 * From opened files to the live city: judge rows, build layers, stage, check, swap, tidy. A fault of a layer as a whole ends
 * it with a failed report and nothing changed; so does an error of the database before the swap, which is thrown on with
 * the printed report. What fails after the swap is a note on it: the city has changed then.
 */
export async function importLayers(
  db: Database,
  manifest: FolderManifest,
  opened: readonly OpenedFile[],
  options: ImportOptions,
): Promise<ImportReport> {
  const began = performance.now()
  const { now } = options
  const report = { ...failedReport(manifest.city.name), city: manifest.city }
  await purgeRetired(db, now())
  const import_id = await db.value<number>('import_begin', { source: manifest.city.name, now: now() })
  /** Keeps the report with the import; says in `said` when the database did not take it. */
  const finish = async (query: 'import_finish' | 'import_fail', said: string[]) => {
    report.seconds = (performance.now() - began) / 1000
    const kept = JSON.stringify(report, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value))
    try {
      await db.rows(query, { import_id, report: kept, now: now() })
    } catch (error) {
      said.push(`laporan ini tidak tersimpan: ${(error as Error).message}`)
    }
  }
  let doing = ''
  const progress = (text: string) => {
    doing = text
    options.progress(text)
  }
  const changed = new Set<string>()
  let rows: Map<LayerName, LayerRow[]>
  try {
    const files = await readAll(db, opened, report, progress)
    await checkReferences(db, files)
    await checkPosition(db, manifest.city.code, files)
    await placeNeighbourhoods(db, files)
    await judgeClosures(db, files, now())
    checkTurns(files.get('turn') ?? [])
    rows = judgeLayers(opened, report, files)
    const live = await db.rows<LiveLayer>('import_live')
    const version_ids: number[] = []
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
    doing = ''
    const master = masterContent(rows)
    if (master) report.notes.push(...(await absentMasters(db, master)))
    const closures = rows.get('closure')
    const swapping = performance.now()
    const result = await swap(db, {
      import_id,
      version_ids,
      city: manifest.city,
      master,
      built_in: false,
      actor: options.actor,
      now: now(),
      closures: closures ? closureContent(closures) : null,
      simulated: options.simulated ?? false,
    })
    report.swap_ms = performance.now() - swapping
    report.layers = result.layers.map(({ layer, row_count }) => ({ layer, row_count }))
    if (result.closures !== null) report.layers.push({ layer: 'closure', row_count: closures?.length ?? 0 })
    report.status = result.seq === null && result.closures === null ? 'unchanged' : 'done'
    if (closures && options.simulated) report.notes.push('penutupan tercatat sebagai simulasi: ini basis data demo')
    if (result.master) report.notes.push(masterNote(result.master))
    if (changed.has('street') && !rows.has('road'))
      report.notes.push('nama pada ruas jalan tetap yang lama: impor lapis road bersama street agar ikut berganti')
  } catch (error) {
    report.faults =
      error instanceof ImportFault ? error.faults : [`${doing && `saat ${doing}: `}${(error as Error).message}`]
    await finish('import_fail', report.faults)
    if (error instanceof ImportFault) return report
    throw new Error(printReport(report).join('\n'), { cause: error })
  }
  try {
    report.notes.push(...stillBuiltIn(await db.rows<LiveLayer>('import_live'), manifest.city))
    progress('merapikan')
    if (rows.has('kelurahan')) {
      const moved = await placeIncidents(db, options.actor, now)
      if (moved) report.notes.push(`${moved} kejadian kini tercatat di kelurahan lain`)
    }
    await purgeRetired(db, now())
  } catch (error) {
    report.notes.push(`belum dirapikan: dilanjutkan saat server dinyalakan (${(error as Error).message})`)
  }
  await finish('import_finish', report.notes)
  return report
}

/** The rows of each layer without doubles. Throws {@link ImportFault} with everything that speaks against taking them. */
function judgeLayers(
  opened: readonly OpenedFile[],
  report: ImportReport,
  files: ReadonlyMap<LayerName, FileRows[]>,
): Map<LayerName, LayerRow[]> {
  const faults = opened.map(({ entry }, i) => refusedFault(entry, report.files[i])).filter((fault) => fault !== null)
  const rows = new Map<LayerName, LayerRow[]>()
  for (const [layer, parts] of files) {
    const kept = withoutDuplicates(layer, parts)
    rows.set(layer, kept.rows)
    faults.push(...kept.faults)
    if (kept.rows.length === 0) faults.push(`lapis ${layer}: tidak ada baris yang dapat diambil`)
  }
  if (faults.length) throw new ImportFault(faults)
  return rows
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
  let roads: Pick<RoadNetwork, 'nodes' | 'edges'> | null = null
  for (const [layer, kept] of rows) {
    if (!isDrawn(layer)) continue
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
    noteDropped(kept, network)
    if (network.edges.length === 0) throw new ImportFault(['lapis road: tidak ada ruas tersisa'])
    report.notes.push(...roadNotes(network))
    contents.push(content)
    roads = network
  }
  const turns = rows.get('turn')
  if (turns) noteUnplaced(turns, roads ?? (await readRoads(db)))
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
