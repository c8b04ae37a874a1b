import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { COLOUR } from '../../theme/colours.ts'
import { MAP_FONT } from '../../map/fonts.ts'

/** Sources of the desk's map above the base map. */
export const DESK_SOURCES = ['area', 'accuracy', 'device', 'unit', 'incident', 'candidate'] as const
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

/** What lies above the base map, bottom first: what is meant as a whole, how precise the pins are, units, incidents. */
export const DESK_LAYERS: LayerSpecification[] = [
  {
    id: 'area-fill',
    type: 'fill',
    source: 'area',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': COLOUR.unit, 'fill-opacity': 0.1 },
  },
  {
    id: 'area-line',
    type: 'line',
    source: 'area',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': COLOUR.unit,
      'line-width': ['match', ['geometry-type'], 'LineString', 7, 2],
      'line-opacity': ['match', ['geometry-type'], 'LineString', 0.55, 0.9],
    },
  },
  { id: 'accuracy-fill', type: 'fill', source: 'accuracy', paint: { 'fill-color': COLOUR.unit, 'fill-opacity': 0.12 } },
  {
    id: 'accuracy-line',
    type: 'line',
    source: 'accuracy',
    paint: { 'line-color': COLOUR.unit, 'line-width': 1.5, 'line-opacity': 0.7 },
  },
  {
    id: 'device-circle',
    type: 'line',
    source: 'device',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'line-color': COLOUR.text, 'line-width': 1.5, 'line-dasharray': [3, 3], 'line-opacity': 0.8 },
  },
  {
    id: 'device-way',
    type: 'line',
    source: 'device',
    filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'line-color': COLOUR.text, 'line-width': 2, 'line-dasharray': [2, 2] },
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
      // Clear of the sign of the case where it stands.
      'text-offset': ['case', ['get', 'busy'], ['literal', [1.4, 0]], ['literal', [0.8, 0]]],
      'text-optional': true,
    },
    paint: { 'text-color': '#b9e2f0', 'text-halo-color': COLOUR.ground, 'text-halo-width': 1.5 },
  },
  {
    id: 'incident-likely',
    type: 'circle',
    source: 'incident',
    filter: ['get', 'likely'],
    paint: {
      'circle-radius': 21,
      'circle-color': COLOUR.text,
      'circle-opacity': 0.14,
      'circle-stroke-color': COLOUR.text,
      'circle-stroke-width': 2,
    },
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
  {
    id: 'incident-likely-number',
    type: 'symbol',
    source: 'incident',
    filter: ['get', 'likely'],
    layout: {
      'text-field': ['get', 'share'],
      'text-font': MAP_FONT,
      'text-size': 14,
      'text-anchor': 'top',
      'text-offset': [0, 1.7],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': COLOUR.text, 'text-halo-color': COLOUR.ground, 'text-halo-width': 2 },
  },
  {
    id: 'candidate',
    type: 'circle',
    source: 'candidate',
    paint: {
      'circle-radius': 11,
      'circle-color': COLOUR.ground,
      'circle-stroke-color': COLOUR.unit,
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'candidate-number',
    type: 'symbol',
    source: 'candidate',
    layout: {
      'text-field': ['get', 'number'],
      'text-font': MAP_FONT,
      'text-size': 14,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': COLOUR.unit },
  },
  {
    id: 'device-distance',
    type: 'symbol',
    source: 'device',
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['get', 'distance'],
      'text-font': MAP_FONT,
      'text-size': 15,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': COLOUR.text, 'text-halo-color': COLOUR.ground, 'text-halo-width': 2.5 },
  },
]
