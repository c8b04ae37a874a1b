import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, LineString, MultiLineString } from 'geojson'
import { parse } from 'csv-parse/sync'
import type { CityAreas, GazetteerEntry } from '../../../../geo/address/types.ts'

const root = resolve(import.meta.dirname, '../../../..')
/** Real geodata for tests, or null where absent (then the tests that need it are skipped). */
export const geodataDir =
  [process.env.GEODATA_DIR, resolve(root, '../shared/geodata')].find(
    (dir) => dir && existsSync(join(dir, 'layers.json')),
  ) ?? null
export const casesFile = geodataDir && [join(dirname(geodataDir), 'geocoding/dev.json')].find(existsSync)

interface Layer {
  file: string
  as: string
  kind?: string
  fields?: Record<string, string>
}

function rows(
  dir: string,
  layer: Layer,
): { properties: Record<string, unknown>; geometry: Feature['geometry'] | null }[] {
  const text = readFileSync(join(dir, layer.file), 'utf8')
  if (!layer.file.endsWith('.csv'))
    return (JSON.parse(text) as FeatureCollection).features.map((each) => ({
      properties: each.properties ?? {},
      geometry: each.geometry,
    }))
  return (parse(text, { columns: true }) as Record<string, string>[]).map((row) => {
    const [lon, lat] = [row[layer.fields?.lon ?? ''], row[layer.fields?.lat ?? '']]
    return { properties: row, geometry: lon && lat ? { type: 'Point', coordinates: [Number(lon), Number(lat)] } : null }
  })
}

const multiPolygon = (geometry: Feature['geometry'] | null): MultiPolygon =>
  geometry?.type === 'MultiPolygon'
    ? geometry
    : { type: 'MultiPolygon', coordinates: [(geometry as Polygon).coordinates] }

/** The layers of a folder in memory, as the server would build them from its tables after an import. */
export function loadCity(dir: string): { entries: GazetteerEntry[]; areas: CityAreas } {
  const plan = JSON.parse(readFileSync(join(dir, 'layers.json'), 'utf8')) as { city: { name: string }; layers: Layer[] }
  const entries: GazetteerEntry[] = []
  const areas: CityAreas = { city_name: plan.city.name, kelurahan: [], neighbours: [] }
  for (const layer of plan.layers) {
    if (!['kelurahan', 'neighbour', 'street', 'place', 'facility'].includes(layer.as)) continue
    rows(dir, layer).forEach(({ properties, geometry }, i) => {
      const field = (key: string) => {
        const value = properties[layer.fields?.[key] ?? '']
        return value === undefined || value === null || value === '' ? null : String(value)
      }
      const name = field('name')
      if (!name || !geometry) return
      const common = {
        id: `${layer.file}/${i}`,
        name,
        address: field('address'),
        kelurahan_code: null,
        kelurahan: null,
        kecamatan: null,
      }
      if (layer.as === 'kelurahan') {
        areas.kelurahan = [
          ...areas.kelurahan,
          { code: field('code') ?? '', name, kecamatan: field('kecamatan') ?? '', geometry: multiPolygon(geometry) },
        ]
      } else if (layer.as === 'neighbour') {
        areas.neighbours = [
          ...areas.neighbours,
          { regency: field('regency') ?? '', name, geometry: multiPolygon(geometry) },
        ]
      } else if (layer.as === 'street') {
        const lines =
          geometry.type === 'LineString'
            ? [(geometry as LineString).coordinates]
            : (geometry as MultiLineString).coordinates
        entries.push({
          ...common,
          type: 'street',
          category: field('class'),
          geometry: { type: 'MultiLineString', coordinates: lines },
        })
      } else {
        entries.push({
          ...common,
          type: layer.as as 'place' | 'facility',
          category: field('kind') ?? layer.kind ?? null,
          geometry: geometry as Point,
        })
      }
    })
  }
  return { entries, areas }
}
