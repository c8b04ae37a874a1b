import { distanceM } from '../../geo/earth.ts'
import type { Closure, ClosureRoads, ClosureShape } from '../../geo/wire/closures.ts'
import type { ShownClosure } from '../state/closures.ts'
import type { ClosureSource } from './base/closures.ts'
import type { ClosureSign } from './closure_images.ts'
import { boundsOf, centreOf } from './geometry.ts'

type Place = readonly [number, number]
export type ClosureFeatures = Record<ClosureSource, GeoJSON.Feature[]>

/** A long closure says in several places what it is. */
const MOST_SIGNS = 5
/** A stretch shorter than this needs no further sign. */
const SIGN_EVERY_M = 250

/** What a closure does, as drawn: a factor or a depth that nobody drives shuts. */
const isShut = ({ speed_factor }: Closure, roads: ClosureRoads | undefined): boolean =>
  roads
    ? roads.closed.coordinates.length > 0 || (roads.slowed.coordinates.length === 0 && speed_factor < 0.01)
    : speed_factor < 0.01

function signOf({ closure, phase }: ShownClosure, shut: boolean): ClosureSign {
  if (phase === 'planned') return 'sign-planned'
  if (closure.kind === 'rob') return 'sign-rob'
  return shut ? 'sign-shut' : 'sign-slow'
}

/**
 * Closures as features of the base map: their shapes, the stretches of road that they really close or slow, and signs on the longest of these.
 * Those still to come are drawn from an hour before. `words` is what stands beside a sign.
 */
export function closureFeatures(
  shown: readonly ShownClosure[],
  roads: ReadonlyMap<string, ClosureRoads>,
  words: (one: ShownClosure) => string,
): ClosureFeatures {
  const features: ClosureFeatures = { closure_area: [], closure_road: [], closure_sign: [] }
  for (const one of shown) {
    const { closure, phase, ending, soon } = one
    if (phase === 'planned' && !soon) continue
    const known = roads.get(closure.id)
    const shut = isShut(closure, known)
    const told = { id: closure.id, phase, ending, what: shut ? 'shut' : 'slow' }
    if (closure.geometry.type === 'Polygon' || closure.geometry.type === 'MultiPolygon')
      features.closure_area.push(feature(closure.geometry, told))
    const stretches: readonly [string, Place[][]][] = [
      ['shut', known?.closed.coordinates ?? []],
      ['slow', known?.slowed.coordinates ?? []],
    ]
    for (const [what, lines] of stretches)
      if (lines.length > 0)
        features.closure_road.push(
          feature(
            { type: 'MultiLineString', coordinates: lines.map((l) => l.map(([x, y]) => [x, y])) },
            { ...told, what },
          ),
        )
    const sign = signOf(one, shut)
    for (const [rank, at] of signPlaces(
      closure.geometry,
      stretches.flatMap(([, lines]) => lines),
    ).entries())
      features.closure_sign.push(
        feature({ type: 'Point', coordinates: [at[0], at[1]] }, { ...told, sign, rank, words: words(one) }),
      )
  }
  return features
}

const feature = (geometry: GeoJSON.Geometry, properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry,
})

/** The middles of the longest stretches; without any, of the largest part of what was drawn. */
export function signPlaces(shape: ClosureShape, lines: readonly Place[][]): Place[] {
  const measured = lines.map((line) => ({ line, metres: lengthM(line) })).sort((a, b) => b.metres - a.metres)
  const [longest, ...others] = measured
  if (longest) {
    const more = others.slice(0, MOST_SIGNS - 1).filter(({ metres }) => metres >= SIGN_EVERY_M)
    return [longest, ...more].map(({ line, metres }) => alongM(line, metres / 2))
  }
  if (shape.type === 'Point') return [shape.coordinates]
  const parts: GeoJSON.Geometry[] =
    shape.type === 'MultiPolygon'
      ? shape.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }))
      : shape.type === 'MultiLineString'
        ? shape.coordinates.map((coordinates) => ({ type: 'LineString', coordinates }))
        : [shape]
  const boxes = parts.map((part) => boundsOf([feature(part, {})]))
  const size = ([w, s, e, n]: (typeof boxes)[number]) => (e - w) * (n - s)
  return [centreOf(boxes.reduce((best, box) => (size(box) > size(best) ? box : best)))]
}

const lengthM = (line: readonly Place[]): number =>
  line.reduce((sum, at, i) => (i === 0 ? 0 : sum + distanceM(line[i - 1], at)), 0)

function alongM(line: readonly Place[], metres: number): Place {
  let left = metres
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]]
    const d = distanceM(a, b)
    if (d >= left && d > 0) return [a[0] + (left / d) * (b[0] - a[0]), a[1] + (left / d) * (b[1] - a[1])]
    left -= d
  }
  return line[line.length - 1]
}
