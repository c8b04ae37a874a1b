import type { Request } from 'express'
import { z } from 'zod'
import {
  ogcCollection,
  ogcCollections,
  ogcConformance,
  ogcItem,
  ogcItems,
  ogcLanding,
  type OgcCollection,
  type OgcLink,
} from '../../geo/wire/ogc.ts'
import { wholeParameter } from '../../geo/wire/primitives.ts'
import { may } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import { COLLECTIONS } from '../ogc/collections.ts'
import { parseDatetime } from '../ogc/datetime.ts'
import type { Bbox, Collection } from '../ogc/types.ts'
import type { Services } from '../services.ts'

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const CONFORMS = ['core', 'geojson'].map((part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`)
const GEOJSON = 'application/geo+json'
const JSON_TYPE = 'application/json'
const DEFAULT_LIMIT = 100
const MAX_LIMIT = 10_000

/** All that is served is JSON: programs that ask for it by name are given it. */
const f = z.enum(['json'], 'hanya json').optional()
const format = z.strictObject({ f })
const BBOX = 'harus empat bilangan: barat, selatan, timur, utara (WGS84)'
const bbox = z
  .string(BBOX)
  .transform((text, { addIssue }): Bbox => {
    const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
    // With heights: they are passed over.
    const [west, south, east, north] = parts.length === 6 ? [0, 1, 3, 4].map((i) => parts[i]) : parts
    if (![4, 6].includes(parts.length) || !parts.every(Number.isFinite) || south > north || west > east)
      addIssue({ code: 'custom', message: BBOX })
    return [west, south, east, north]
  })
  .meta({ description: 'west,south,east,north' })
const itemsQuery = z.strictObject({
  f,
  bbox: bbox.optional(),
  datetime: z
    .string('harus waktu atau rentang, satu kali saja')
    .transform((text, { addIssue }) => {
      const parsed = parseDatetime(text)
      if (parsed === null)
        addIssue({ code: 'custom', message: 'harus waktu RFC 3339, atau rentang seperti 2026-10-01T00:00:00Z/..' })
      return parsed ?? { from: null, to: null }
    })
    .optional(),
  limit: z
    .string()
    .transform((text) => (Number(text) > MAX_LIMIT ? String(MAX_LIMIT) : text))
    .pipe(wholeParameter(1, MAX_LIMIT))
    .default(DEFAULT_LIMIT),
  offset: wholeParameter(0, 100_000_000).default(0),
})
const ofCollection = z.object({ collection: z.string() })

/** Layers for QGIS, ogr2ogr and the like, by OGC API - Features, Part 1. What somebody may not see is not in his list. */
export function ogcRoutes(services: Services): Route[] {
  const { public_url } = services.config
  const root = (req: Request) => `${public_url ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`}/ogc`
  const seen = ({ role }: Principal) => COLLECTIONS.filter(({ permission }) => may(role, permission))
  const find = (id: string, principal: Principal): Collection => {
    const found = COLLECTIONS.find((each) => each.id === id)
    if (!found) throw notFound('Koleksi')
    if (!may(principal.role, found.permission))
      throw new ApiError(403, 'forbidden', `Peran ${principal.role} tidak berhak atas ini`)
    return found
  }
  const readBounds = async (): Promise<number[][]> => {
    const { bounds } = await services.db.one<{ bounds: number[] | null }>('map_city')
    return bounds?.every(Number.isFinite) ? [bounds] : []
  }
  const describe = (
    { id, title, description, temporal }: Collection,
    base: string,
    bounds: number[][],
  ): OgcCollection => ({
    id,
    title: services.simulated ? `${title} (SIMULASI)` : title,
    description,
    extent: {
      ...(bounds.length > 0 ? { spatial: { bbox: bounds, crs: CRS84 } } : {}),
      ...(temporal ? { temporal: { interval: [[null, null]] } } : {}),
    },
    itemType: 'feature',
    crs: [CRS84],
    links: [
      { href: `${base}/collections/${id}`, rel: 'self', type: JSON_TYPE },
      { href: `${base}/collections/${id}/items`, rel: 'items', type: GEOJSON, title },
    ],
  })
  const any = { method: 'get', permission: 'live.read', query_fault: 400 } as const
  return [
    route(
      {
        ...any,
        path: '/ogc',
        query: format,
        response: ogcLanding,
        summary: 'OGC API Features: pintu masuk untuk QGIS dan program GIS lain',
      },
      async ({ req }) => {
        const base = root(req)
        const link = (rel: string, path: string, type = JSON_TYPE): OgcLink => ({ href: `${base}${path}`, rel, type })
        return {
          title: 'Siaga 112',
          description: 'Lapisan pusat panggilan darurat 112 Kota Pekalongan',
          links: [
            link('self', '/'),
            {
              href: `${base.slice(0, -'/ogc'.length)}/api/openapi.json`,
              rel: 'service-desc',
              type: 'application/vnd.oai.openapi+json;version=3.1',
            },
            link('conformance', '/conformance'),
            link('data', '/collections'),
          ],
        }
      },
    ),
    route(
      {
        ...any,
        path: '/ogc/conformance',
        query: format,
        response: ogcConformance,
        summary: 'OGC API Features: yang dipenuhi',
      },
      async () => ({ conformsTo: CONFORMS }),
    ),
    route(
      {
        ...any,
        path: '/ogc/collections',
        query: format,
        response: ogcCollections,
        summary: 'OGC API Features: lapisan yang boleh dibuka',
      },
      async ({ req, principal }) => {
        const bounds = await readBounds()
        return {
          links: [{ href: `${root(req)}/collections`, rel: 'self', type: JSON_TYPE }],
          collections: seen(principal).map((each) => describe(each, root(req), bounds)),
        }
      },
    ),
    route(
      {
        ...any,
        path: '/ogc/collections/:collection',
        params: ofCollection,
        query: format,
        response: ogcCollection,
        summary: 'OGC API Features: satu lapisan',
      },
      async ({ params, principal, req }) => describe(find(params.collection, principal), root(req), await readBounds()),
    ),
    route(
      {
        ...any,
        path: '/ogc/collections/:collection/items',
        params: ofCollection,
        query: itemsQuery,
        response: ogcItems,
        summary: 'OGC API Features: isi satu lapisan sebagai GeoJSON, sehalaman demi sehalaman',
      },
      async ({ params, query, principal, req, res, now }) => {
        const collection = find(params.collection, principal)
        const { limit, offset } = query
        const { features, matched } = await collection.read(services, {
          ...{ limit, offset, now, bbox: query.bbox ?? null },
          from: query.datetime?.from ?? null,
          to: query.datetime?.to ?? null,
        })
        const here = `${root(req)}/collections/${collection.id}`
        const page = (rel: string, at: number): OgcLink => {
          const asked = new URLSearchParams(req.url.split('?')[1] ?? '')
          if (rel !== 'self') asked.set('offset', String(at))
          return { href: `${here}/items${asked.size ? `?${asked}` : ''}`, rel, type: GEOJSON }
        }
        res.type(GEOJSON)
        return {
          type: 'FeatureCollection',
          features,
          links: [
            page('self', offset),
            ...(offset + features.length < matched && features.length > 0 ? [page('next', offset + limit)] : []),
            ...(offset > 0 ? [page('prev', Math.max(0, offset - limit))] : []),
            { href: here, rel: 'collection', type: JSON_TYPE },
          ],
          timeStamp: now.toISOString(),
          numberMatched: matched,
          numberReturned: features.length,
        }
      },
    ),
    route(
      {
        ...any,
        path: '/ogc/collections/:collection/items/:feature',
        params: ofCollection.extend({ feature: z.string() }),
        query: format,
        response: ogcItem,
        summary: 'OGC API Features: satu isi lapisan',
      },
      async ({ params, principal, req, res, now }) => {
        const collection = find(params.collection, principal)
        const feature = await collection.find(services, params.feature, now)
        if (feature === null) throw notFound('Fitur')
        const here = `${root(req)}/collections/${collection.id}`
        res.type(GEOJSON)
        return {
          ...feature,
          links: [
            { href: `${here}/items/${encodeURIComponent(feature.id)}`, rel: 'self', type: GEOJSON },
            { href: here, rel: 'collection', type: JSON_TYPE },
          ],
        }
      },
    ),
  ]
}
