import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { MAP_FONT } from '../../map/fonts.ts'
import { rampColours } from '../../map/ground/ramp.ts'
import { COLOUR, MAP_COLOUR } from '../../theme/colours.ts'

const frame = (name: string): ExpressionSpecification => ['==', ['get', 'frame'], name]
const css = (colour: readonly number[]) => `rgb(${colour.join(',')})`

/** Under the roads: what is coloured. */
export function groundLayers(): LayerSpecification[] {
  const colours = rampColours()
  return [
    {
      id: 'study-fill',
      type: 'fill',
      source: 'study_cells',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], ['>=', ['get', 'tone'], 0]],
      paint: {
        'fill-color': [
          'match',
          ['get', 'tone'],
          0,
          css(colours[0]),
          1,
          css(colours[1]),
          2,
          css(colours[2]),
          3,
          css(colours[3]),
          css(colours[4]),
        ],
        'fill-opacity': 0.78,
        'fill-antialias': false,
      },
    },
  ]
}

/** Above everything: frames, ranks, points, what is picked. */
export const topLayers = (): LayerSpecification[] => [
  {
    id: 'study-grid',
    type: 'line',
    source: 'study_cells',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'line-color': COLOUR.faint, 'line-width': 1, 'line-opacity': 0.28 },
  },
  {
    id: 'study-notable',
    type: 'line',
    source: 'study_cells',
    filter: frame('notable'),
    paint: { 'line-color': COLOUR.soft, 'line-width': 1.5 },
  },
  {
    id: 'study-cold',
    type: 'line',
    source: 'study_cells',
    filter: frame('cold'),
    paint: { 'line-color': COLOUR.text, 'line-width': 2.5, 'line-dasharray': [2, 2] },
  },
  {
    id: 'study-hot',
    type: 'line',
    source: 'study_cells',
    filter: frame('hot'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.text, 'line-width': 3.5 },
  },
  {
    id: 'study-place',
    type: 'circle',
    source: 'study_places',
    paint: {
      'circle-radius': ['case', ['get', 'picked'], 11, 6],
      'circle-opacity': 0,
      'circle-stroke-color': ['case', ['get', 'picked'], COLOUR.unit, COLOUR.text],
      'circle-stroke-width': ['case', ['get', 'picked'], 3.5, 1.5],
    },
  },
  {
    id: 'study-point',
    type: 'circle',
    source: 'study_points',
    paint: {
      'circle-radius': 3.25,
      'circle-color': COLOUR.text,
      'circle-opacity': 0.75,
      'circle-stroke-color': COLOUR.ground,
      'circle-stroke-width': 1,
    },
  },
  {
    id: 'study-here',
    type: 'line',
    source: 'study_here',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOUR.unit, 'line-width': 5 },
  },
  {
    id: 'study-name',
    type: 'symbol',
    source: 'kelurahan_label',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': 13,
      'text-max-width': 7,
      'text-variable-anchor': ['center', 'top', 'bottom'],
      'text-radial-offset': 0.9,
      'text-padding': 3,
    },
    paint: { 'text-color': COLOUR.soft, 'text-halo-color': MAP_COLOUR.city, 'text-halo-width': 1.75 },
  },
  {
    id: 'study-label',
    type: 'symbol',
    source: 'study_cells',
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['get', 'text'],
      'text-font': MAP_FONT,
      'text-size': 19,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': COLOUR.text, 'text-halo-color': COLOUR.ground, 'text-halo-width': 2.25 },
  },
]
