import type { LonLat } from '../../geo/earth.ts'
import type { Database } from '../db/database.ts'
import { inBatches } from './batches.ts'
import { unstorable } from './fields.ts'

export type GeometryKind = 'polygon' | 'line' | 'point' | 'spot' | 'water' | 'shape'

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

/** What import_geometry.sql says of a row that has no geometry at all. */
export const NO_COORDINATES = 'tanpa koordinat'

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
    const read = batch.map(parsed)
    const faults = read.map(coordinateFault)
    const closed = read.map((geometry, i) => closeRings(faults[i] === null ? geometry : null))
    const rows = await db.rows<PreparedGeometry>('import_prepare', {
      rows: closed.map(({ geometry }, i) => ({ i, geometry })),
      epsg,
      kind,
    })
    for (const [i, { geom, repaired, refused: unfit, lon, lat, lines }] of rows.entries()) {
      const refused = faults[i] ?? unfit
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

/** A CSV's cell may hold GeoJSON: then what it says, else as it is. */
function parsed(geometry: RawGeometry): RawGeometry {
  if (typeof geometry !== 'string' || !geometry.trimStart().startsWith('{')) return geometry
  try {
    return JSON.parse(geometry) as object
  } catch {
    return geometry
  }
}

/** Why a geometry must not reach PostGIS, which reads null and words in a GeoJSON position as 0, and no U+0000 at all. */
function coordinateFault(geometry: RawGeometry): string | null {
  if (typeof geometry === 'string') {
    const reason = unstorable(geometry)
    return reason && `geometri ${reason}`
  }
  const { coordinates, geometries } = (geometry ?? {}) as { coordinates?: unknown; geometries?: unknown }
  const bad = badPosition(coordinates)
  if (bad) return `koordinat bukan angka: ${JSON.stringify(bad).slice(0, 60)}`
  if (!Array.isArray(geometries)) return null
  return (geometries as RawGeometry[]).map(coordinateFault).find((fault) => fault !== null) ?? null
}

/** The first position in nested coordinates that does not begin with two numbers; one of a [] is no position. */
function badPosition(value: unknown): unknown[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  if (value.every(Array.isArray)) {
    for (const part of value) {
      const bad = badPosition(part)
      if (bad) return bad
    }
    return null
  }
  return value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]) ? null : value
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
