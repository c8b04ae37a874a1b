import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type pg from 'pg'
import { recommend } from '../../../geo/dispatch/recommend.ts'
import { ETA_ERROR } from '../../../geo/dispatch/ties.ts'
import type { CandidateUnit } from '../../../geo/dispatch/types.ts'
import { buildGraph, type RoadGraph } from '../../../geo/roads/graph.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { createScratch, priceTargets } from '../../../geo/roads/search.ts'
import type { RoadEdge } from '../../../geo/roads/types.ts'
import { at } from '../../geo/roads/cases.ts'
import { seededRandom } from '../../helpers/random.ts'
import { latencies, percentile, type Figure, type SectionResult } from '../figure.ts'
import { gridTown, TOWN_M } from '../grid_town.ts'
import { importCity, NO_GEODATA, type House } from '../house.ts'
import { loadArcs, pgrSeconds, placesAtNodes } from '../pgrouting.ts'

const UNITS = 1_000
const ROUNDS = 200
const WARM_UP = 20
const PGR_ROUNDS = 5
const CITY_UNITS = 60
const CITY_ROUNDS = 40
const QUERIES = resolve(import.meta.dirname, '../../../sql/queries')

const KINDS = ['damkar', 'bpbd', 'psc119', 'polres', 'pmi']
const NEEDS = [
  { agency_kind: 'damkar', capability: 'pump', quantity: 2, min_crew: 3 },
  { agency_kind: 'psc119', capability: 'ambulance', quantity: 1, min_crew: 2 },
  { agency_kind: 'polres', capability: null, quantity: 1, min_crew: 1 },
]

/** Units of five kinds where the prices are asked from; every tenth is busy. */
const fleet = (places: readonly [number, number][]): CandidateUnit[] =>
  places.map((position, i) => ({
    unit_id: `u${i}`,
    callsign: `Unit ${i}`,
    agency_kind: KINDS[i % KINDS.length],
    capabilities: i % 3 ? ['pump', 'ambulance'] : ['rescue'],
    crew: 1 + (i % 5),
    duty: 'on',
    busy_incident_id: i % 10 ? null : 'another',
    job: i % 10 ? null : { number: 'N', free_in_seconds: 600, state: 'di lokasi' },
    position,
    position_age_seconds: i % 400,
    station_position: position,
    turnout_seconds: 80,
    active: true,
  }))

/** 1,000 units anywhere (snapping included) in a town of 20,000 nodes. */
async function onTown(client: pg.Client | null): Promise<Figure[]> {
  const random = seededRandom(90)
  const { nodes, edges } = gridTown(random)
  const started = performance.now()
  const graph = buildGraph(nodes, edges)
  const router = createRouter(graph)
  const built = performance.now() - started
  const anywhere = (): [number, number] => at(random() * TOWN_M, random() * TOWN_M)
  const ours: number[] = []
  const cpu: number[] = []
  const whole: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const incident = anywhere()
    const units = Array.from({ length: UNITS }, anywhere)
    const used = process.cpuUsage()
    const asked = performance.now()
    const prices = router.price(incident, units)
    const ms = performance.now() - asked
    const { user, system } = process.cpuUsage(used)
    const candidates = fleet(units)
    const ranking = performance.now()
    const by_unit = new Map(candidates.map((unit, i) => [unit.unit_id, prices[i]]))
    recommend({
      needs: NEEDS,
      units: candidates,
      agencies: [],
      incident: { position: incident, accuracy_m: 25 },
      prices: by_unit,
      prices_from_job: by_unit,
      options: { eta_error: ETA_ERROR },
    })
    const ranked = performance.now() - ranking
    if (round < WARM_UP) continue
    ours.push(ms)
    cpu.push((user + system) / 1000)
    whole.push(ms + ranked)
  }
  const theirs: number[] = []
  if (client) {
    await loadArcs(client, graph)
    const pick = (): number => Math.floor(random() * nodes.length)
    for (let round = 0; round <= PGR_ROUNDS; round++) {
      const from = Array.from({ length: UNITS }, pick)
      const asked = performance.now()
      await pgrSeconds(client, from, pick())
      if (round > 0) theirs.push(performance.now() - asked)
    }
  }
  const beside = client ? { beside: 'pgr_dijkstraCost', values: theirs } : null
  const [p50, p95] = latencies(`${UNITS} units x ${graph.node_count} nodes`, ours, beside, 10)
  const info = { baseline: null, beside: '' }
  return [
    p50,
    p95,
    ...latencies('priced, ranked and explained (three kinds)', whole, null, 10),
    {
      what: 'the same prices in processor time, p95',
      measured: percentile(cpu, 0.95),
      unit: 'ms',
      ...info,
      bound: null,
    },
    ...(client
      ? [
          {
            what: 'faster than pgRouting there, p50',
            measured: percentile(theirs, 0.5) / percentile(ours, 0.5),
            unit: 'x',
            ...info,
            bound: { least: 20 },
          },
        ]
      : []),
    { what: 'that graph built and indexed', measured: built, unit: 'ms', ...info, bound: null },
  ]
}

