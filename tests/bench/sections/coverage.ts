import type pg from 'pg'
import { cellsOf, type AreaShape, type CellSet } from '../../../geo/coverage/cells.ts'
import { placeCells, reachSeconds } from '../../../geo/coverage/reach.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import type { CoverageChange } from '../../../geo/wire/coverage_what_if.ts'
import { seededRandom } from '../../helpers/random.ts'
import { ask } from '../client.ts'
import { latencies, percentile, type Figure, type SectionResult } from '../figure.ts'
import { importCity, NO_GEODATA, type House, type Room } from '../house.ts'
import { storedGraph } from './roads.ts'

const ROUNDS = 15
const BEST_ROUNDS = 3

/** What the same searches over the roads cost by themselves: one from each of `places` to every cell. */
function bareMs(router: ReturnType<typeof createRouter>, cells: CellSet, places: readonly LonLat[]): number[] {
  const placed = placeCells(router, cells)
  return places.map((place) => {
    const began = performance.now()
    reachSeconds(router, placed, place)
    return performance.now() - began
  })
}

async function readBare(client: pg.Client, places: readonly LonLat[]): Promise<number[]> {
  const router = createRouter(await storedGraph(client))
  const { rows } = await client.query<{ geometry: AreaShape['geometry'] }>(
    'select st_asgeojson(geom)::json as geometry from kelurahan order by code',
  )
  return bareMs(router, cellsOf(rows), places)
}

/** What somebody who plans asks of the imported city, each question new to the server. */
async function onRoom(room: Room, geodata: string): Promise<Figure[]> {
  await importCity(room, geodata)
  const random = seededRandom(96)
  const token = room.token('kabid')
  const place = (): LonLat => [109.655 + random() * 0.04, -6.92 + random() * 0.045]
  const point = (coordinates: LonLat) => ({ type: 'Point' as const, coordinates: [coordinates[0], coordinates[1]] as [number, number] }) // prettier-ignore
  const places = Array.from({ length: ROUNDS }, place)
  const ms: Record<string, number[]> = { now: [], add: [], flood: [], road: [] }
  const whatIf = async (changes: CoverageChange[]) =>
    (await ask('POST', `${room.url}/api/coverage/what-if`, { token, body: { changes } })).ms
  const first = (await ask('GET', `${room.url}/api/coverage`, { token })).ms
  await whatIf([{ kind: 'flood', scenario: '2021' }])
  for (const at of places) {
    ms.now.push((await ask('GET', `${room.url}/api/coverage`, { token })).ms)
    ms.add.push(await whatIf([{ kind: 'add_post', location: point(at) }]))
    ms.flood.push(await whatIf([{ kind: 'flood', scenario: '2021' }, { kind: 'add_post', location: point(place()) }])) // prettier-ignore
    ms.road.push(await whatIf([{ kind: 'close_road', draw: { by: 'stretch', from: at, to: place() } }]))
  }
  const best: number[] = []
  let candidates = 0
  for (const objective of ['mclp', 'p_median'] as const)
    for (let round = 0; round < BEST_ROUNDS; round++) {
      const body = { add: 2, objective, minutes: 6 + round }
      const answer = await ask('POST', `${room.url}/api/coverage/best-posts`, { token, body, headers: { 'accept-encoding': 'identity' } }) // prettier-ignore
      candidates = (JSON.parse(answer.text) as { candidates: number }).candidates
      best.push(answer.ms)
    }
  const bare = await readBare(await room.sql(), places)
  const search = { beside: 'one bare isochrone', values: bare }
  const searches = percentile(bare, 0.5) * candidates
  return [
    ...latencies(`coverage of a kind over HTTP, ${room.kind}`, ms.now, search, 1_000),
    ...latencies(`what-if: a post more, ${room.kind}`, ms.add, search, 1_000),
    ...latencies(`what-if: rob of 2021 and a post more, ${room.kind}`, ms.flood, search, 1_000),
    ...latencies(`what-if: a road shut, ${room.kind}`, ms.road, search, 1_000),
    {
      what: `coverage, the first after an import, ${room.kind}`,
      ...{ measured: first, unit: 'ms', baseline: null, beside: '', bound: null },
    },
    {
      what: `best two posts of ${candidates} candidates, the first, ${room.kind}`,
      ...{ measured: best[0], unit: 'ms', baseline: searches, beside: `${candidates} bare isochrones`, bound: null },
    },
    {
      what: `best two posts of ${candidates} candidates, p95 of ${best.length}, ${room.kind}`,
      ...{ measured: percentile(best, 0.95), unit: 'ms', baseline: searches, beside: `${candidates} bare isochrones` },
      bound: { most: 2_000 },
    },
  ]
}

/** Coverage, what-ifs and the best posts over HTTP on the imported city, beside the searches over the roads that they rest on. */
export async function benchCoverage(house: House): Promise<SectionResult> {
  const { geodata } = house
  if (!geodata) return { figures: [], notes: [NO_GEODATA] }
  const notes: string[] = []
  const figures: Figure[] = []
  for (const kind of ['postgres', 'embedded'] as const) {
    if (kind === 'postgres' && house.postgres_missing) notes.push(`PostgreSQL not run: ${house.postgres_missing}`)
    else figures.push(...(await onRoom(await house.room(kind), geodata)))
  }
  return { figures, notes }
}
