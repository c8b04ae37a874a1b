import { distanceM } from '../../geo/earth.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Database } from '../db/database.ts'
import type { FileRows } from './duplicates.ts'
import type { LayerName } from './layers.ts'
import { ImportFault } from './manifest.ts'
import type { LayerRow } from './read_layer.ts'

/** A single row farther off than this is worth a word; a whole file is in the wrong CRS. */
const FAR_M = 100_000

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]

function middle(rows: readonly LayerRow[]): LonLat | null {
  const placed = rows.filter((row) => row.lon !== null && row.lat !== null)
  return placed.length ? [median(placed.map((row) => row.lon ?? 0)), median(placed.map((row) => row.lat ?? 0))] : null
}

/**
 * Whether the files lie where the city does: that of the kelurahan being imported, else the live one when it is the same
 * city. A file whose middle is over 100 km off is a fault (a wrong UTM zone moves it by 660 km); single rows are noted.
 */
export async function checkPosition(
  db: Database,
  code: string,
  files: ReadonlyMap<LayerName, FileRows[]>,
): Promise<void> {
  const centre = middle((files.get('kelurahan') ?? []).flatMap(({ rows }) => rows)) ?? (await liveCentre(db, code))
  if (!centre) return
  const faults: string[] = []
  for (const { file, report, rows } of [...files.values()].flat()) {
    const at = middle(rows)
    if (at && distanceM(at, centre) > FAR_M) {
      faults.push(
        `${file}: terletak ${Math.round(distanceM(at, centre) / 1000)} km dari kota (sekitar ${at[0].toFixed(3)}, ${at[1].toFixed(3)}): CRS salah?`,
      )
      continue
    }
    for (const { row, name, lon, lat } of rows) {
      if (lon === null || lat === null || distanceM([lon, lat], centre) <= FAR_M) continue
      report.notes.push(
        `baris ${row}${name ? ` (${name})` : ''}: ${Math.round(distanceM([lon, lat], centre) / 1000)} km dari kota`,
      )
    }
  }
  if (faults.length) throw new ImportFault(faults)
}

async function liveCentre(db: Database, code: string): Promise<LonLat | null> {
  const city = await db.one<{ code: string; bounds: number[] | null }>('map_city')
  if (city.code !== code || !city.bounds?.every(Number.isFinite)) return null
  const [west, south, east, north] = city.bounds
  return [(west + east) / 2, (south + north) / 2]
}
