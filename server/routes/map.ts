import { z } from 'zod'
import { mapManifest } from '../../geo/wire/masterdata.ts'
import { notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { MapStore } from '../map/store.ts'

const layerFile = z.object({ layer: z.string(), file: z.string() })

/** The base map: a manifest that says what there is now, and files whose address changes with their content. */
export const mapRoutes = (map: MapStore): Route[] => [
  route(
    { method: 'get', path: '/api/map', summary: 'Manifes peta dasar', permission: 'map.read', response: mapManifest },
    async ({ req, res }) => {
      const manifest = await map.manifest()
      const tag = `"${manifest.hash}"`
      res.set({ ETag: tag, 'Cache-Control': 'private, no-cache' })
      if (req.headers['if-none-match'] === tag) return void res.status(304).end()
      return manifest
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/map/:layer/:file',
      summary: 'Satu lapis peta sebagai GeoJSON',
      permission: 'map.read',
      params: layerFile,
    },
    async ({ params, req, res }) => {
      const hash = params.file.replace(/\.geojson$/, '')
      const found = params.file.endsWith('.geojson') ? await map.file(params.layer, hash) : null
      if (!found) throw notFound(`Lapis ${params.layer} dengan hash ${hash}; alamat yang berlaku ada di /api/map`)
      const tag = `"${hash}"`
      res.set({ ETag: tag, 'Cache-Control': 'private, max-age=31536000, immutable', Vary: 'Accept-Encoding' })
      if (req.headers['if-none-match'] === tag) return void res.status(304).end()
      const brotli = req.acceptsEncodings('br', 'identity') === 'br'
      if (brotli) res.set('Content-Encoding', 'br')
      res.type('application/geo+json').send(brotli ? found.brotli : found.text)
    },
  ),
]
