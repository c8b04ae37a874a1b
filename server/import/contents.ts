import type { NamedStreet } from '../../geo/roads/name.ts'
import type { Oneway, RoadLine, RoadNetwork } from '../../geo/roads/types.ts'
import { depthCm } from './fields.ts'
import type { LayerName, UndrawnLayer } from './layers.ts'
import type { LayerRow } from './read_layer.ts'
import { roadContent } from './road_rows.ts'
import type { LayerContent, MasterContent, StageRow } from './types.ts'

type Drawn = Exclude<LayerName, UndrawnLayer | 'road'>
interface Origin {
  source: string | null
  attribution: string | null
}

const scalar = (value: LayerRow['fields'][string]): string | number | boolean | null =>
  Array.isArray(value) ? value.join(';') : (value ?? null)
const text = (value: LayerRow['fields'][string]): string | null =>
  value === null || value === undefined ? null : String(scalar(value))

/** Rows of a drawn layer as its table takes them. `population_year` belongs to the kelurahan's population. */
export function drawnContent(
  layer: Drawn,
  rows: readonly LayerRow[],
  from: Origin,
  population_year: number | null,
): LayerContent {
  const made = rows.map(({ fields, geom }, i): StageRow => {
    const plain: StageRow = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, scalar(value)]))
    if (layer === 'kelurahan') {
      const population = plain.population ?? null
      return {
        ...plain,
        geom,
        population,
        population_year: population === null ? null : population_year,
        kecamatan_code: plain.kecamatan_code ?? String(plain.code).split('.').slice(0, 3).join('.'),
      }
    }
    if (layer === 'neighbourhood') {
      const { kelurahan_code, rw, rt } = plain
      return { id: i + 1, kelurahan_code: kelurahan_code ?? null, rw: rw ?? null, rt: rt ?? null, geom }
    }
    if (layer === 'turn') return { id: i + 1, seconds: plain.seconds ?? null, only_turn: plain.only === true, geom }
    if (layer === 'flood') return { id: i + 1, ...plain, depth_cm: plain.depth_cm ?? depthCm(text(fields.depth)), geom }
    return { id: i + 1, ...plain, geom }
  })
  return { layer, ...from, tables: [{ table: layer, rows: made }] }
}

/** Road rows noded and named, with the network for the report; its `source_row` is the index in `roads`. */
export function roadsContent(
  roads: readonly LayerRow[],
  streets: readonly NamedStreet[],
  rails: readonly (readonly (readonly [number, number])[])[],
  from: Origin,
): { content: LayerContent; network: RoadNetwork } {
  const lines = roads.flatMap(({ fields, lines: parts }, source_row) =>
    (parts ?? []).map((coordinates): RoadLine => ({
      coordinates,
      class: String(fields.class),
      name: text(fields.name),
      oneway: (fields.oneway ?? 0) as Oneway,
      speed_kmh: typeof fields.speed_kmh === 'number' && fields.speed_kmh > 0 ? fields.speed_kmh : null,
      source_row,
      layer: typeof fields.level === 'number' ? fields.level : 0,
    })),
  )
  return roadContent(
    lines,
    streets,
    rails.map((rail) => rail.map(([lon, lat]): [number, number] => [lon, lat])),
    from,
  )
}

/** Agencies, posts and units of the files; a kind without a file is left out. */
export function masterContent(rows: ReadonlyMap<LayerName, readonly LayerRow[]>): MasterContent | null {
  const [agencies, stations, units] = [rows.get('agency'), rows.get('station'), rows.get('unit')]
  if (!agencies && !stations && !units) return null
  return {
    ...(agencies
      ? {
          agencies: agencies.map(({ fields: f }) => ({
            code: String(f.code),
            name: String(f.name),
            kind: String(f.kind),
            phone: text(f.phone),
            tracked: f.tracked !== false,
          })),
        }
      : {}),
    ...(stations
      ? {
          stations: stations.map(({ fields: f, geom }) => ({
            code: String(f.code),
            agency_code: String(f.agency_code),
            name: String(f.name),
            address: text(f.address),
            geom: geom ?? '',
          })),
        }
      : {}),
    ...(units
      ? {
          units: units.map(({ fields: f }) => ({
            callsign: String(f.callsign),
            agency_code: String(f.agency_code),
            station_code: text(f.station_code),
            kind: String(f.kind),
            capabilities: Array.isArray(f.capabilities) ? f.capabilities : [],
            crew: typeof f.crew === 'number' ? f.crew : null,
            turnout_seconds: typeof f.turnout_seconds === 'number' ? f.turnout_seconds : null,
          })),
        }
      : {}),
  }
}
