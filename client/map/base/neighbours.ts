import { MAP_COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../fonts.ts'
import { asItIs } from './layer.ts'
import type { BaseLayer } from './layer.ts'

/** The land around the city, so that the sea is the sea and a call from outside has a place. */
export const neighbours: BaseLayer = {
  needs: ['neighbour'],
  sources: asItIs('neighbour'),
  layers: (scale) => [
    {
      id: 'neighbour-fill',
      type: 'fill',
      source: 'neighbour',
      paint: { 'fill-color': MAP_COLOUR.neighbour, 'fill-antialias': false },
    },
    {
      id: 'neighbour-line',
      type: 'line',
      source: 'neighbour',
      paint: { 'line-color': MAP_COLOUR.neighbour_line, 'line-width': scale },
    },
    {
      id: 'neighbour-label',
      type: 'symbol',
      source: 'neighbour',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': MAP_FONT,
        'text-size': 17 * scale,
        'text-padding': 24 * scale,
      },
      paint: { 'text-color': MAP_COLOUR.label_dim, 'text-opacity': 0.75 },
    },
  ],
}
