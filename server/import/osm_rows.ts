import { inPolygon, pointInside } from '../../geo/address/shapes.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { RawGeometry } from './geometry.ts'
import type { LayerName } from './layers.ts'
import { HIGHWAYS, PLACE_KEYS, WATERWAYS } from './overpass_query.ts'
import { relationArea } from './osm_rings.ts'
import type { OsmMember } from './osm_rings.ts'
import { turnRow } from './osm_turns.ts'
import type { RawRow } from './read_file.ts'

/** An element of an Overpass answer made with `out geom`. */
export interface OsmElement {
  type: 'node' | 'way' | 'relation'
  id: number
  tags?: Record<string, string>
  lat?: number
  lon?: number
  geometry?: ({ lat: number; lon: number } | null)[]
  members?: OsmMember[]
}

type Area = NonNullable<ReturnType<typeof relationArea>>

/** OSM amenities that the room works with, in the words of the facility layer. */
const FACILITY: Record<string, string> = {
  hospital: 'rs',
  clinic: 'klinik',
  doctors: 'klinik',
  fire_station: 'damkar',
  police: 'polisi',
  townhall: 'pemkot',
  bus_station: 'terminal',
  social_facility: 'dinsos',
}

const codeOf = (tags: Record<string, string>): string | null =>
  Object.entries(tags).find(
    ([key, value]) => /^(ref|ref:.*)$|kemendagri|:code$/.test(key) && /^\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?$/.test(value),
  )?.[1] ?? null

const lineOf = ({ geometry }: OsmElement): LonLat[] =>
  (geometry ?? []).filter((p) => p !== null).map(({ lon, lat }) => [lon, lat])

function shapeOf(element: OsmElement): RawGeometry {
  if (element.type === 'node') return { type: 'Point', coordinates: [element.lon, element.lat] }
  if (element.type === 'relation') return relationArea(element.members ?? [])
  const line = lineOf(element)
  const closed = line.length > 3 && line[0][0] === line[line.length - 1][0] && line[0][1] === line[line.length - 1][1]
  return closed ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line }
}

/** The city among the boundaries of an answer: the one named or coded so, else the only one of the highest rank. */
export function findCity(
  elements: readonly OsmElement[],
  wish: { name?: string; code?: string },
): { code: string; name: string; element: OsmElement } | string {
  const boundaries = elements.filter(
    ({ type, tags }) => type === 'relation' && tags?.boundary === 'administrative' && tags.admin_level,
  )
  if (boundaries.length === 0)
    return 'tidak ada batas administrasi dalam jawaban Overpass: nama atau kode kotanya benar?'
  const level = Math.min(...boundaries.map(({ tags }) => Number(tags?.admin_level)))
  const namesOf = ({ tags }: OsmElement) =>
    [tags?.name, tags?.official_name, tags?.alt_name, tags?.['name:id']].map((name) => name?.toLowerCase())
  const candidates = boundaries
    .filter((b) => Number(b.tags?.admin_level) === level)
    .filter((b) => wish.name === undefined || namesOf(b).includes(wish.name.toLowerCase()))
    .filter((b) => wish.code === undefined || codeOf(b.tags ?? {}) === null || codeOf(b.tags ?? {}) === wish.code)
  if (candidates.length !== 1) {
    const names = (candidates.length ? candidates : boundaries).map(
      ({ tags, id }) => `${tags?.official_name ?? tags?.name ?? ''} (relation ${id})`,
    )
    return `kota tidak pasti; ada: ${names.slice(0, 10).join(', ')}. Sebutkan --name atau --code`
  }
  const [element] = candidates
  return {
    element,
    code: wish.code ?? codeOf(element.tags ?? {}) ?? `osm-${element.id}`,
    name: element.tags?.official_name ?? element.tags?.name ?? wish.name ?? '',
  }
}

