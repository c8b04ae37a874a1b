import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import type { LonLat } from '../../../geo/earth.ts'
import type { Rings } from './grid.ts'

export interface Site {
  code: string
  lon: number
  lat: number
}
export interface Area {
  code: string
  polygons: readonly Rings[]
  valid: boolean
  km2: number
}

/** An embedded PostGIS of this test's own, with city_voronoi as it is built by the migrations. Close it. */
export async function openVoronoi(): Promise<PGlite> {
  const db = new PGlite({ extensions: { postgis } })
  await db.exec('create extension if not exists postgis')
  await db.exec(readFileSync(new URL('../../../sql/functions/city_voronoi.sql', import.meta.url), 'utf8'))
  return db
}

export async function voronoi(db: PGlite, sites: readonly Site[], ring: readonly LonLat[]): Promise<Area[]> {
  const outline = JSON.stringify({ type: 'Polygon', coordinates: [ring] })
  const { rows } = await db.query<{ code: string; geojson: string; valid: boolean; km2: number }>(
    `select code, st_asgeojson(geom, 9) as geojson, st_isvalid(geom) as valid, st_area(geom::geography) / 1e6 as km2
       from city_voronoi($1::jsonb, st_setsrid(st_geomfromgeojson($2), 4326))`,
    [JSON.stringify(sites), outline],
  )
  return rows.map(({ code, geojson, valid, km2 }) => {
    const { coordinates } = JSON.parse(geojson) as { coordinates: LonLat[][][] }
    return { code, polygons: coordinates, valid, km2 }
  })
}
