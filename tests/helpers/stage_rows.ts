import { stageCode } from '../../geo/stats/stage_code.ts'
import type { StageRow } from '../../geo/stats/stage_figures.ts'

/** One incident of a period with the stage asked for. Districts are null outside the city. */
export interface CellIncident extends StageRow {
  lon: number
  lat: number
  kelurahan_code: string | null
  kecamatan_code: string | null
  open: boolean
}

/** As sql/queries/stats_cells.sql gives them while no cell is written down yet. */
export function stageRows(incidents: readonly CellIncident[], level: string, limit_seconds: number) {
  const by_district = level === 'kelurahan' || level === 'kecamatan'
  return incidents.flatMap((incident) => {
    const area = by_district ? incident[`${level}_code`] : null
    if (by_district && area === null) return []
    const codes = Buffer.alloc(4)
    codes.writeInt32BE(stageCode(incident, limit_seconds))
    return [{ area, lon: incident.lon, lat: incident.lat, open: Number(incident.open), codes }]
  })
}
