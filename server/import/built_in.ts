import { createHash } from 'node:crypto'
import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Database } from '../db/database.ts'
import { prepareGeometries } from './geometry.ts'
import type { GeometryKind } from './geometry.ts'
import { roadContent } from './road_rows.ts'
import { stageLayer } from './stage.ts'
import { swap } from './swap.ts'
import { placeIncidents, purgeRetired } from './tidy.ts'
import type { LayerContent, LiveLayer, MasterContent, StageRow } from './types.ts'

const CITY = BUILT_IN_CITY
/** Counts up when this file makes other rows from the same facts. */
const RECIPE = 3
const ACTOR = 'system'

/** Fingerprint of the program's own city: another one than the database's means that the program knows better facts. */
export const builtInHash = (): string =>
  createHash('sha256')
    .update(JSON.stringify([RECIPE, CITY]))
    .digest('hex')

/**
 * Fills an empty database with the built-in city, and brings what is still built in up to the program's facts. What was
 * imported stays as it is. Answers whether anything changed; the second call in a row never does.
 */
export async function seedBuiltIn(
  db: Database,
  progress: (text: string) => void,
  now: Date = new Date(),
): Promise<boolean> {
  const hash = builtInHash()
  const known = await db.value<{ hash: string } | null>('setting', { key: 'built_in_city' })
  if (known?.hash === hash) return false
  progress(known ? 'memperbarui kota bawaan' : 'mengisi kota bawaan')
  const live = await db.rows<LiveLayer>('import_live')
  const import_id = await db.value<number>('import_begin', { source: CITY.source, now })
  const version_ids: number[] = []
  for (const content of await builtInLayers(db)) {
    const id = await stageLayer(db, content, { import_id, built_in: true, live })
    if (id !== null) version_ids.push(id)
  }
  const result = await swap(db, {
    import_id,
    version_ids,
    city: { code: CITY.code, name: CITY.name },
    master: { ...builtInMaster(), hash },
    built_in: true,
    actor: ACTOR,
    now,
    closures: null,
    simulated: false,
  })
  await purgeRetired(db, now)
  if (result.layers.some(({ layer }) => layer === 'kelurahan')) await placeIncidents(db, ACTOR, () => now)
  progress(`kota bawaan: ${result.layers.length} lapis, ${CITY.agencies.length} instansi, ${CITY.units.length} unit`)
  return true
}

const line = (points: readonly LonLat[]) => ({ type: 'LineString', coordinates: points })
const polygon = (points: readonly LonLat[]) => ({ type: 'Polygon', coordinates: [points] })
const point = (coordinates: LonLat) => ({ type: 'Point', coordinates })

async function builtInLayers(db: Database): Promise<LayerContent[]> {
  const from = { source: CITY.source, attribution: null }
  const drawn = async <T>(
    layer: Exclude<LayerContent['layer'], 'road'>,
    items: readonly T[],
    kind: GeometryKind,
    geometry: (item: T) => object,
    row: (item: T) => StageRow,
  ): Promise<LayerContent> => {
    const prepared = await prepareGeometries(db, items.map(geometry), 4326, kind)
    const bad = prepared.findIndex((p) => p.geom === null)
    if (bad >= 0) throw new Error(`built-in ${layer}, item ${bad + 1}: ${prepared[bad].refused}`)
    return {
      layer,
      ...from,
      tables: [{ table: layer, rows: items.map((item, i) => ({ id: i + 1, ...row(item), geom: prepared[i].geom })) }],
    }
  }
  const streets = CITY.streets.map(({ name, class: word, points }, i) => ({
    coordinates: [...points],
    class: word,
    name,
    oneway: 0 as const,
    speed_kmh: null,
    source_row: i + 1,
  }))
  return [
    await drawn(
      'outline',
      CITY.outline,
      'shape',
      (o) => (o.class === 'coast' ? line(o.points) : polygon(o.points)),
      (o) => ({ class: o.class }),
    ),
    await kelurahanLayer(db, from),
    await drawn(
      'neighbour',
      CITY.neighbours,
      'polygon',
      (n) => polygon(n.points),
      ({ regency, name }) => ({ regency, name }),
    ),
    roadContent(
      streets,
      [],
      CITY.railway.map((rail) => rail.points),
      from,
    ).content,
    await drawn(
      'street',
      CITY.streets,
      'line',
      (s) => line(s.points),
      (s) => ({ name: s.name, class: s.class }),
    ),
    await drawn(
      'water',
      CITY.rivers,
      'water',
      (w) => line(w.points),
      ({ name, class: word }) => ({ name, class: word }),
    ),
    await drawn(
      'rail',
      CITY.railway,
      'line',
      (r) => line(r.points),
      (r) => ({ class: r.class }),
    ),
    await drawn(
      'place',
      CITY.places,
      'point',
      (p) => point(p.point),
      ({ name, kind, address }) => ({ name, kind, address }),
    ),
    await drawn(
      'facility',
      CITY.facilities,
      'point',
      (f) => point(f.point),
      ({ name, kind, address, phone }) => ({ name, kind, address, phone }),
    ),
  ]
}

async function kelurahanLayer(db: Database, from: { source: string; attribution: null }): Promise<LayerContent> {
  const points = CITY.kelurahan.flatMap((k) => k.known_points.map(([lon, lat]) => ({ code: k.code, lon, lat })))
  const areas = await db.rows<{ code: string; geom: string }>('import_city_voronoi', {
    points,
    land: polygon(CITY.land),
  })
  const geomOf = new Map(areas.map(({ code, geom }) => [code, geom]))
  const rows = CITY.kelurahan.map(({ known_points: _, ...facts }) => {
    const geom = geomOf.get(facts.code)
    if (!geom) throw new Error(`built-in kelurahan ${facts.name} has no area inside the land`)
    return { ...facts, geom }
  })
  return { layer: 'kelurahan', ...from, tables: [{ table: 'kelurahan', rows }] }
}

function builtInMaster(): MasterContent {
  return {
    agencies: CITY.agencies.map(({ code, name, kind, phone, tracked }) => ({ code, name, kind, phone, tracked })),
    stations: CITY.stations.map(({ location, ...station }) => ({ ...station, geom: JSON.stringify(point(location)) })),
    units: CITY.units.map(({ callsign, agency_code, station_code, kind, capabilities, crew, turnout_seconds }) => ({
      callsign,
      agency_code,
      station_code,
      kind,
      capabilities: [...capabilities],
      crew,
      turnout_seconds,
    })),
    agency_kinds: [...CITY.agency_kinds],
    incident_types: CITY.incident_types.map(({ needs, ...type }, sort) => ({
      ...type,
      sort,
      needs: needs.map((need, ord) => ({ ...need, ord })),
    })),
  }
}
