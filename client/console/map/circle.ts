import { fromLocalM } from '../../../geo/earth.ts'

const CORNERS = 48

/** A circle of `radius_m` around a point as a GeoJSON ring: the place may be anywhere inside. */
export function circle(lon: number, lat: number, radius_m: number): GeoJSON.Feature {
  const ring = Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS
    return fromLocalM([radius_m * Math.sin(angle), radius_m * Math.cos(angle)], [lon, lat])
  })
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }
}
