import { MAP_COLOUR } from '../../theme/colours.ts'
import { asItIs } from './layer.ts'
import type { BaseLayer } from './layer.ts'

export const water: BaseLayer = {
  needs: ['water'],
  sources: asItIs('water'),
  layers: (scale) => [
    {
      id: 'water-line',
      type: 'line',
      source: 'water',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': MAP_COLOUR.water,
        'line-width': ['match', ['get', 'class'], ['saluran', 'Jaringan Irigasi'], 1.2 * scale, 2.2 * scale],
      },
    },
  ],
}
