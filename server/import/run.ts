import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../db/database.ts'
import { isEpsgKnown } from './geometry.ts'
import { importLayers } from './import_layers.ts'
import { ImportFault, readManifest } from './manifest.ts'
import type { FolderManifest, ManifestEntry } from './manifest.ts'
import { readFile } from './read_file.ts'
import type { RawFile } from './read_file.ts'
import { columnFaults, withUsualColumns } from './read_layer.ts'
import { failedReport, type ImportReport } from './report.ts'

export interface ImportOptions {
  progress: (text: string) => void
  now: () => Date
  actor: string
  /** The world that closures are written to; a city belongs to both. */
  simulated?: boolean
}

/** A file that could be read, with what layers.json says of it. */
export interface OpenedFile {
  entry: ManifestEntry
  file: RawFile
}

/**
 * Imports a folder with layers.json (README, "Import"): everything is read, judged and staged outside, then swapped in
 * one short transaction, or nothing is. Answers the report; `status` failed tells why in `faults`. Throws only when the
 * database fails; the message of what is thrown is then the printed report.
 */
export async function importFolder(db: Database, dir: string, options: ImportOptions): Promise<ImportReport> {
  try {
    const manifest = openManifest(dir)
    return await importLayers(db, manifest, await openFiles(db, dir, manifest), options)
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error
    return failedReport(dir, error.faults)
  }
}

function openManifest(dir: string): FolderManifest {
  const path = join(dir, 'layers.json')
  if (!existsSync(path))
    throw new ImportFault([`${path} tidak ada: folder impor berisi layers.json dan berkas yang disebutnya`])
  return readManifest(readFileSync(path, 'utf8'))
}

/** Opens every file before any is judged, so that all faults are told at once. */
async function openFiles(db: Database, dir: string, manifest: FolderManifest): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = []
  const faults: string[] = []
  for (const [i, stated] of manifest.layers.entries()) {
    try {
      const file = readFile(stated, readText(dir, stated.file))
      const entry = withUsualColumns(stated, file)
      faults.push(...columnFaults(entry, file))
      if (!(await isEpsgKnown(db, file.epsg)))
        faults.push(`layers.json: layers[${i}].epsg: EPSG:${file.epsg} tidak dikenal PostGIS`)
      opened.push({ entry, file })
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error
      faults.push(...error.faults)
    }
  }
  if (faults.length) throw new ImportFault(faults)
  return opened
}

function readText(dir: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(join(dir, file)))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ImportFault([
      `${file}: ${code === 'ENOENT' ? 'berkas tidak ada' : error instanceof TypeError ? 'bukan teks UTF-8' : `tidak terbaca (${code})`}`,
    ])
  }
}
