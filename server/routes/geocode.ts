import { z } from 'zod'
import { AddressError, type GeocodeResult, type ReverseAnswer } from '../../geo/address/types.ts'
import { anyNumber, positionFault, textParameter, wholeParameter } from '../../geo/wire/primitives.ts'
import { ApiError } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const MAX_QUERY = 500
const MOST_RESULTS = 20

const collection = (features: object[], query: string) => ({
  type: 'FeatureCollection',
  geocoding: { version: '0.1.0', query, attribution: 'Siaga 112' },
  features,
})

type Issue = { addIssue(issue: { code: 'custom'; path: string[]; message: string; params?: object }): void }

/** A longitude and latitude that are none, or only in the wrong order, by the name of the parameter. */
function checkPair(lon: number, lat: number, { addIssue }: Issue): void {
  const fault = positionFault(lon, lat)
  if (fault)
    addIssue({
      code: 'custom',
      path: [fault.field],
      message: fault.reason,
      params: { suggestion: fault.suggestion },
    })
}

/** What was said beside the name: for whoever drives there, whether the map knows it or not. */
const said = ({ housenumber, block, gang, km, rt, rw, unmapped, map_label }: GeocodeResult) =>
  Object.fromEntries(
    Object.entries({ housenumber, block, gang, km, rt, rw, unmapped, map_label }).filter(
      ([, value]) => value !== undefined,
    ),
  )

/** A result as a GeocodeJSON feature: always a Point; an area stands in `properties.area`. */
const toFeature = (result: GeocodeResult, ask: string | null) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: result.point },
  properties: {
    geocoding: {
      type: result.type,
      name: result.name,
      label: result.label,
      street: result.street,
      ...(result.housenumber ? { housenumber: result.housenumber } : {}),
      district: result.district,
      county: result.county,
      accuracy: Math.round(result.accuracy_m),
      score: result.score,
    },
    kelurahan_code: result.kelurahan_code,
    inside_city: result.inside_city,
    ask,
    why: result.why,
    ...said(result),
    ...(result.area ? { area: result.area } : {}),
    ...(result.distance_m === undefined ? {} : { distance_m: Math.round(result.distance_m) }),
    ...(result.border_distance_m === undefined ? {} : { border_distance_m: Math.round(result.border_distance_m) }),
    ...(result.alternative ? { alternative: { type: 'Point', coordinates: result.alternative } } : {}),
  },
})

const fromReverse = (answer: ReverseAnswer) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: answer.point },
  properties: {
    geocoding: {
      type: answer.street ? 'street' : 'district',
      name: answer.landmark ?? answer.street ?? answer.district,
      label: answer.label,
      street: answer.street,
      district: answer.district,
      county: answer.county,
      accuracy: 0,
      score: 1,
    },
    kelurahan_code: answer.kelurahan_code,
    inside_city: answer.inside_city,
    distance: answer.distance_m,
    bearing: answer.bearing_deg,
    direction: answer.direction,
    landmark: answer.landmark,
    street_distance_m: answer.street_distance_m,
    street_side: answer.street_side,
    crossing: answer.crossing,
    rt: answer.rt,
    rw: answer.rw,
    ...(answer.border_distance_m === undefined ? {} : { border_distance_m: answer.border_distance_m }),
  },
})

/** From words to a place and back. */
export const geocodeRoutes = ({ city }: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/geocode',
      summary: 'Tempat dari kata-kata penelepon',
      permission: 'geocode.read',
      query: z
        .object({
          q: textParameter.max(MAX_QUERY, `lebih dari ${MAX_QUERY} karakter`).refine((q) => q.trim() !== '', 'kosong'),
          limit: wholeParameter(1, MOST_RESULTS).default(5),
          lon: anyNumber.optional(),
          lat: anyNumber.optional(),
        })
        .superRefine(({ lon, lat }, context) => {
          if (lon !== undefined && lat !== undefined) checkPair(lon, lat, context)
          else if (lon !== undefined || lat !== undefined)
            context.addIssue({
              code: 'custom',
              path: [lon === undefined ? 'lon' : 'lat'],
              message: 'lon dan lat harus bersama',
            })
        }),
    },
    async ({ query }) => {
      const { q, limit } = query
      try {
        const answer = city.geocode(q, {
          limit,
          near: query.lon === undefined || query.lat === undefined ? null : [query.lon, query.lat],
        })
        return {
          ...collection(
            answer.results.map((result) => toFeature(result, answer.ask)),
            q,
          ),
          ask: answer.ask,
          ...(answer.reason ? { reason: answer.reason } : {}),
        }
      } catch (error) {
        throw asProblem(error, 'q')
      }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/reverse',
      summary: 'Tempat dari titik',
      permission: 'geocode.read',
      query: z
        .object({ lon: anyNumber, lat: anyNumber })
        .superRefine(({ lon, lat }, context) => checkPair(lon, lat, context)),
    },
    async ({ query }) => {
      try {
        return collection([fromReverse(city.reverse(query.lon, query.lat))], `${query.lon},${query.lat}`)
      } catch (error) {
        throw asProblem(error, 'lon')
      }
    },
  ),
]

const asProblem = (error: unknown, field: string): unknown =>
  error instanceof AddressError
    ? new ApiError(422, error.code, error.message, [{ field, reason: error.message }])
    : error
