import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { COLOUR, MAP_COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../fonts.ts'
import { EMPTY } from './layer.ts'
import type { BaseLayer } from './layer.ts'

/** Sources that client/map/closure_drawing.ts fills. */
export const CLOSURE_SOURCES = ['closure_area', 'closure_road', 'closure_sign'] as const
export type ClosureSource = (typeof CLOSURE_SOURCES)[number]

const planned: ExpressionSpecification = ['==', ['get', 'phase'], 'planned']
const faint: ExpressionSpecification = ['case', planned, 0.55, ['get', 'ending'], 0.6, 1]
const colour = (): ExpressionSpecification => ['case', planned, MAP_COLOUR.closure_dim, MAP_COLOUR.closure]
const thick = (at_city: number, near: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  12,
  at_city,
  16,
  near,
]

/**
 * Closures: told apart from everything else by their pattern, not by colour alone. A shut area is hatched both ways, a slow one one way; a shut
 * road carries bars across it, a slow one is a thin line; what is still to come is an empty dashed outline.
 */
export const closures: BaseLayer = {
  needs: [],
  sources: () => ({ closure_area: EMPTY, closure_road: EMPTY, closure_sign: EMPTY }),
  layers: (scale) => {
    const road = (id: string, what: 'shut' | 'slow' | null, paint: object): LayerSpecification => ({
      id,
      type: 'line',
      source: 'closure_road',
      filter: what === null ? ['!', planned] : ['all', ['!', planned], ['==', ['get', 'what'], what]],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colour(), 'line-opacity': faint, ...paint },
    })
    const edge = (to_come: boolean): LayerSpecification => ({
      id: to_come ? 'closure-edge-planned' : 'closure-edge',
      type: 'line',
      source: 'closure_area',
      filter: to_come ? planned : ['!', planned],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': colour(),
        'line-width': (to_come ? 2 : 1) * scale,
        'line-opacity': to_come ? 0.9 : 0.55,
        ...(to_come ? { 'line-dasharray': [4, 3] } : {}),
      },
    })
    return [
      {
        id: 'closure-area',
        type: 'fill',
        source: 'closure_area',
        filter: ['!', planned],
        paint: {
          'fill-pattern': ['case', ['==', ['get', 'what'], 'shut'], 'closure-cross', 'closure-lines'],
          'fill-opacity': ['case', ['get', 'ending'], 0.35, 0.6],
        },
      },
      edge(false),
      edge(true),
      road('closure-case', null, { 'line-color': COLOUR.ground, 'line-width': thick(8 * scale, 20 * scale) }),
      road('closure-slow', 'slow', { 'line-width': thick(2.5 * scale, 6 * scale) }),
      road('closure-shut', 'shut', { 'line-width': thick(5.5 * scale, 14 * scale) }),
      road('closure-bars', 'shut', {
        'line-color': COLOUR.ground,
        'line-width': thick(5.5 * scale, 14 * scale),
        'line-dasharray': [0.5, 0.9],
      }),
      {
        id: 'closure-sign',
        type: 'symbol',
        source: 'closure_sign',
        layout: {
          'icon-image': ['get', 'sign'],
          'icon-padding': 3 * scale,
          'symbol-sort-key': ['get', 'rank'],
        },
        paint: { 'icon-opacity': faint },
      },
    ]
  },
}

/** What and until when, beside the sign. The wall has words of its own, which step aside for incidents. */
export const closureWords: BaseLayer = {
  needs: [],
  sources: () => ({}),
  layers: (scale) => [
    {
      id: 'closure-label',
      type: 'symbol',
      source: 'closure_sign',
      filter: ['==', ['get', 'rank'], 0],
      layout: {
        'text-field': ['get', 'words'],
        'text-font': MAP_FONT,
        'text-size': 14 * scale,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 1.6,
        'text-justify': 'auto',
        'text-max-width': 14,
        'text-optional': true,
      },
      paint: { 'text-color': MAP_COLOUR.closure, 'text-halo-color': COLOUR.ground, 'text-halo-width': 2 * scale },
    },
  ],
}
