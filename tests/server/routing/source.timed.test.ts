import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LonLat } from '../../../geo/earth.ts'
import { applyClosures } from '../../../geo/roads/closures.ts'
import { buildGraph } from '../../../geo/roads/graph.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import type { RoadEdge } from '../../../geo/roads/types.ts'
import { createRouting } from '../../../server/routing/source.ts'
import { OSRM_TIMEOUT_MS, type RoutingSource } from '../../../server/routing/types.ts'
import { at, edge, node } from '../../geo/roads/cases.ts'
import { startFakeOsrm, type Ailment, type FakeOsrm } from '../../helpers/fake_osrm.ts'
import { seededRandom } from '../../helpers/random.ts'

/** A grid of 12 by 12 streets, 100 m apart. */
const SIDE = 12
const nodes = Array.from({ length: SIDE * SIDE }, (_, id) => node(id, (id % SIDE) * 100, Math.floor(id / SIDE) * 100))
const edges: RoadEdge[] = []
for (let id = 0; id < nodes.length; id++) {
  if (id % SIDE < SIDE - 1) edges.push(edge(edges.length, nodes[id], nodes[id + 1]))
  if (id + SIDE < nodes.length) edges.push(edge(edges.length, nodes[id], nodes[id + SIDE]))
}
const router = createRouter(buildGraph(nodes, edges))
let shut: Float64Array | null = null
const city = {
  router,
  seconds: () => shut ?? router.graph.seconds,
  openSeconds: () => (shut ? router.graph.seconds : null),
}
/** Closes all streets that touch a box of metres east and north. */
const close = (x0: number, y0: number, x1: number, y1: number, speed_factor = 0) => {
  const ring = [at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)]
  shut = applyClosures(router.graph, [
    { geometry: { type: 'Polygon', coordinates: [ring] }, speed_factor, depth_cm: null },
  ])
}

const random = seededRandom(60)
const anywhere = (): LonLat => at(random() * 1100, random() * 1100)
const INCIDENT = at(540, 480)
const NOW = new Date('2026-11-28T02:00:00+07:00')

let fake: FakeOsrm
const started: RoutingSource[] = []
/** Probes stand still, unless a test lets them run. */
function routing(url: string | null = fake.url, probe_every_ms = 3_600_000): RoutingSource {
  const source = createRouting({ city, log: pino({ level: 'silent' }), now: () => new Date(), url, probe_every_ms })
  started.push(source)
  return source
}
const until = async (wanted: () => boolean, within_ms = 3_000): Promise<number> => {
  const since = performance.now()
  while (!wanted()) {
    if (performance.now() - since > within_ms) throw new Error(`not so within ${within_ms} ms`)
    await new Promise((done) => setTimeout(done, 5))
  }
  return performance.now() - since
}
beforeAll(async () => void (fake = await startFakeOsrm()))
afterAll(() => fake.stop())
afterEach(() => {
  for (const source of started.splice(0)) source.stop()
  Object.assign(fake, { ailment: 'ok', delay_ms: 0, delay_per_place_ms: 0, old: false, max_table_size: 100 })
  fake.islands.clear()
  fake.asked.splice(0)
  shut = null
})
/** OSRM is asked to 6 digits. */
const told = ([lon, lat]: LonLat): LonLat => [Number(lon.toFixed(6)), Number(lat.toFixed(6))]

