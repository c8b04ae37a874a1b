import type { Layer } from '@deck.gl/core'
import { SolidPolygonLayer } from '@deck.gl/layers'
import type { SlaCell } from '../../../geo/wire/stats.ts'
import type { MapData } from '../base/layer.ts'
import { polygonsOf } from '../geometry.ts'
import { HEAT_MIN_N, heatColour } from './heat_scale.ts'

/** Too few to colour: there, but grey. */
const FEW: [number, number, number, number] = [120, 130, 138, 26]
/** Roads and names below must stay readable through it. */
const ALPHA = 125

export interface HeatArea {
  polygon: GeoJSON.Position[][]
  /** Null: too few to colour. */
  share: number | null
}

/** Shapes of the cells, whichever level the server chose. The H3 library is fetched only when there are H3 cells. */
export async function heatAreas(cells: readonly SlaCell[], data: MapData): Promise<HeatArea[]> {
  const shown = cells.filter((cell) => cell.n > 0)
  const share = (cell: SlaCell) => (cell.n >= HEAT_MIN_N ? cell.share : null)
  if (shown.some((cell) => cell.h3 !== null)) {
    const { cellToBoundary } = await import('h3-js')
    return shown.flatMap((cell) =>
      cell.h3 === null ? [] : [{ polygon: [cellToBoundary(cell.h3, true)], share: share(cell) }],
    )
  }
  const kelurahan = data.get('kelurahan')?.features ?? []
  return shown.flatMap((cell) =>
    kelurahan
      // A kecamatan's code begins those of its kelurahan.
      .filter((f) => cell.code !== null && String(f.properties?.code).startsWith(cell.code))
      .flatMap((f) => polygonsOf(f).map((polygon) => ({ polygon, share: share(cell) }))),
  )
}

/** One layer without outlines: each further shader costs a wall without a graphics card part of a second at start. */
export function heatLayers(areas: readonly HeatArea[]): Layer[] {
  return [
    new SolidPolygonLayer<HeatArea>({
      id: 'heat',
      data: areas,
      getPolygon: (a) => a.polygon as [number, number][][],
      positionFormat: 'XY',
      getFillColor: (a) => (a.share === null ? FEW : [...heatColour(a.share), ALPHA]),
    }),
  ]
}
