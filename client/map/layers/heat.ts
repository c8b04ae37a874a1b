import type { Layer } from '@deck.gl/core'
import { PolygonLayer } from '@deck.gl/layers'
import type { SlaCell } from '../../../geo/wire/stats.ts'
import type { Rgb } from '../../theme/colours.ts'
import type { MapData } from '../base/layer.ts'
import { polygonsOf } from '../geometry.ts'
import { HEAT_MIN_N, heatColour } from './heat_scale.ts'

const FEW: Rgb = [120, 130, 138]
/** Roads and names below must stay readable through it. */
const ALPHA = 125
/** Areas of one colour side by side stay apart. */
const SEAM: [number, number, number, number] = [11, 16, 20, 150]

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
    return shown.flatMap((cell) => (cell.h3 === null ? [] : [{ polygon: [cellToBoundary(cell.h3, true)], share: share(cell) }]))
  }
  const kelurahan = data.get('kelurahan')?.features ?? []
  return shown.flatMap((cell) =>
    kelurahan
      // A kecamatan's code begins those of its kelurahan.
      .filter((f) => cell.code !== null && String(f.properties?.code).startsWith(cell.code))
      .flatMap((f) => polygonsOf(f).map((polygon) => ({ polygon, share: share(cell) }))),
  )
}

export function heatLayers(areas: readonly HeatArea[]): Layer[] {
  return [
    new PolygonLayer<HeatArea>({
      id: 'heat', data: areas.filter((a) => a.share !== null), getPolygon: (a) => a.polygon as [number, number][][], positionFormat: 'XY',
      getFillColor: (a) => [...heatColour(a.share ?? 0), ALPHA], stroked: true, lineWidthUnits: 'pixels', getLineWidth: 1.5,
      getLineColor: SEAM, lineJointRounded: true,
    }),
    new PolygonLayer<HeatArea>({
      id: 'heat-few', stroked: false, data: areas.filter((a) => a.share === null), getPolygon: (a) => a.polygon as [number, number][][], positionFormat: 'XY',
      getFillColor: [...FEW, 26],
    }),
  ]
}