describe('times of OSRM', () => {
  it('are its seconds and metres, point by point, asked in tables it takes', async () => {
    const points = [null, ...Array.from({ length: 250 }, anywhere)]
    const prices = await routing().price(INCIDENT, points, NOW)
    expect(prices).toHaveLength(points.length)
    expect(prices[0].seconds).toBe(Infinity)
    for (const [i, point] of points.entries()) {
      if (!point) continue
      expect(prices[i].seconds).toBeCloseTo(fake.seconds(told(point), told(INCIDENT)), 6)
      expect(prices[i].metres).toBeCloseTo(fake.metres(told(point), told(INCIDENT)), 6)
      expect(prices[i]).toMatchObject({ off_road_m: 9, routing: 'osrm', notes: ['waktu dari OSRM'] })
    }
    expect(fake.asked).toHaveLength(3)
    for (const path of fake.asked) {
      expect(path).toMatch(/^\/table\/v1\/driving\/109\.\d{6},-6\.\d{6};.*&annotations=duration,distance$/)
      expect(path.split(';').length).toBeLessThan(2 * 100)
    }
  })

  it('come over connections that are kept', async () => {
    const source = routing()
    await source.price(INCIDENT, [anywhere()], NOW)
    const before = fake.connections
    for (let i = 0; i < 10; i++) await source.price(INCIDENT, [anywhere()], NOW)
    expect(fake.connections).toBe(before)
  })

  it('leave out whom it cannot reach, but not everybody', async () => {
    const [here, there] = [anywhere(), anywhere()]
    fake.islands.add(
      told(here)
        .map((c) => c.toFixed(6))
        .join(),
    )
    const source = routing()
    const [island, other] = await source.price(INCIDENT, [here, there], NOW)
    expect(island).toMatchObject({ seconds: Infinity, metres: Infinity, routing: 'osrm' })
    expect(other.seconds).toBeLessThan(Infinity)
    const [alone] = await source.price(INCIDENT, [here], NOW)
    expect(alone).toMatchObject({
      routing: 'fallback',
      notes: ['waktu dari graf sendiri: OSRM tidak mengenal jalan di sini'],
    })
    expect(alone.seconds).toBe(router.price(INCIDENT, [here])[0].seconds)
  })

  it('of an old server go with our metres; a server with smaller tables is asked smaller ones', async () => {
    fake.old = true
    const point = anywhere()
    const [price] = await routing().price(INCIDENT, [point], NOW)
    const [ours] = router.price(INCIDENT, [point])
    expect(price).toMatchObject({ metres: ours.metres, off_road_m: ours.off_road_m, routing: 'osrm' })
    expect(price.seconds).toBeCloseTo(fake.seconds(told(point), told(INCIDENT)), 6)
    const source = routing(fake.url, 60)
    await source.start()
    fake.max_table_size = 30
    const points = Array.from({ length: 120 }, anywhere)
    const ask = async () => (await source.price(INCIDENT, points, NOW))[0].routing
    expect(await ask()).toBe('fallback')
    await until(() => source.state.routing === 'osrm' && fake.asked.length > 6)
    expect(await ask()).toBe('osrm')
  })

  it('draw the way too, with its time at each bend', async () => {
    const [from, to] = [anywhere(), anywhere()]
    const way = await routing().route(from, to, NOW)
    expect(way?.routing).toBe('osrm')
    expect(way?.coordinates).toHaveLength(3)
    expect(way?.seconds).toBeCloseTo(fake.seconds(told(from), told(to)), 6)
    expect(way?.elapsed_seconds.map((s) => s / (way?.seconds ?? 0))).toEqual(
      [0, 0.25, 1].map((s) => expect.closeTo(s, 6)),
    )
  })
})

describe('closures, which OSRM does not know', () => {
  it('add what they add on our own roads, and never shorten a drive', async () => {
    const source = routing()
    const points = Array.from({ length: 60 }, anywhere)
    const before = await source.price(INCIDENT, points, NOW)
    for (const speed_factor of [0.3, 0]) {
      close(300, 200, 450, 900, speed_factor)
      const during = await source.price(INCIDENT, points, NOW)
      const [withThem, without] = [city.seconds(), undefined].map((seconds) =>
        router.price(INCIDENT, points, { seconds }),
      )
      let longer = 0
      for (const [i, { seconds, notes }] of during.entries()) {
        const delay = Math.max(0, withThem[i].seconds - without[i].seconds)
        expect(seconds).toBeCloseTo(before[i].seconds + delay, 6)
        if (delay < 1) continue
        longer++
        expect(notes[1]).toMatch(/^penutupan jalan menambah \d+ dtk$/)
      }
      expect(longer).toBeGreaterThan(5)
    }
  })

  it('cut off what they cut off, and the way drawn is one that is open', async () => {
    close(-50, -50, 150, 1150)
    const source = routing()
    const [price] = await source.price(at(0, 500), [at(50, 500)], NOW)
    expect(price.notes).toContain('ujungnya di jalan tertutup: dihitung sampai titiknya')
    const way = await source.route(at(400, 500), at(800, 500), NOW)
    expect(way?.routing).toBe('own')
    expect(fake.asked.filter((path) => path.startsWith('/route'))).toEqual([])
  })
})

