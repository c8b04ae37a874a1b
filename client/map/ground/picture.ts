import { shownTheme } from '../../theme/colours.ts'
import { HEAT_MIN_N } from '../layers/heat_scale.ts'
import type { Ground } from './ground.ts'
import { stepOf, stopsOf } from './ramp.ts'
import type { Paint } from './ramp.ts'
import type { Polygon, Shapes } from './shapes.ts'

/** One area as it is drawn. */
export interface GroundArea {
  polygons: Polygon[]
  /** Which colour of the ramp; null: withheld, it is only outlined. */
  step: number | null
  /** Beyond chance: outlined boldly, so that colour is not all that tells. */
  bold: boolean
}

/** What a ground looks like, and the key that tells whether two look the same. */
export interface GroundPicture {
  kind: Ground['kind']
  areas: GroundArea[]
  /** The subject of the picture, else a quiet ground under the live one. */
  strong: boolean
  key: string
}

/** Gi*'s z where a single test would say "beyond chance": not proven by the rate of false discoveries. */
export const Z_NOTABLE = 1.96
const OPD_SHARE: Paint = { stage: 'opd', measure: 'share' }

/** The areas of a ground with their colours. `shapes` must be ready for what the ground needs. */
export function pictureOf(ground: Ground, shapes: Shapes): GroundPicture {
  const areas: GroundArea[] = []
  const keys: string[] = []
  const add = (id: string, polygons: Polygon[], step: number | null, bold = false) => {
    areas.push({ polygons, step, bold })
    keys.push(`${id}:${step ?? '-'}${bold ? '!' : ''}`)
  }
  const strong = ground.kind !== 'areas' || ground.paint !== undefined
  if (ground.kind === 'areas') {
    const paint = ground.paint ?? OPD_SHARE
    const stops = stopsOf(paint)
    for (const cell of ground.cells) {
      if (cell.n + cell.running === 0) continue
      const value = paint.measure === 'share' ? cell.share : cell.median_seconds
      const step = cell.n >= HEAT_MIN_N && value !== null ? stepOf(value, stops) : null
      if (cell.h3 !== null) add(cell.h3, shapes.cell(cell.h3), step)
      else if (cell.code !== null) add(cell.code, shapes.district(cell.code), step)
    }
  } else if (ground.kind === 'districts') {
    const stops = stopsOf(OPD_SHARE)
    for (const { code, opd } of ground.districts)
      add(code, shapes.district(code), opd.n >= HEAT_MIN_N && opd.share !== null ? stepOf(opd.share, stops) : null)
  } else if (ground.kind === 'hotspots') {
    for (const cell of ground.cells) {
      const hot = cell.z > 0 && cell.significant
      const step = cell.too_few ? null : hot ? 4 : cell.z >= Z_NOTABLE ? 2 : 0
      add(cell.h3, shapes.cell(cell.h3), step, hot)
    }
  } else if (ground.kind === 'surface') {
    const stops = stopsOf(OPD_SHARE)
    for (const { h3, share } of ground.cells) add(h3, shapes.cell(h3), share === null ? null : stepOf(share, stops))
  }
  return { kind: ground.kind, areas, strong, key: `${ground.kind}${strong ? '!' : ''}${shownTheme()}|${keys.join()}` }
}