/** An Overpass answer as rows of the import's layers; `row` is the OSM id, so that a report leads to the object. */
export function osmRows(
  elements: readonly OsmElement[],
  city: { name: string; element: OsmElement },
): Map<LayerName, RawRow[]> {
  const rows = new Map<LayerName, RawRow[]>()
  const add = (
    layer: LayerName,
    { id }: OsmElement,
    values: Record<string, unknown>,
    geometry: RawGeometry,
    fault: string | null = null,
  ) => void (rows.get(layer) ?? rows.set(layer, []).get(layer))?.push({ row: id, values, geometry, fault })
  addDistricts(elements, city, add)
  for (const element of elements) {
    const tags = element.tags ?? {}
    const highway = tags.highway?.replace(/_link$/, '')
    if (element.type === 'way' && highway !== undefined && HIGHWAYS.includes(highway)) {
      const line = { type: 'LineString', coordinates: lineOf(element) }
      add(
        'road',
        element,
        {
          class: tags.highway,
          name: tags.name ?? null,
          oneway: onewayOf(tags),
          speed_kmh: speedOf(tags.maxspeed),
          level: levelOf(tags),
        },
        line,
      )
      if (tags.name) add('street', element, { name: tags.name, class: tags.highway }, line)
    } else if (element.type === 'way' && tags.waterway !== undefined && WATERWAYS.includes(tags.waterway)) {
      add(
        'water',
        element,
        { name: tags.name ?? null, class: tags.waterway },
        { type: 'LineString', coordinates: lineOf(element) },
      )
    } else if (element.type === 'way' && tags.railway === 'rail') {
      add(
        'rail',
        element,
        { class: tags.service ?? tags.usage ?? 'rail' },
        { type: 'LineString', coordinates: lineOf(element) },
      )
    } else if (element.type === 'relation' && tags.type === 'restriction') {
      const turn = turnRow(element)
      if (turn) add('turn', element, turn.values, turn.geometry, turn.fault)
    } else if (tags.name && tags.boundary === undefined) {
      addNamed(element, tags, add)
    }
  }
  return rows
}

type Add = (
  layer: LayerName,
  element: OsmElement,
  values: Record<string, unknown>,
  geometry: RawGeometry,
  fault?: string | null,
) => void

function addDistricts(elements: readonly OsmElement[], city: { name: string; element: OsmElement }, add: Add): void {
  const cityArea = relationArea(city.element.members ?? [])
  const level = (wanted: number) =>
    elements.filter(
      ({ type, tags }) =>
        type === 'relation' && tags?.boundary === 'administrative' && Number(tags.admin_level) === wanted,
    )
  const kecamatan = level(6).map((element) => ({
    name: element.tags?.name ?? '',
    code: codeOf(element.tags ?? {}),
    area: relationArea(element.members ?? []),
  }))
  for (const element of level(7)) {
    const tags = element.tags ?? {}
    const area = relationArea(element.members ?? [])
    // Neighbours that share a border come with the answer; they are not the city's.
    if (area && cityArea && !within(area, cityArea)) continue
    const parent = area ? kecamatan.find((k) => k.area && within(area, k.area)) : undefined
    const values = {
      code: codeOf(tags) ?? `osm-${element.id}`,
      name: tags.name ?? '',
      kecamatan: parent?.name || city.name,
      kecamatan_code: parent?.code ?? null,
      postcode: tags.postal_code ?? null,
    }
    add(
      'kelurahan',
      element,
      values,
      area,
      area ? null : 'batas tidak tertutup: ada ruas yang tidak ikut dalam jawaban',
    )
  }
}

const within = (area: Area, container: Area): boolean => inPolygon(pointInside(area), container)

function addNamed(element: OsmElement, tags: Record<string, string>, add: Add): void {
  const address = [tags['addr:street'], tags['addr:housenumber']].filter(Boolean).join(' ') || null
  const amenity = tags.amenity ?? tags.healthcare
  const kind = /puskesmas/i.test(tags.name) ? 'puskesmas' : amenity === undefined ? undefined : FACILITY[amenity]
  if (kind !== undefined) {
    add(
      'facility',
      element,
      { name: tags.name, kind, address, phone: tags.phone ?? tags['contact:phone'] ?? null },
      shapeOf(element),
    )
    return
  }
  const key = PLACE_KEYS.find((k) => tags[k] !== undefined)
  if (key !== undefined)
    add('place', element, { name: tags.name, kind: tags[key] === 'yes' ? key : tags[key], address }, shapeOf(element))
}

function onewayOf(tags: Record<string, string>): number {
  if (tags.oneway === '-1' || tags.oneway === 'reverse') return -1
  if (['yes', '1', 'true'].includes(tags.oneway ?? '')) return 1
  if (tags.oneway === 'no') return 0
  return tags.junction === 'roundabout' || tags.junction === 'circular' || tags.highway === 'motorway' ? 1 : 0
}

function speedOf(maxspeed: string | undefined): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh)?$/.exec(maxspeed?.trim() ?? '') ?? []
  return number === undefined ? null : Math.round(Number(number) * (unit === 'mph' ? 1.609344 : 1))
}

function levelOf(tags: Record<string, string>): number {
  const layer = Number(tags.layer)
  if (tags.layer !== undefined && Number.isFinite(layer)) return layer
  return tags.bridge && tags.bridge !== 'no'
    ? 1
    : tags.tunnel && tags.tunnel !== 'no' && tags.tunnel !== 'culvert'
      ? -1
      : 0
}