const query = (name: string): string => readFileSync(resolve(QUERIES, `${name}.sql`), 'utf8')

/** The graph that the server reads: the stored rows of the imported city. */
export async function storedGraph(client: pg.Client): Promise<RoadGraph> {
  const nodes = (
    await client.query<{ id: string; level_crossing: boolean; lon: number; lat: number }>(query('road_nodes'))
  ).rows
  const edges = (await client.query<Record<'id' | 'from_node' | 'to_node', string> & RoadEdge>(query('road_edges')))
    .rows
  return buildGraph(
    nodes.map(({ id, level_crossing, lon, lat }) => ({
      id: Number(id),
      level_crossing,
      position: [lon, lat] as [number, number],
    })),
    edges.map((edge) => ({
      ...edge,
      id: Number(edge.id),
      from_node: Number(edge.from_node),
      to_node: Number(edge.to_node),
      metres: Number(edge.metres),
    })),
  )
}

/** The same questions to both on the imported city: are the seconds equal, and how long does each take. */
async function onCity(client: pg.Client): Promise<Figure[]> {
  const random = seededRandom(97)
  const graph = await storedGraph(client)
  await loadArcs(client, graph)
  const places = placesAtNodes(graph)
  const linked = places.flatMap((place, node) => (place ? [node] : []))
  const scratch = createScratch(graph)
  const pick = (): number => linked[Math.floor(random() * linked.length)]
  const ours: number[] = []
  const theirs: number[] = []
  let worst = 0
  let compared = 0
  let reached = 0
  for (let round = 0; round < CITY_ROUNDS; round++) {
    const to = pick()
    const from = [...new Set(Array.from({ length: CITY_UNITS }, pick))].filter((node) => node !== to)
    const incident = places[to]
    if (!incident) continue
    const asked = performance.now()
    const mine = priceTargets(
      scratch,
      incident,
      from.map((node) => places[node]),
    )
    ours.push(performance.now() - asked)
    const asked_other = performance.now()
    const other = await pgrSeconds(client, from, to)
    theirs.push(performance.now() - asked_other)
    for (const [i, { seconds }] of mine.entries()) {
      compared++
      if (Number.isFinite(seconds)) reached++
      worst = Math.max(worst, seconds === other[i] ? 0 : Math.abs(seconds - other[i]) / other[i])
    }
  }
  if (reached < 100) throw new Error(`only ${reached} of ${compared} pairs are joined by a way: nothing was compared`)
  const info = { baseline: null, beside: '' }
  return [
    {
      what: `imported city, ${compared} drives (${reached} joined): worst difference from pgRouting, relative`,
      measured: worst,
      unit: '',
      ...info,
      bound: { most: 1e-6 },
    },
    ...latencies(`imported city, ${CITY_UNITS} units, ${graph.node_count} nodes`, ours, {
      beside: 'pgr_dijkstraCost',
      values: theirs,
    }),
    {
      what: 'faster than pgRouting there, p50',
      measured: percentile(theirs, 0.5) / percentile(ours, 0.5),
      unit: 'x',
      ...info,
      bound: { least: 20 },
    },
  ]
}

export async function benchRoads(house: House): Promise<SectionResult> {
  const missing =
    house.postgres_missing ??
    (house.extensions.includes('pgrouting') ? null : 'no pgRouting (Debian: postgresql-15-pgrouting)')
  if (missing) return { figures: await onTown(null), notes: [`beside pgRouting not run: ${missing}`] }
  const room = await house.room('postgres')
  const client = await room.sql()
  const figures = await onTown(client)
  if (!house.geodata) return { figures, notes: [`the imported city: ${NO_GEODATA}`] }
  await importCity(room, house.geodata)
  return {
    figures: [...figures, ...(await onCity(client))],
    notes: ['pgRouting reads its arcs from a table at each question; its time includes the round trip'],
  }
}
