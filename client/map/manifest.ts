import { mapManifest } from '../../geo/wire/masterdata.ts'
import type { MapManifest } from '../../geo/wire/masterdata.ts'
import { neededBy } from './base/all.ts'
import type { Base } from './base/all.ts'
import type { MapData } from './base/layer.ts'

export interface CityMap {
  manifest: MapManifest
  data: MapData
  /** What is drawn of it. */
  base: Base
}

async function json(url: string, cache: RequestCache): Promise<unknown> {
  const answer = await fetch(url, { cache })
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return answer.json()
}

/** The manifest and every layer that `base` draws; all or nothing, so that a half-swapped map is never shown. */
export async function loadCityMap(base: Base): Promise<CityMap> {
  const needed = neededBy(base)
  const manifest = mapManifest.parse(await json('/api/map', 'no-cache'))
  const wanted = manifest.layers.filter(({ layer }) => needed.has(layer))
  const loaded = await Promise.all(
    wanted.map(async ({ layer, url }) => [layer, (await json(url, 'default')) as GeoJSON.FeatureCollection] as const),
  )
  return { manifest, data: new Map(loaded), base }
}
