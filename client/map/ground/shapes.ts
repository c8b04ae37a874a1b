import type { MapData } from '../base/layer.ts'
import { boundsOf, centreOf, polygonsOf } from '../geometry.ts'

type Ring = [number, number][]
export type Polygon = Ring[]

/** Shapes of areas by their id, worked out once: H3 cells for ever, districts as long as the map's data are. */
export class Shapes {
  private readonly cells = new Map<string, Polygon[]>()
  private h3: typeof import('h3-js') | null = null
  private districts = new Map<string, Polygon[]>()
  private data: MapData | null = null

  /** To be awaited before H3 cells are asked for: their library is fetched only then. */
  async ready(data: MapData, with_cells: boolean): Promise<void> {
    if (data !== this.data) {
      this.data = data
      this.districts = new Map()
    }
    if (with_cells) this.h3 ??= await import('h3-js')
  }

  /** The polygons of an H3 cell. */
  cell(h3: string): Polygon[] {
    const known = this.cells.get(h3)
    if (known) return known
    const made = this.h3 ? [[this.h3.cellToBoundary(h3, true)]] : []
    this.cells.set(h3, made)
    return made
  }

  /** The polygons of a kelurahan, or of all kelurahan of a kecamatan: its code begins theirs. */
  district(code: string): Polygon[] {
    const known = this.districts.get(code)
    if (known) return known
    const made = this.features(code).flatMap((feature) => polygonsOf(feature) as Polygon[])
    this.districts.set(code, made)
    return made
  }

  /** The city: all of its kelurahan. */
  city(): Polygon[] {
    return this.district('')
  }

  /** Where a word on an area stands; null for an area the map does not have. */
  middle(area: string): [lon: number, lat: number] | null {
    if (this.h3?.isValidCell(area)) {
      const [lat, lon] = this.h3.cellToLatLng(area)
      return [lon, lat]
    }
    const features = this.features(area)
    return features.length > 0 ? centreOf(boundsOf(features)) : null
  }

  private features(code: string): GeoJSON.Feature[] {
    const all = this.data?.get('kelurahan')?.features ?? []
    return all.filter((feature) => String(feature.properties?.code).startsWith(code))
  }
}
