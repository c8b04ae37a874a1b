import { z } from 'zod'
import type { Database } from '../db/database.ts'
import { importLayers } from './import_layers.ts'
import { layerSpec } from './layers.ts'
import { ImportFault } from './manifest.ts'
import type { FolderManifest, ManifestEntry } from './manifest.ts'
import { findCity, osmRows } from './osm_rows.ts'
import type { OsmElement } from './osm_rows.ts'
import { overpassQuery } from './overpass_query.ts'
import type { CityWish } from './overpass_query.ts'
import { failedReport, type ImportReport } from './report.ts'
import type { ImportOptions, OpenedFile } from './run.ts'

/** What the licence asks to be shown on the map. */
export const OSM_ATTRIBUTION = '© OpenStreetMap contributors, ODbL'

const position = z.object({ lat: z.number(), lon: z.number() }).nullable()
const answer = z.object({
  remark: z.string().optional(),
  elements: z.array(
    z.object({
      type: z.enum(['node', 'way', 'relation']),
      id: z.number().int(),
      tags: z.record(z.string(), z.string()).optional(),
      lat: z.number().optional(),
      lon: z.number().optional(),
      geometry: z.array(position).optional(),
      members: z
        .array(
          z.object({
            type: z.string(),
            role: z.string().default(''),
            geometry: z.array(position).optional(),
            lat: z.number().optional(),
            lon: z.number().optional(),
          }),
        )
        .optional(),
    }),
  ),
})

/** The text of an Overpass answer as elements. Throws {@link ImportFault} where it is none, or was cut short by the server. */
export function readOverpass(text: string, from: string): OsmElement[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ImportFault([
      `${from}: bukan JSON yang sah: ${(error as Error).message}. Jawaban Overpass harus [out:json]`,
    ])
  }
  const result = answer.safeParse(value)
  if (!result.success)
    throw new ImportFault(
      result.error.issues.slice(0, 10).map((issue) => `${from}: ${issue.path.join('.')}: ${issue.message}`),
    )
  if (/error|timed out|out of memory/i.test(result.data.remark ?? ''))
    throw new ImportFault([`${from}: jawaban terpotong: ${result.data.remark}`])
  const { elements } = result.data
  if (elements.some(({ type, geometry }) => type === 'way' && geometry === undefined))
    throw new ImportFault([`${from}: jalan tanpa geometri; ambil dengan "out geom"`])
  return elements
}

/** Asks an Overpass server for a city; the answer's text as it came. Throws {@link ImportFault} with what to do when it does not answer. */
export async function fetchOverpass(url: string, wish: CityWish): Promise<string> {
  const otherwise = 'Ambil jawabannya di komputer yang terhubung, lalu: npm run import:osm -- BERKAS.json'
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ data: overpassQuery(wish) }),
      signal: AbortSignal.timeout(330_000),
      headers: { 'User-Agent': 'siaga-112' },
    })
    if (!response.ok) throw new ImportFault([`Overpass menjawab ${response.status}: coba lagi nanti. ${otherwise}`])
    return await response.text()
  } catch (error) {
    if (error instanceof ImportFault) throw error
    const cause = (error as Error).cause as { code?: string } | undefined
    throw new ImportFault([
      `Overpass di ${new URL(url).host} tidak terjangkau (${cause?.code ?? (error as Error).name}). ${otherwise}`,
    ])
  }
}

/** Imports a city from an Overpass answer: the same checks, staging and swap as a folder. A layer the answer lacks stays as it is. */
export async function importOsm(
  db: Database,
  text: string,
  from: string,
  wish: CityWish,
  options: ImportOptions,
): Promise<ImportReport> {
  try {
    const elements = readOverpass(text, from)
    const city = findCity(elements, wish)
    if (typeof city === 'string') throw new ImportFault([`${from}: ${city}`])
    const layers: ManifestEntry[] = []
    const opened: OpenedFile[] = []
    for (const [layer, rows] of osmRows(elements, city)) {
      const entry: ManifestEntry = {
        file: from,
        as: layer,
        fields: {},
        source: 'OpenStreetMap',
        attribution: OSM_ATTRIBUTION,
        // what restrictions say beyond one junction is told, and holds up no import
        ...(layer === 'turn' ? { allow_refused: true } : {}),
      }
      layers.push(entry)
      opened.push({
        entry,
        file: { rows, columns: new Set(Object.keys(layerSpec(layer).fields)), epsg: 4326, notes: [] },
      })
    }
    const missing = (['kelurahan', 'road'] as const).filter((layer) => !layers.some((entry) => entry.as === layer))
    if (missing.length)
      throw new ImportFault(
        missing.map(
          (layer) => `${from}: tidak ada ${layer === 'road' ? 'jalan' : 'kelurahan (admin_level 7)'} dalam jawaban`,
        ),
      )
    const manifest: FolderManifest = {
      city: { code: city.code, name: city.name },
      attribution: OSM_ATTRIBUTION,
      layers,
    }
    return await importLayers(db, manifest, opened, options)
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error
    return failedReport(from, error.faults)
  }
}
