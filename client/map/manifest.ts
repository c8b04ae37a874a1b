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

/** A layer of megabytes over a slow line takes its time; longer than this nobody answers. */
const PATIENCE_MS = 60_000

async function json(url: string, cache: RequestCache): Promise<unknown> {
  const answer = await fetch(url, { cache, signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return answer.json()
}

/**
 * The manifest and every layer that `base` draws; all or nothing, so that a half-swapped map is never shown. Throws where the server refuses, does not
 * answer within a minute, or says something else.
 */
export async function loadCityMap(base: Base): Promise<CityMap> {
  const needed = neededBy(base)
  const manifest = mapManifest.parse(await json('/api/map', 'no-cache'))
  const wanted = manifest.layers.filter(({ layer }) => needed.has(layer))
  const loaded = await Promise.all(
    wanted.map(async ({ layer, url }) => [layer, (await json(url, 'default')) as GeoJSON.FeatureCollection] as const),
  )
  return { manifest, data: new Map(loaded), base }
}
