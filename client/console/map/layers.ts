import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../../map/fonts.ts'

/** Sources of the desk's map above the base map. */
export const DESK_SOURCES = ['accuracy', 'unit', 'incident'] as const
export type DeskSource = (typeof DESK_SOURCES)[number]

const STATE_COLOUR: ExpressionSpecification = [
  'match',
  ['get', 'state'],
  'breached',
  COLOUR.breached,
  'warning',
  COLOUR.warning,
  'met',
  COLOUR.faint,
  COLOUR.soft,
]

/** What lies above the base map, bottom first: how precise the pin is, units, incidents. */
export const DESK_LAYERS: LayerSpecification[] = [
  { id: 'accuracy-fill', type: 'fill', source: 'accuracy', paint: { 'fill-color': COLOUR.unit, 'fill-opacity': 0.12 } },
  {
    id: 'accuracy-line',
    type: 'line',
    source: 'accuracy',
    paint: { 'line-color': COLOUR.unit, 'line-width': 1.5, 'line-opacity': 0.7 },
  },
  {
    id: 'unit',
    type: 'circle',
    source: 'unit',
    paint: {
      'circle-radius': ['case', ['get', 'chosen'], 7, 5],
      'circle-color': ['case', ['get', 'fresh'], ['case', ['get', 'busy'], COLOUR.unit, '#6c808c'], COLOUR.ground],
      'circle-stroke-color': ['case', ['any', ['get', 'busy'], ['get', 'chosen']], COLOUR.unit, '#6c808c'],
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'unit-label',
    type: 'symbol',
    source: 'unit',
    filter: ['any', ['get', 'busy'], ['get', 'chosen'], ['>=', ['zoom'], 14]],
    layout: {
      'text-field': ['get', 'callsign'],
      'text-font': MAP_FONT,
      'text-size': 13,
      'text-anchor': 'left',
      'text-offset': [0.8, 0],
      'text-optional': true,
    },
    paint: { 'text-color': '#b9e2f0', 'text-halo-color': COLOUR.ground, 'text-halo-width': 1.5 },
  },
  {
    id: 'incident',
    type: 'circle',
    source: 'incident',
    paint: {
      'circle-radius': ['case', ['get', 'here'], 16, 13],
      'circle-color': COLOUR.ground,
      'circle-stroke-color': STATE_COLOUR,
      'circle-stroke-width': ['case', ['get', 'here'], 4, 2.5],
    },
  },
  {
    id: 'incident-letter',
    type: 'symbol',
    source: 'incident',
    layout: {
      'text-field': ['get', 'letter'],
      'text-font': MAP_FONT,
      'text-size': 15,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': COLOUR.text },
  },
]
