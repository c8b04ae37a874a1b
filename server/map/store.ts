import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import type { MapManifest } from '../../geo/wire/masterdata.ts'
import type { Database } from '../db/database.ts'
import { readFeatures } from './features.ts'

const compress = promisify(brotliCompress)

/** Counts up when the same rows make another GeoJSON: addresses are cached for ever, so they must change with it. */
const FORMAT = 2
/** In the order of the manifest. */
const DRAWN = [
  'outline',
  'neighbour',
  'kelurahan',
  'landuse',
  'flood',
  'water',
  'building',
  'street',
  'road',
  'rail',
  'place',
  'facility',
]
const KEPT = 2

export interface MapFile {
  text: Buffer
  brotli: Buffer
}

export interface MapStore {
  /** Changes whenever any layer does. Known at once; the layers themselves are read in the background. */
  hash(): string
  /** The manifest of the live layers, once they are read. */
  manifest(): Promise<MapManifest>
  /** The file behind an address of the manifest (of this or the one before: a client may be half-way), or null. */
  file(layer: string, hash: string): Promise<MapFile | null>
  /** After an import: reads which layers are live now. Answers when the new hash is known. */
  refresh(): Promise<void>
}

interface Version {
  id: number
  layer: string
  built_in: boolean
  source: string | null
  attribution: string | null
  content_hash: string | null
  row_count: number
}

interface Loaded {
  version: Version
  hash: string
  row_count: number
  file: MapFile
}

interface State {
  hash: string
  versions: Version[]
  loading: Promise<Loaded[]>
}

const short = (...parts: unknown[]) =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, ...parts]))
    .digest('hex')
    .slice(0, 16)
const versionHash = (version: Version) => short(version.layer, version.content_hash ?? version.id)

/** The base map in memory: GeoJSON of each live layer and its brotli, made once per version. */
export async function createMapStore(db: Database): Promise<MapStore> {
  const files = new Map<number, Promise<Loaded>>()
  let state: State | null = null
  let recent: State[] = []

  async function load(version: Version): Promise<Loaded> {
    const { text, row_count } = await readFeatures(db, version.layer, version.id)
    // Swapped out and swept away while it was read: half a layer must not be kept under its hash.
    if (row_count !== version.row_count) throw new Error(`layer ${version.layer}: version ${version.id} is gone`)
    const bytes = Buffer.from(text)
    const brotli = await compress(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    })
    return { version, row_count, hash: versionHash(version), file: { text: bytes, brotli } }
  }

  /** One after the other: a map is read beside calls, never before them. */
  async function loadAll(versions: Version[]): Promise<Loaded[]> {
    const loaded: Loaded[] = []
    for (const version of versions) {
      const pending = files.get(version.id) ?? load(version)
      files.set(version.id, pending)
      try {
        loaded.push(await pending)
      } catch (error) {
        files.delete(version.id)
        throw error
      }
    }
    return loaded
  }

  async function refresh(): Promise<void> {
    const live = await db.rows<Version>('import_live')
    const imported = live.some((version) => version.layer === 'kelurahan' && !version.built_in)
    const versions = DRAWN.map((layer) => live.find((version) => version.layer === layer))
      // The sketch's land and coast say nothing beside real boundaries.
      .filter(
        (version): version is Version =>
          version !== undefined && !(version.layer === 'outline' && version.built_in && imported),
      )
    const hash = short(versions.map(versionHash))
    if (state?.hash === hash) return
    const loading = (state?.loading.catch(() => []) ?? Promise.resolve([])).then(() => loadAll(versions))
    // Whoever asks for the manifest gets the error; here it must not end the process.
    loading.catch(() => undefined)
    state = { hash, versions, loading }
    recent = [state, ...recent].slice(0, KEPT)
    const kept = new Set(recent.flatMap((s) => s.versions.map((version) => version.id)))
    for (const id of files.keys()) if (!kept.has(id)) files.delete(id)
  }

  /** The layers of the newest state, read again if that failed (the database was away). */
  async function current(): Promise<{ state: State; layers: Loaded[] }> {
    if (!state) await refresh()
    const asked = state as State
    const layers = await asked.loading.catch(async () => {
      await refresh()
      return state === asked ? (asked.loading = loadAll(asked.versions)) : []
    })
    return state === asked ? { state: asked, layers } : current()
  }

  await refresh()
  return {
    hash: () => state?.hash ?? '',
    refresh,
    async manifest() {
      const { state: shown, layers } = await current()
      const city = await db.one<{ code: string; name: string; bounds: [number, number, number, number] | null }>(
        'map_city',
      )
      const builtIn = (layer: string) => layers.some(({ version }) => version.layer === layer && version.built_in)
      return {
        hash: shown.hash,
        city: { code: city.code || BUILT_IN_CITY.code, name: city.name || BUILT_IN_CITY.name },
        schematic: builtIn('kelurahan') || builtIn('road'),
        bounds: city.bounds?.every(Number.isFinite) ? city.bounds : [109.62, -6.95, 109.73, -6.84],
        layers: layers.map(({ version: { layer, built_in, source, attribution }, hash, row_count, file }) => ({
          layer,
          url: `/api/map/${layer}/${hash}.geojson`,
          built_in,
          row_count,
          bytes: file.text.length,
          source,
          attribution,
        })),
        attribution: [
          ...new Set(
            layers.flatMap(({ version }) => version.attribution ?? (version.built_in ? [] : (version.source ?? []))),
          ),
        ],
      }
    },
    async file(layer, hash) {
      for (const { versions } of recent) {
        const version = versions.find((v) => v.layer === layer && versionHash(v) === hash)
        if (version)
          return (
            (files.get(version.id)
              ? (await files.get(version.id))?.file
              : (await current()).layers.find((l) => l.hash === hash)?.file) ?? null
          )
      }
      return null
    },
  }
}
