import { stretchBetween, stretchOfStreet } from '../../geo/roads/stretch.ts'
import type { ClosureDraw, ClosurePreview, ClosureShape } from '../../geo/wire/closures.ts'
import { roadsOf } from '../city/closed_roads.ts'
import { invalid } from '../errors.ts'
import type { Services } from '../services.ts'

/**
 * What somebody draws, brought onto the roads, and what it would close: nothing is written. 422 names the part of `draw` that no road
 * can be found for, and a shape that could not be saved.
 */
export async function drawClosure(
  { db, city }: Pick<Services, 'db' | 'city'>,
  draw: ClosureDraw,
  slowing: { depth_cm?: number | null; speed_factor?: number },
): Promise<ClosurePreview> {
  const geometry = shapeOf(city.router, draw)
  const fault = await db.value<string | null>('closure_shape_fault', { geometry })
  if (fault !== null) throw invalid('geometry', fault)
  const depth_cm = slowing.depth_cm ?? null
  const speed_factor = slowing.speed_factor ?? (depth_cm === null ? 0 : 1)
  return { geometry, ...roadsOf(city.router.graph, { geometry, depth_cm, speed_factor }) }
}

function shapeOf(router: Services['city']['router'], draw: ClosureDraw): ClosureShape {
  if (draw.by === 'shape') return draw.geometry
  if (draw.by === 'point') {
    const at = router.snap(draw.at, true)
    if (!at) throw invalid('draw.at', 'tidak ada jalan')
    return { type: 'Point', coordinates: at.position }
  }
  if (draw.by === 'street') {
    const street = stretchOfStreet(router.graph, draw.name, draw.near)
    if (!street) throw invalid('draw.name', `jaringan jalan tidak mengenal ${draw.name}: pilih kedua ujungnya`)
    return { type: 'MultiLineString', coordinates: street.lines }
  }
  const stretch = stretchBetween(router, draw.from, draw.to)
  if (!stretch) throw invalid('draw.to', 'tidak ada jalan yang menghubungkan kedua titik')
  return { type: 'LineString', coordinates: stretch.lines[0] }
}
