import { readFileSync } from 'node:fs'
import type pg from 'pg'
import type { Point } from 'geojson'
import type { GeocodeResult } from '../../../geo/address/types.ts'
import { rankOf, type Case } from '../../geo/address/helpers/score.ts'
import { ask } from '../client.ts'
import { latencies, type Figure, type SectionResult } from '../figure.ts'
import { casesBeside, importCity, NO_GEODATA, type House } from '../house.ts'

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

/** The imported city in PostgreSQL with pg_trgm, which the embedded database does not load; null where there is no PostgreSQL. */
async function trigramDatabase(house: House, geodata: string): Promise<pg.Client | null> {
  if (house.postgres_missing) return null
  const room = await house.room('postgres')
  await importCity(room, geodata)
  const client = await room.sql()
  await client.query('create extension if not exists pg_trgm')
  return client
}

/** The shared caller utterances over HTTP on the imported city (embedded), turn by turn with plain pg_trgm over the same names. */
export async function benchGeocode(house: House): Promise<SectionResult> {
  if (!house.geodata) return { figures: [], notes: [NO_GEODATA] }
  const file = casesBeside(house.geodata)
  if (!file) return { figures: [], notes: ['not run: no geocoding/dev.json beside the geodata'] }
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[]
  const room = await house.room('embedded')
  const operator = room.token('operator')
  await importCity(room, house.geodata)
  const client = await trigramDatabase(house, house.geodata)
  for (const { q } of cases.slice(0, 30)) {
    await ours(room.url, operator, q)
    if (client) await trigram(client, q)
  }

  const times = { ours: [] as number[], trigram: [] as number[] }
  const right = { ours: { first: 0, five: 0 }, trigram: { first: 0, five: 0 } }
  for (const each of cases) {
    const answers = {
      ours: await ours(room.url, operator, each.q),
      trigram: client ? await trigram(client, each.q) : null,
    }
    for (const who of ['ours', 'trigram'] as const) {
      const answer = answers[who]
      if (!answer) continue
      const rank = rankOf(each, answer.results)
      times[who].push(answer.ms)
      if (rank === 0) right[who].first++
      if (rank >= 0) right[who].five++
    }
  }
  const share = (what: string, key: 'first' | 'five', least: number): Figure => ({
    what,
    measured: (100 * right.ours[key]) / cases.length,
    unit: '%',
    baseline: client && (100 * right.trigram[key]) / cases.length,
    beside: 'plain pg_trgm',
    bound: { least },
  })
  return {
    figures: [
      ...latencies(
        'GET /api/geocode over HTTP, embedded',
        times.ours,
        client && { beside: 'plain pg_trgm, PostgreSQL, SQL only', values: times.trigram },
        15,
      ),
      share(`right answer first, of ${cases.length}`, 'first', 94),
      share('right answer in five', 'five', 98),
    ],
    notes: [
      'the cases beside the geodata, not held-out ones',
      ...(client ? [] : [`plain pg_trgm not run (the embedded database has none): ${house.postgres_missing}`]),
    ],
  }
}
