import { z } from 'zod'

/**
 * What OGC API - Features, Part 1: Core 1.0 (OGC 17-069r4) and RFC 7946 ask of answers, independent of geo/wire: what a client
 * of any maker may count on. Members the standard does not know are let through.
 */
const link = z.looseObject({
  // A client without a base address follows it as it stands.
  href: z.url({ protocol: /^https?$/ }),
  rel: z.string().min(1),
  type: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+(;.+)?$/)
    .optional(),
  title: z.string().optional(),
})
/** At least one link of each of these relations, with a media type. */
const links = (...relations: string[]) =>
  z
    .array(link)
    .refine(
      (all) => relations.every((rel) => all.some((each) => each.rel === rel && each.type !== undefined)),
      `no typed link for each of ${relations.join(', ')}`,
    )

const longitude = z.number().min(-180).max(180)
const latitude = z.number().min(-90).max(90)
const position = z.tuple([longitude, latitude]).rest(z.number())
const ring = z
  .array(position)
  .min(4)
  .refine((points) => JSON.stringify(points[0]) === JSON.stringify(points.at(-1)), 'a ring that is not closed')
const polygon = z.array(ring).min(1)
const geometry = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('Point'), coordinates: position }),
  z.looseObject({ type: z.literal('MultiPoint'), coordinates: z.array(position) }),
  z.looseObject({ type: z.literal('LineString'), coordinates: z.array(position).min(2) }),
  z.looseObject({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(position).min(2)) }),
  z.looseObject({ type: z.literal('Polygon'), coordinates: polygon }),
  z.looseObject({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
])
const feature = z.looseObject({
  type: z.literal('Feature'),
  id: z.union([z.string().min(1), z.number()]),
  geometry: geometry.nullable(),
  properties: z.record(z.string(), z.unknown()).nullable(),
})

/** Requirement 2: links to the API's definition, the conformance declaration and the collections. */
export const standardLanding = z.looseObject({ links: links('service-desc', 'conformance', 'data') })

/** Requirement 6, with the classes of the core and of GeoJSON. */
export const standardConformance = z.looseObject({
  conformsTo: z
    .array(z.string())
    .refine((all) =>
      ['core', 'geojson'].every((part) =>
        all.includes(`http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`),
      ),
    ),
})

const box = z.array(z.number()).refine(({ length }) => length === 4 || length === 6)
const end = z.iso.datetime({ offset: true }).nullable()
/** Requirements 13 to 18. */
export const standardCollection = z.looseObject({
  id: z.string().min(1),
  links: links('items'),
  extent: z
    .looseObject({
      spatial: z
        .looseObject({
          bbox: z.array(box).min(1),
          crs: z.literal('http://www.opengis.net/def/crs/OGC/1.3/CRS84').optional(),
        })
        .optional(),
      temporal: z.looseObject({ interval: z.array(z.tuple([end, end])).min(1) }).optional(),
    })
    .optional(),
  itemType: z.string().optional(),
  crs: z.array(z.string()).optional(),
})
export const standardCollections = z.looseObject({
  links: links('self'),
  collections: z.array(standardCollection),
})

/** Requirements 26 to 31: what is counted is what is there. */
export const standardItems = z
  .looseObject({
    type: z.literal('FeatureCollection'),
    features: z.array(feature),
    links: links('self'),
    timeStamp: z.iso.datetime({ offset: true }).optional(),
    numberMatched: z.int().min(0).optional(),
    numberReturned: z.int().min(0).optional(),
  })
  .refine(({ features, numberReturned }) => numberReturned === undefined || numberReturned === features.length)
  .refine(
    ({ numberMatched, numberReturned }) =>
      numberMatched === undefined || numberReturned === undefined || numberReturned <= numberMatched,
  )

/** Requirement 33: a feature alone leads to itself and to its collection. */
export const standardItem = feature.extend({ links: links('self', 'collection') })
