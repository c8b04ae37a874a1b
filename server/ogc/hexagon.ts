import { cellToBoundary } from 'h3-js'
import type { OgcFeature } from '../../geo/wire/ogc.ts'

const DIGITS = 1e6
const round = (degrees: number) => Math.round(degrees * DIGITS) / DIGITS

/** An H3 cell as a polygon, counter-clockwise as RFC 7946 asks. */
export const hexagon = (h3: string): NonNullable<OgcFeature['geometry']> => ({
  type: 'Polygon',
  coordinates: [cellToBoundary(h3, true).map(([lon, lat]) => [round(lon), round(lat)])],
})
