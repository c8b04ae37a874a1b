import { latLngToCell } from 'h3-js'
import { HOTSPOT_RESOLUTION } from '../../geo/stats/hotspots.ts'
import type { HotspotCell } from '../../geo/wire/hotspots.ts'
import { studiedCells, type CellCounts } from './hotspot_cells.ts'
import { historyFrame, type HistoryFrame, type HotspotQuery, type HotspotServices } from './hotspot_history.ts'

interface CountRow {
  /** Index into the frame's months. */
  month: number
  h3: string | null
  n: number
  lon: number
  lat: number
}

/** The incidents of the type asked for by month and cell, counted by the database: the same as countAll of the history. */
export async function readCounts(
  { db, simulated }: HotspotServices,
  { months, cells, incident_type }: HistoryFrame,
  now: Date,
): Promise<CellCounts> {
  const rows = await db.rows<CountRow>('hotspot_counts', {
    from: months.map(({ from }) => new Date(from).toISOString()),
    to: months.map(({ to }) => new Date(to).toISOString()),
    ...{ now, simulated, incident_type },
  })
  const size = cells.cells.length
  const counts = months.map(() => new Array<number>(size).fill(0))
  const lon = new Float64Array(size)
  const lat = new Float64Array(size)
  const last = months.length - 1
  let outside = 0
  for (const row of rows) {
    const cell = cells.index.get(row.h3 ?? latLngToCell(row.lat, row.lon, HOTSPOT_RESOLUTION))
    if (cell === undefined) {
      if (row.month === last) outside += row.n
      continue
    }
    counts[row.month][cell] += row.n
    if (row.month !== last) continue
    lon[cell] += row.lon
    lat[cell] += row.lat
  }
  return { counts, lon, lat, outside }
}

/** The cells of a month, for whoever needs no more of its study. */
export async function hotspotCells(services: HotspotServices, query: HotspotQuery, now: Date): Promise<HotspotCell[]> {
  const frame = await historyFrame(services, query, now)
  return studiedCells(frame, services.city, await readCounts(services, frame, now)).cells
}
