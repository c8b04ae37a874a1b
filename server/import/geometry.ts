import type { LonLat } from '../../geo/earth.ts'
import type { Database } from '../db/database.ts'
import { inBatches } from './batches.ts'

export type GeometryKind = 'polygon' | 'line' | 'point' | 'water' | 'shape'

/** What became of one geometry: fit (`geom`, hex EWKB in WGS84), perhaps repaired, or refused with the reason. */
export interface PreparedGeometry {
  geom: string | null
  repaired: string | null
  refused: string | null
  /** Middle of its box, degrees. */
  lon: number | null
  lat: number | null
  /** Coordinates as a MultiLineString has them, of lines only. */
  lines: LonLat[][] | null
}

/** A GeoJSON geometry, a WKT text, or nothing. */
export type RawGeometry = object | string | null

/** Whether PostGIS can bring an EPSG code to WGS84. */
export const isEpsgKnown = (db: Database, epsg: number): Promise<boolean> => db.value('import_epsg_known', { epsg })

/** All geometries of a file through PostGIS, in order: parsed, brought to WGS84, repaired or refused; bad input never throws. */
export async function prepareGeometries(db: Database, geometries: readonly RawGeometry[], epsg: number, kind: GeometryKind): Promise<PreparedGeometry[]> {
  const prepared: PreparedGeometry[] = []
  await inBatches(geometries, async (batch) => {
    const rows = await db.rows<PreparedGeometry>('import_prepare', { rows: batch.map((geometry, i) => ({ i, geometry })), epsg, kind })
    prepared.push(...rows.map(({ geom, repaired, refused, lon, lat, lines }) => ({ geom, repaired, refused, lon, lat, lines })))
  })
  return prepared
}
