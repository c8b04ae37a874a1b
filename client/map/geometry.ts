export type Bounds = [west: number, south: number, east: number, north: number]

/** Bounds of features, degrees; an empty list gives an inverted box. */
export function boundsOf(features: readonly GeoJSON.Feature[]): Bounds {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity]
  const walk = (c: unknown): void => {
    if (!Array.isArray(c)) return
    if (typeof c[0] !== 'number') return c.forEach(walk)
    box[0] = Math.min(box[0], c[0])
    box[1] = Math.min(box[1], c[1])
    box[2] = Math.max(box[2], c[0])
    box[3] = Math.max(box[3], c[1])
  }
  for (const { geometry } of features) {
    if (geometry.type === 'GeometryCollection')
      walk(geometry.geometries.map((g) => ('coordinates' in g ? g.coordinates : [])))
    else walk(geometry.coordinates)
  }
  return box
}

export const centreOf = (b: Bounds): [number, number] => [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2]

/** Polygons of a feature as rings of [lon, lat]; none for other geometries. */
export function polygonsOf(feature: GeoJSON.Feature): GeoJSON.Position[][][] {
  const { geometry } = feature
  if (geometry.type === 'Polygon') return [geometry.coordinates]
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
}
