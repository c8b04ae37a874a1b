import type { LonLat } from '../../geo/earth.ts'
import type { OsmElement } from './osm_rows.ts'
import type { RawRow } from './read_file.ts'

const same = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1]

/** The vertex of a way next to one of its ends; null when the point is no end of it. */
function nextTo(way: readonly LonLat[], end: LonLat): LonLat | null {
  if (way.length < 2) return null
  if (same(way[0], end)) return way[1]
  return same(way[way.length - 1], end) ? way[way.length - 2] : null
}

/**
 * A turn restriction as a row of layer `turn`; null when it binds no emergency vehicle. One that leads over several junctions (its
 * `via` is a way) or whose ways do not end at the junction is a row with a fault. Called by osm_rows.ts.
 */
export function turnRow({ id, tags = {}, members = [] }: OsmElement): RawRow | null {
  const kind = /^(no|only)_/.exec(tags.restriction ?? '')?.[1]
  if (kind === undefined || /\b(emergency|motor_vehicle)\b/.test(tags.except ?? '')) return null
  const point = (role: string) => members.find((each) => each.role === role && each.type === 'node')
  const way = (role: string): LonLat[] =>
    (members.find((each) => each.role === role && each.type === 'way')?.geometry ?? [])
      .filter((p) => p !== null)
      .map(({ lon, lat }) => [lon, lat])
  const via = point('via')
  const row = { row: id, values: { seconds: null, only: kind === 'only' } }
  if (via?.lon === undefined || via.lat === undefined)
    return { ...row, geometry: null, fault: 'larangan belok melewati lebih dari satu simpang: tidak dibaca' }
  const at: LonLat = [via.lon, via.lat]
  const [from, to] = [nextTo(way('from'), at), nextTo(way('to'), at)]
  if (!from || !to) return { ...row, geometry: null, fault: 'jalan asal atau tujuan tidak berujung di simpang itu' }
  return { ...row, geometry: { type: 'LineString', coordinates: [from, at, to] }, fault: null }
}
