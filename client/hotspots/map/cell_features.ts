import { cellToBoundary, cellToLatLng } from 'h3-js'
import type { HotspotPoint, HotspotStudy, TrendClass } from '../../../geo/wire/hotspots.ts'
import { standingOf, trendCode } from '../words.ts'
import type { ShownCells } from '../state/narrow.ts'

export const VIEWS = ['gi', 'density', 'trend'] as const
export type View = (typeof VIEWS)[number]

/** How a cell is drawn: its colour of the ramp, if any, and its frame, which says by shape what the colour says. */
interface CellLook {
  tone: number | null
  frame: 'hot' | 'cold' | 'notable' | 'none'
  text: string
}

/** The strongest get their rank of the table on the map. */
const RANKED = 9

function trendLook(trend: TrendClass | undefined): CellLook {
  if (trend === undefined || trend === 'none') return { tone: null, frame: 'none', text: '' }
  const text = trendCode(trend)
  if (trend.endsWith('_cold')) return { tone: null, frame: 'cold', text }
  return trend === 'historical_hot' ? { tone: 1, frame: 'notable', text } : { tone: 4, frame: 'hot', text }
}

/** Every cell of the city with its look; nothing is coloured where nothing may be concluded. */
export function cellFeatures(view: View, { cells, too_few }: ShownCells): GeoJSON.Feature[] {
  return cells.flatMap((cell, i): GeoJSON.Feature[] => {
    const standing = standingOf(cell, too_few)
    const rank = i < RANKED && (standing === 'hot' || standing === 'notable') ? String(i + 1) : ''
    const look: CellLook =
      view === 'density'
        ? { tone: null, frame: 'none', text: '' }
        : view === 'trend'
          ? trendLook(cell.whole.trend?.class)
          : standing === 'hot'
            ? { tone: 4, frame: 'hot', text: rank }
            : standing === 'notable'
              ? { tone: 2, frame: 'notable', text: rank }
              : { tone: null, frame: standing === 'cold' ? 'cold' : 'none', text: '' }
    const properties = { h3: cell.h3, tone: look.tone ?? -1, frame: look.frame }
    const shape: GeoJSON.Feature = {
      type: 'Feature',
      properties,
      geometry: { type: 'Polygon', coordinates: [cellToBoundary(cell.h3, true)] },
    }
    if (look.text === '') return [shape]
    const [lat, lon] = cellToLatLng(cell.h3)
    const label: GeoJSON.Feature = {
      type: 'Feature',
      properties: { text: look.text, frame: look.frame },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    }
    return [shape, label]
  })
}

export const pointFeatures = (points: readonly HotspotPoint[]): GeoJSON.Feature[] =>
  points.map(({ point }) => ({ type: 'Feature', properties: null, geometry: { type: 'Point', coordinates: point } }))

export const placeFeatures = ({ repeats }: HotspotStudy, picked: number | null): GeoJSON.Feature[] =>
  repeats.places.map(({ point }, i) => ({
    type: 'Feature',
    properties: { picked: i === picked },
    geometry: { type: 'Point', coordinates: point },
  }))

/** Shares of the greatest density at which the five colours begin; below the first nothing is painted. */
export const DENSITY_FROM = [0.12, 0.28, 0.46, 0.64, 0.82] as const
/** Which of the five colours a density has; null: none. */
export function densityTone(density: number, max: number): number | null {
  const step = max > 0 ? DENSITY_FROM.findLastIndex((from) => density >= from * max) : -1
  return step < 0 ? null : step
}
