import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import type { Point } from 'geojson'
import type { GeocodeResult } from '../../../geo/address/types.ts'
import { loadCity } from '../../geo/address/helpers/imported.ts'
import { rankOf, type Case } from '../../geo/address/helpers/score.ts'
import { utterances } from '../../geo/address/helpers/utterances.ts'
import { seededRandom } from '../../helpers/random.ts'
import { ask } from '../client.ts'
import { latencies, type Figure, type SectionResult } from '../figure.ts'
import { casesBeside, importCity, NO_GEODATA, type House } from '../house.ts'
import { namedTown, writeTown } from '../named_town.ts'

/** Every name of the gazetteer by pg_trgm alone: what a first try would do. A line answers by a point of it. */
const TRIGRAM = `
  select st_x(st_pointonsurface(geom)) as lon, st_y(st_pointonsurface(geom)) as lat
  from (select name, geom from kelurahan union all select name, geom from street where name <> ''
        union all select name, geom from place union all select name, geom from facility) named
  order by similarity(name, $1) desc limit 5`

interface Feature {
  geometry: Point
  properties: { inside_city: boolean }
}

const asResult = (lon: number, lat: number, inside_city: boolean) =>
  ({ point: [lon, lat], inside_city }) as GeocodeResult

async function ours(url: string, token: string, q: string): Promise<{ ms: number; results: GeocodeResult[] }> {
  const { ms, text } = await ask('GET', `${url}/api/geocode?limit=5&q=${encodeURIComponent(q)}`, { token })
  const { features } = JSON.parse(text) as { features: Feature[] }
  return {
    ms,
    results: features.map(({ geometry, properties }) =>
      asResult(geometry.coordinates[0], geometry.coordinates[1], properties.inside_city),
    ),
  }
}

async function trigram(client: pg.Client, q: string): Promise<{ ms: number; results: GeocodeResult[] }> {
  const started = performance.now()
  const { rows } = await client.query<{ lon: number; lat: number }>(TRIGRAM, [q])
  return { ms: performance.now() - started, results: rows.map(({ lon, lat }) => asResult(lon, lat, true)) }
}

/** A folder's layers in PostgreSQL with pg_trgm, which the embedded database does not load; null where there is no PostgreSQL. */
async function trigramDatabase(house: House, layers: string): Promise<pg.Client | null> {
  if (house.postgres_missing) return null
  const room = await house.room('postgres')
  await importCity(room, layers)
  const client = await room.sql()
  await client.query('create extension if not exists pg_trgm')
  return client
}

/** One gazetteer, imported into a room of its own and into PostgreSQL. */
interface Pair {
  url: string
  operator: string
  client: pg.Client | null
}

async function openPair(house: House, layers: string, warmUp: readonly Case[]): Promise<Pair> {
  const room = await house.room('embedded')
  const operator = room.token('operator')
  await importCity(room, layers)
  const client = await trigramDatabase(house, layers)
  for (const { q } of warmUp) {
    await ours(room.url, operator, q)
    if (client) await trigram(client, q)
  }
  return { url: room.url, operator, client }
}

/** The cases asked of both, turn by turn: latencies, and how often the right answer stands first and in five. */
async function compare({ url, operator, client }: Pair, cases: readonly Case[], what: string, bounds: Bounds) {
  const times = { ours: [] as number[], trigram: [] as number[] }
  const right = { ours: { first: 0, five: 0 }, trigram: { first: 0, five: 0 } }
  for (const each of cases) {
    const answers = { ours: await ours(url, operator, each.q), trigram: client ? await trigram(client, each.q) : null }
    for (const who of ['ours', 'trigram'] as const) {
      const answer = answers[who]
      if (!answer) continue
      const rank = rankOf(each, answer.results)
      times[who].push(answer.ms)
      if (rank === 0) right[who].first++
      if (rank >= 0) right[who].five++
    }
  }
  const share = (name: string, key: 'first' | 'five', least: number | undefined): Figure => ({
    what: `${what}: ${name}`,
    measured: (100 * right.ours[key]) / cases.length,
    unit: '%',
    baseline: client && (100 * right.trigram[key]) / cases.length,
    beside: 'plain pg_trgm',
    bound: least === undefined ? null : { least },
  })
  return [
    ...latencies(
      `${what}: GET /api/geocode over HTTP, embedded`,
      times.ours,
      client && { beside: 'plain pg_trgm, PostgreSQL, SQL only', values: times.trigram },
      bounds.p95_ms,
    ),
    share(`right answer first, of ${cases.length}`, 'first', bounds.first),
    share('right answer in five', 'five', bounds.five),
  ]
}

interface Bounds {
  p95_ms: number
  first?: number
  five?: number
}

/**
 * Caller utterances over HTTP on the imported city and on a made-up one of 50,000 names (both embedded), turn by turn with
 * plain pg_trgm over the same names. Of the imported city: the cases beside the geodata, and seeded ones drawn over all its
 * names with noise as heavy.
 */
export async function benchGeocode(house: House): Promise<SectionResult> {
  const figures: Figure[] = []
  const notes: string[] = []
  const file = house.geodata && casesBeside(house.geodata)
  if (!house.geodata) notes.push(NO_GEODATA)
  else {
    const { entries, areas } = loadCity(house.geodata)
    const draw = (salt: number, each: number) => utterances(entries, areas, seededRandom(salt), each)
    const pair = await openPair(house, house.geodata, draw(61, 15))
    if (file) {
      const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[]
      const bounds = { p95_ms: 15, first: 96, five: 99 }
      figures.push(...(await compare(pair, cases, 'imported city, the cases beside the geodata', bounds)))
    } else notes.push('no geocoding/dev.json beside the geodata')
    figures.push(
      ...(await compare(pair, draw(62, 60), 'imported city, drawn cases', { p95_ms: 15, first: 94, five: 98 })),
    )
    if (!pair.client) notes.push(`plain pg_trgm not run: ${house.postgres_missing}`)
    await house.clear()
  }
  const town = namedTown(seededRandom(63))
  const layers = mkdtempSync(join(tmpdir(), 'siaga-bench-town-'))
  house.later(() => rmSync(layers, { recursive: true, force: true }))
  writeTown(town, layers)
  const draw = (salt: number, each: number) => utterances(town.entries, town.areas, seededRandom(salt), each)
  const pair = await openPair(house, layers, draw(64, 15))
  figures.push(...(await compare(pair, draw(65, 30), `made-up city of ${town.entries.length} names`, { p95_ms: 25 })))
  notes.push('the engine was tuned on the cases beside the geodata; the drawn ones change with the seed')
  notes.push('the made-up city has names by the hundred that nothing tells apart: its shares are for information')
  return { figures, notes }
}
