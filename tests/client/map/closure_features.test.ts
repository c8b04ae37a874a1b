import { describe, expect, it } from 'vitest'
import { closureFeatures, signPlaces } from '../../../client/map/closure_features.ts'
import { shownClosures } from '../../../client/state/closures.ts'
import type { Closure, ClosureRoads } from '../../../geo/wire/closures.ts'
import { at, T0 } from '../fixtures.ts'

const id = '00000000-0000-4000-9000-000000000001'
const area: Closure['geometry'] = {
  type: 'Polygon',
  coordinates: [
    [
      [109.66, -6.9],
      [109.68, -6.9],
      [109.68, -6.89],
      [109.66, -6.89],
      [109.66, -6.9],
    ],
  ],
}
const closure = (over: Partial<Closure> = {}): Closure => ({
  id,
  kind: 'area',
  reason: 'uji',
  geometry: area,
  depth_cm: null,
  speed_factor: 0,
  starts_at: at(-60),
  ends_at: at(3600),
  simulated: false,
  origin: 'hand',
  revision: 1,
  ...over,
})
const road: [number, number][] = [
  [109.66, -6.895],
  [109.67, -6.895],
]
const roads = (closed: [number, number][][], slowed: [number, number][][] = []): ReadonlyMap<string, ClosureRoads> =>
  new Map([
    [
      id,
      {
        ...{ id, closed_m: 1, slowed_m: 1, streets: [] },
        closed: { type: 'MultiLineString', coordinates: closed },
        slowed: { type: 'MultiLineString', coordinates: slowed },
      },
    ],
  ])
const drawn = (one: Closure, of = roads([road])) => closureFeatures(shownClosures([one], T0), of, () => 'kata')
const signs = (one: Closure, of = roads([road])) =>
  drawn(one, of).closure_sign.map(({ properties }) => properties?.sign as string)

describe('closures on a map', () => {
  it('are their area, the roads that are really closed, and a sign on these', () => {
    const features = drawn(closure())
    expect(features.closure_area).toHaveLength(1)
    expect(features.closure_road[0].geometry).toEqual({ type: 'MultiLineString', coordinates: [road] })
    expect(features.closure_sign[0]).toMatchObject({
      geometry: { coordinates: [expect.closeTo(109.665, 5), -6.895] },
      properties: { sign: 'sign-shut', words: 'kata', rank: 0 },
    })
  })
  it('say by their sign whether a road is shut, slow, under water or to be closed', () => {
    expect(signs(closure({ speed_factor: 0.3 }), roads([], [road]))).toEqual(['sign-slow'])
    expect(signs(closure({ kind: 'rob', depth_cm: 30, speed_factor: 1 }), roads([], [road]))).toEqual(['sign-rob'])
    expect(signs(closure({ starts_at: at(1800) }))).toEqual(['sign-planned'])
    expect(signs(closure({ starts_at: at(7200), ends_at: at(9000) }))).toEqual([])
  })
  it('are drawn before the server told of the roads, and where they close none', () => {
    const features = drawn(closure(), new Map())
    expect([features.closure_area.length, features.closure_road.length, features.closure_sign.length]).toEqual([
      1, 0, 1,
    ])
    expect(features.closure_sign[0].geometry).toMatchObject({
      coordinates: [expect.closeTo(109.67, 6), expect.closeTo(-6.895, 6)],
    })
  })
  it('carry at most five signs, on the longest stretches', () => {
    const far = (n: number): [number, number][] => [
      [109.6 + n * 0.01, -6.9],
      [109.6 + n * 0.01 + 0.001 * n, -6.9],
    ]
    const places = signPlaces(area, [1, 2, 3, 4, 5, 6, 7, 8].map(far))
    expect(places).toHaveLength(5)
    expect(places[0][0]).toBeCloseTo(109.684, 6)
  })
})
