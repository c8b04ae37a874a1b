import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { MAP_COLOUR } from '../../theme/colours.ts'
import { asItIs } from './layer.ts'
import type { BaseLayer } from './layer.ts'

/** Class names differ by source (RTRW words, OSM tags): they are told apart by what they contain. */
const MAJOR = ['arteri', 'trunk', 'primary', 'motorway']
const MIDDLE = ['kolektor', 'secondary', 'tertiary']
const kind: ExpressionSpecification = ['downcase', ['to-string', ['get', 'class']]]
const anyOf = (words: readonly string[]): ExpressionSpecification => [
  'any',
  ...words.map((word): ExpressionSpecification => ['in', word, kind]),
]

const width = (at_city: number, near: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  12,
  at_city,
  16,
  near,
]

function road(
  id: string,
  filter: FilterSpecification,
  colour: string,
  at_city: number,
  near: number,
): LayerSpecification {
  return {
    id,
    type: 'line',
    source: 'road',
    filter,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': width(at_city, near) },
  }
}

export const roads: BaseLayer = {
  needs: ['road'],
  sources: asItIs('road'),
  layers: (scale) => [
    road('road-minor', ['all', ['!', anyOf(MAJOR)], ['!', anyOf(MIDDLE)]], MAP_COLOUR.road_minor, scale, 6 * scale),
    road('road-middle', ['all', ['!', anyOf(MAJOR)], anyOf(MIDDLE)], MAP_COLOUR.road_middle, 1.6 * scale, 9 * scale),
    road('road-major', anyOf(MAJOR), MAP_COLOUR.road_major, 2.6 * scale, 13 * scale),
  ],
}
