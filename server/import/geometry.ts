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
export async function prepareGeometries(
  db: Database,
  geometries: readonly RawGeometry[],
  epsg: number,
  kind: GeometryKind,
): Promise<PreparedGeometry[]> {
  const prepared: PreparedGeometry[] = []
  await inBatches(geometries, async (batch) => {
    const closed = batch.map(closeRings)
    const rows = await db.rows<PreparedGeometry>('import_prepare', {
      rows: closed.map(({ geometry }, i) => ({ i, geometry })),
      epsg,
      kind,
    })
    for (const [i, { geom, repaired, refused, lon, lat, lines }] of rows.entries()) {
      const notes = [closed[i].open ? 'cincin tidak tertutup, ditutup' : null, repaired].filter((note) => note !== null)
      prepared.push({
        geom,
        refused,
        lon,
        lat,
        lines,
        repaired: refused === null && notes.length ? notes.join('; ') : null,
      })
    }
  })
  return prepared
}

/** PostGIS versions differ on an open ring: some close it without a word, some refuse the row. Here it is closed, and said. */
function closeRings(geometry: RawGeometry): { geometry: RawGeometry; open: boolean } {
  const { type, coordinates } =
    ((typeof geometry === 'object' ? geometry : null) as { type?: unknown; coordinates?: unknown }) ?? {}
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) return { geometry, open: false }
  let open = false
  const close = (ring: unknown): unknown => {
    if (!Array.isArray(ring) || ring.length < 3 || JSON.stringify(ring[0]) === JSON.stringify(ring[ring.length - 1]))
      return ring
    open = true
    return [...(ring as unknown[]), ring[0]]
  }
  const closePart = (part: unknown): unknown => (Array.isArray(part) ? part.map(close) : part)
  const closed = type === 'Polygon' ? closePart(coordinates) : coordinates.map(closePart)
  return open ? { geometry: { type, coordinates: closed }, open } : { geometry, open }
}