describe('a fault of OSRM', () => {
  const AILMENTS: [Ailment, number][] = [
    ['hang', OSRM_TIMEOUT_MS],
    ['cut', 0],
    ['cut_midway', 0],
    ['http_500', 0],
    ['html', 0],
    ['malformed', 0],
    ['short', 0],
    ['negative', 0],
    ['lat_lon', 0],
    ['elsewhere', 0],
    ['no_segment', 0],
    ['all_null', 0],
  ]
  it.each(AILMENTS)('%s: our own graph answers in the same call', async (ailment, least_ms) => {
    fake.ailment = ailment
    const source = routing()
    const points = Array.from({ length: 120 }, anywhere)
    const asked = performance.now()
    const prices = await source.price(INCIDENT, points, NOW)
    const ms = performance.now() - asked
    expect(ms).toBeGreaterThanOrEqual(least_ms - 5)
    expect(ms).toBeLessThan(OSRM_TIMEOUT_MS + 150)
    const ours = router.price(INCIDENT, points)
    for (const [i, price] of prices.entries()) {
      expect(price).toMatchObject({ ...ours[i], routing: 'fallback' })
      expect(price.notes[0]).toMatch(/^waktu dari graf sendiri: /)
    }
    if (['short', 'negative', 'all_null'].includes(ailment)) return
    const way = await source.route(points[0], points[1], NOW)
    expect(way?.seconds).toBe(router.route(points[0], points[1])?.seconds ?? NaN)
  })

  it('slower than the time-out is one; just below it is none', async () => {
    const source = routing()
    fake.delay_ms = OSRM_TIMEOUT_MS - 100
    expect((await source.price(INCIDENT, [anywhere()], NOW))[0].routing).toBe('osrm')
    fake.delay_ms = OSRM_TIMEOUT_MS + 100
    expect((await source.price(INCIDENT, [anywhere()], NOW))[0].routing).toBe('fallback')
  })

  it('opens the breaker once the probe confirms it: then nobody waits; the probe closes it again', async () => {
    fake.ailment = 'hang'
    const source = routing(fake.url, 100)
    await source.price(INCIDENT, [anywhere()], NOW)
    await until(() => source.state.routing === 'fallback', 2 * OSRM_TIMEOUT_MS)
    expect(source.state.since?.getTime()).toBeLessThanOrEqual(Date.now())
    const asked = fake.asked.length
    const since = performance.now()
    const [price] = await source.price(INCIDENT, [anywhere()], NOW)
    expect(performance.now() - since).toBeLessThan(50)
    expect(price.notes).toEqual(['waktu dari graf sendiri: OSRM tidak menjawab'])
    expect(fake.asked.length).toBe(asked)
    await source.start()
    fake.ailment = 'ok'
    await until(() => source.state.routing === 'osrm')
    expect(source.state.since).toBeNull()
    expect((await source.price(INCIDENT, [anywhere()], NOW))[0].routing).toBe('osrm')
  })

  it('that comes once opens nothing', async () => {
    const source = routing()
    fake.ailment = 'cut'
    const ask = async () => (await source.price(INCIDENT, [anywhere()], NOW))[0].routing
    expect(await ask()).toBe('fallback')
    fake.ailment = 'ok'
    await until(() => fake.asked.length === 2)
    await new Promise((done) => setTimeout(done, 50))
    expect(await ask()).toBe('osrm')
    expect(source.state.routing).toBe('osrm')
  })

  it('of the place does not open the breaker, however often', async () => {
    fake.ailment = 'no_segment'
    const source = routing()
    for (let i = 0; i < 8; i++) expect((await source.price(INCIDENT, [anywhere()], NOW))[0].routing).toBe('fallback')
    expect(source.state.routing).toBe('osrm')
    expect(source.counts).toMatchObject({ place: 8, silent: 0, invalid: 0, answered: 0 })
  })

  it('that only large questions meet keeps it open although small ones are answered', async () => {
    const source = routing(fake.url, 60)
    await source.start()
    fake.delay_per_place_ms = 5
    await source.price(INCIDENT, [anywhere()], NOW)
    expect(source.state.routing).toBe('osrm')
    await source.price(INCIDENT, Array.from({ length: 99 }, anywhere), NOW)
    await until(() => source.state.routing === 'fallback')
    await new Promise((done) => setTimeout(done, 700))
    expect(source.state.routing).toBe('fallback')
    fake.delay_per_place_ms = 0
    await until(() => source.state.routing === 'osrm')
  })

  it('at the start is known before anybody asks, and nothing fails', async () => {
    const gone = await startFakeOsrm()
    await gone.stop()
    const source = routing(gone.url)
    await source.start()
    expect(source.state).toEqual({ routing: 'fallback', since: expect.any(Date) as Date })
  })
})

it('without an address nobody is asked', async () => {
  const source = routing(null)
  await source.start()
  const [price] = await source.price(INCIDENT, [at(100, 100)], NOW)
  expect(price).toMatchObject({ routing: 'own', notes: [] })
  expect(source.state).toEqual({ routing: 'own', since: null })
  expect(fake.asked).toEqual([])
})

it('of many questions at once a few go out at a time, and all are answered', async () => {
  const source = routing()
  fake.delay_ms = 3
  fake.most_at_once = 0
  const many = await Promise.all(
    Array.from({ length: 50 }, () => source.price(INCIDENT, [anywhere(), anywhere()], NOW)),
  )
  expect(many.flat().every(({ seconds }) => seconds < Infinity)).toBe(true)
  expect(fake.most_at_once).toBeGreaterThan(1)
  expect(fake.most_at_once).toBeLessThanOrEqual(8)
  expect(source.state.routing).toBe('osrm')
})
