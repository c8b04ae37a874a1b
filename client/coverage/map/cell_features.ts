import { cellsToMultiPolygon, cellToBoundary } from 'h3-js'
import type { Shade } from './shades.ts'

/** Shapes of the city's cells, worked out once: some 3,000. */
export class CellShapes {
  private readonly known = new Map<string, GeoJSON.Position[][]>()

  private of(h3: string): GeoJSON.Position[][] {
    const known = this.known.get(h3)
    if (known) return known
    const made = [cellToBoundary(h3, true)]
    this.known.set(h3, made)
    return made
  }

  /** One feature for each painted cell. */
  features(h3: readonly string[], shades: readonly Shade[]): GeoJSON.Feature[] {
    return h3.flatMap((cell, i) => {
      const shade = shades[i]
      return shade
        ? [{ type: 'Feature', properties: shade, geometry: { type: 'Polygon', coordinates: this.of(cell) } }]
        : []
    })
  }
}

/** Lines around all cells within each limit: the isochrones, on cells. */
export const limitLines = (
  h3: readonly string[],
  seconds: readonly (number | null)[],
  minutes: readonly number[],
): GeoJSON.Feature[] =>
  minutes.map((limit) => ({
    type: 'Feature',
    properties: { limit },
    geometry: {
      type: 'MultiPolygon',
      coordinates: cellsToMultiPolygon(
        h3.filter((_, i) => {
          const s = seconds[i]
          return s !== null && s <= limit * 60
        }),
        true,
      ),
    },
  }))
