import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LonLat } from '../../../geo/earth.ts'
import type { NamedStreet } from '../../../geo/roads/name.ts'
import type { RoadLine } from '../../../geo/roads/types.ts'

const folder = process.env.GEODATA_DIR ?? resolve(import.meta.dirname, '../../../../shared/geodata')

/** The real city's roads, or null where the folder is not there (said on the console). */
export const geodata = existsSync(resolve(folder, 'jaringan_jalan_rtrw.geojson')) ? folder : null
if (geodata === null) console.warn('skipped: the real road layers are not here; set GEODATA_DIR')

interface Feature {
  properties: Record<string, string | null>
  geometry: { type: 'LineString'; coordinates: LonLat[] } | { type: 'MultiLineString'; coordinates: LonLat[][] }
}

const read = (name: string): Feature[] =>
  (JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as { features: Feature[] }).features

const parts = ({ geometry }: Feature): LonLat[][] =>
  geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates

export const cityLines = (): RoadLine[] =>
  read('jaringan_jalan_rtrw.geojson').flatMap((feature, row) =>
    parts(feature).map((coordinates) => ({
      coordinates,
      class: feature.properties.kelas ?? '',
      name: null,
      oneway: 0 as const,
      speed_kmh: null,
      source_row: row + 1,
    })),
  )

export const cityRails = (): LonLat[][] => read('rel_ka.geojson').flatMap(parts)

export const cityStreets = (): NamedStreet[] =>
  read('jalan.geojson').map((f) => ({ name: f.properties.nama, coordinates: parts(f) }))
