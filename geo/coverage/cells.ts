import { cellToLatLng, gridDiskDistances, latLngToCell, polygonToCells } from 'h3-js'

/** H3 level of coverage: cells of some 130 m across, about 3,000 in the city. */
export const COVERAGE_RESOLUTION = 10

export interface AreaShape {
  geometry: { coordinates: readonly (readonly (readonly (readonly number[])[])[])[] }
}

/** The cells whose centres lie in some area, each in exactly one, as typed arrays side by side. */
export interface CellSet {
  cells: readonly string[]
  index: ReadonlyMap<string, number>
  lon: Float64Array
  lat: Float64Array
  /** Position of the cell's area in the list it was made from. */
  area: Int32Array
  area_count: number
  /** Cells of the set within some rings of one, by distance: made when first asked for, kept. */
  ringsOf(cell: number, rings: number): readonly (readonly number[])[]
}

export function cellsOf(areas: readonly AreaShape[], resolution = COVERAGE_RESOLUTION): CellSet {
  const steps = cellSteps(areas, resolution)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same area by area, for whoever lets others through in between: the first time takes some 200 ms. */
export function* cellSteps(
  areas: readonly AreaShape[],
  resolution = COVERAGE_RESOLUTION,
): Generator<undefined, CellSet> {
  const index = new Map<string, number>()
  const area: number[] = []
  for (const [i, { geometry }] of areas.entries()) {
    yield
    for (const polygon of geometry.coordinates)
      for (const cell of polygonToCells(polygon as number[][][], resolution, true)) {
        if (index.has(cell)) continue
        index.set(cell, area.length)
        area.push(i)
      }
  }
  const cells = [...index.keys()]
  const centres = cells.map((cell) => cellToLatLng(cell))
  const known = new Map<number, readonly (readonly number[])[]>()
  return {
    cells,
    index,
    lon: Float64Array.from(centres, ([, lon]) => lon),
    lat: Float64Array.from(centres, ([lat]) => lat),
    area: Int32Array.from(area),
    area_count: areas.length,
    ringsOf(cell, rings) {
      const found = known.get(cell)
      if (found && found.length > rings) return found.slice(0, rings + 1)
      const around = gridDiskDistances(cells[cell], rings).map((ring) => ring.flatMap((each) => index.get(each) ?? []))
      known.set(cell, around)
      return around
    },
  }
}

/** Position of the cell a point lies in; -1 outside the set. */
export const cellAt = ({ index }: CellSet, lon: number, lat: number): number =>
  index.get(latLngToCell(lat, lon, COVERAGE_RESOLUTION)) ?? -1
