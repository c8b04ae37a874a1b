import { latLngToCell } from 'h3-js'
import { scatter } from '../../geo/privacy/scatter.ts'
import { HOTSPOT_RESOLUTION } from '../../geo/stats/hotspots.ts'
import { weekHour } from '../../geo/stats/hour_week.ts'
import type { HotspotPoint } from '../../geo/wire/hotspots.ts'
import { cityCells } from '../city/city_cells.ts'
import { requestedMonth, type HotspotQuery, type HotspotServices } from './hotspot_history.ts'

interface PointRow {
  incident_type: string
  lon: number
  lat: number
  /** Epoch ms. */
  at: number
  accuracy_m: number
  draw: string
}

/** A month's incidents as points moved by chance by at least their uncertainty: for the map, and for whoever takes the figures away. */
export async function hotspotPoints(
  { db, simulated, city }: HotspotServices,
  query: HotspotQuery,
  now: Date,
): Promise<HotspotPoint[]> {
  const { from, to, incident_type } = requestedMonth(city, query, now)
  const rows = await db.rows<PointRow>('hotspot_points', {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    now,
    simulated,
    incident_type,
  })
  const { index } = await cityCells(city, HOTSPOT_RESOLUTION)
  return rows.map((row) => {
    const hour = weekHour(row.at)
    const h3 = latLngToCell(row.lat, row.lon, HOTSPOT_RESOLUTION)
    return {
      ...scatter(row.lon, row.lat, row.accuracy_m, row.draw),
      incident_type: row.incident_type,
      h3: index.has(h3) ? h3 : null,
      day: Math.floor(hour / 24),
      hour: hour % 24,
    }
  })
}
