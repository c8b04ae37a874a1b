import { MAP_COLOUR } from '../../theme/colours.ts'
import { asItIs } from './layer.ts'
import type { BaseLayer } from './layer.ts'

/** The railway cuts the city in two: units going south wait at its crossings. */
export const rail: BaseLayer = {
  needs: ['rail'],
  sources: asItIs('rail'),
  layers: (scale) => [
    {
      id: 'rail-line',
      type: 'line',
      source: 'rail',
      paint: { 'line-color': MAP_COLOUR.rail, 'line-width': 1.5 * scale, 'line-dasharray': [5, 3.5] },
    },
  ],
}
