import { inPolygon } from '../../geo/address/shapes.ts'
import type { LonLat } from '../../geo/earth.ts'

export interface OsmMember {
  type: string
  role: string
  geometry?: ({ lat: number; lon: number } | null)[]
  /** Of a node. */
  lat?: number
  lon?: number
}

const same = (a: LonLat, b: LonLat) => a[0] === b[0] && a[1] === b[1]

/** Ways joined end to end into closed rings; null when some end meets nothing (a member is missing from the answer). */
export function joinRings(ways: readonly LonLat[][]): LonLat[][] | null {
  const left = ways.filter((way) => way.length > 1).map((way) => [...way])
  const rings: LonLat[][] = []
  for (let ring = left.pop(); ring; ring = left.pop()) {
    while (!same(ring[0], ring[ring.length - 1])) {
      const end: LonLat = ring[ring.length - 1]
      const next = left.findIndex((way) => same(way[0], end) || same(way[way.length - 1], end))
      if (next < 0) return null
      const [way] = left.splice(next, 1)
      ring.push(...(same(way[0], end) ? way : way.reverse()).slice(1))
    }
    rings.push(ring)
  }
  return rings
}

/** An area relation as GeoJSON: each outer ring a polygon with the inner rings that begin inside it; null when it is not closed. */
export function relationArea(
  members: readonly OsmMember[],
): { type: 'MultiPolygon'; coordinates: LonLat[][][] } | null {
  const ways = (inner: boolean) =>
    members
      .filter(
        (member) =>
          member.type === 'way' &&
          member.geometry &&
          (member.role === 'inner') === inner &&
          ['', 'outer', 'inner'].includes(member.role),
      )
      .map((member) => (member.geometry ?? []).filter((p) => p !== null).map(({ lon, lat }): LonLat => [lon, lat]))
  const outer = joinRings(ways(false))
  const inner = joinRings(ways(true))
  if (!outer?.length || !inner) return null
  return {
    type: 'MultiPolygon',
    coordinates: outer.map((ring) => [
      ring,
      ...inner.filter((hole) => inPolygon(hole[0], { type: 'MultiPolygon', coordinates: [[ring]] })),
    ]),
  }
}
