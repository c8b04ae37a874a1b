import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Closure, ClosureRoads } from '../../geo/wire/closures.ts'
import type { LiveEvent } from '../../geo/wire/live.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { importFolder } from '../../server/import/run.ts'
import type { ImportReport } from '../../server/import/report.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'
import { city, collection, feature, folder, removeFolders } from './import/folders.ts'

const HOUR = 3_600_000
const PLACE = { type: 'Point', coordinates: [109.6712, -6.8893] }
/** 16.00 WIB: no hour's edge for an hour. */
const BEGAN = Date.parse('2026-11-28T16:00:10+07:00')
let clock = BEGAN
let server: TestServer
let admin: string
let operator: string
let incident_id: string

const iso = (ms: number) => new Date(ms).toISOString()
const box = (lon: number, lat: number, reach: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon - reach, lat - reach],
      [lon + reach, lat - reach],
      [lon + reach, lat + reach],
      [lon - reach, lat + reach],
      [lon - reach, lat - reach],
    ],
  ],
})
/** Streets every 1.1 km over the whole city, and water of three depths at three of their crossings. */
const lines = (n: number, at: (i: number) => number[][]) => Array.from({ length: n }, (_, i) => at(i))
const streets = [
  ...lines(11, (i) => [
    [109.63 + i * 0.01, -6.95],
    [109.63 + i * 0.01, -6.84],
  ]),
  ...lines(12, (i) => [
    [109.63, -6.95 + i * 0.01],
    [109.73, -6.95 + i * 0.01],
  ]),
].map((line, i) => feature({ class: 'jalan kolektor primer', name: `Jl. Uji ${i}` }, 'LineString', line))
const floods = ['<20 cm', '20-40 cm', '>40 cm'].flatMap((depth, i) => [
  feature({ depth }, 'Polygon', box(109.65 + i * 0.02, -6.87, 0.003).coordinates),
  feature({ depth }, 'Polygon', box(109.652 + i * 0.02, -6.87, 0.003).coordinates),
])

const load = (layers: object[], files: Record<string, object | string>): Promise<ImportReport> =>
  importFolder(server.running.services.db, folder({ 'layers.json': { city, layers }, ...files }), {
    progress: () => undefined,
    now: () => new Date(clock),
    actor: 'test',
  })
const ask = <T>(method: string, path: string, body?: object, token = admin) =>
  server.call<T>(method, path, { token, body })
const current = async () => (await ask<Closure[]>('GET', '/api/closures')).body
const fieldOf = ({ body }: { body: unknown }) => (body as Problem).errors?.[0]?.field

interface Ranked {
  unit_id: string
  eta_seconds: number
}
/** The ambulances as recommended now, best first: they have posts all over the city. */
async function ranked(): Promise<Ranked[]> {
  const { body } = await ask<{ agency_kind: string; units: Ranked[] }[]>(
    'GET',
    `/api/incidents/${incident_id}/recommendations`,
    undefined,
    operator,
  )
  return body.find(({ agency_kind }) => agency_kind === 'psc119')?.units ?? []
}
const brief = (rows: Ranked[]) => rows.map(({ unit_id, eta_seconds }) => [unit_id, eta_seconds])

/** Where the best one stands: roads around it are what is closed. */
async function aroundTheBest(reach: number): Promise<{ best: Ranked; shape: ReturnType<typeof box> }> {
  const [best] = await ranked()
  const units = (await ask<{ id: string; station_location: { coordinates: number[] } }[]>('GET', '/api/units')).body
  const [lon, lat] = units.find(({ id }) => id === best.unit_id)?.station_location.coordinates ?? []
  return { best, shape: box(lon, lat, reach) }
}
const closing = (geometry: object, more: object = {}) => ({
  ...{ kind: 'area', reason: 'uji', geometry, speed_factor: 0.02 },
  ...{ starts_at: iso(clock - 1000), ends_at: iso(clock + HOUR), ...more },
})

beforeAll(async () => {
  server = await startTestServer({}, { now: () => new Date(clock) })
  admin = await server.token('admin')
  operator = await server.token('operator')
})
afterAll(async () => {
  await server?.stop()
  removeFolders()
})
beforeEach(async () => {
  for (const { id } of server.running ? await current() : []) await ask('DELETE', `/api/closures/${id}`)
})

describe('one press for a rob', () => {
  it('says that there is no flood layer before one is imported', async () => {
    const answer = await ask('POST', '/api/closures/rob', {})
    expect([answer.status, fieldOf(answer)]).toEqual([409, 'flood'])
    const report = await load(
      [
        { file: 'jalan.geojson', as: 'road' },
        { file: 'rob.geojson', as: 'flood' },
      ],
      { 'jalan.geojson': collection(...streets), 'rob.geojson': collection(...floods) },
    )
    expect(report.faults).toEqual([])
    await server.running.services.hub.nudge()
    const made = await ask<{ incident: { id: string } }>(
      'POST',
      '/api/incidents',
      { incident_type: 'kebakaran', location: PLACE },
      operator,
    )
    incident_id = made.body.incident.id
  })

  it('closes by depth, all at once, not twice, and ends with one press', async () => {
    const before = await ranked()
    const reader = await readLive(server.url, { token: await server.token('screen') })
    await reader.until((message) => message.type === 'snapshot')
    interface Made {
      closures: (Closure & { closed_m: number; slowed_m: number })[]
      closed_m: number
      slowed_m: number
      replaced: number
    }
    const made = await ask<Made>('POST', '/api/closures/rob', {})
    expect(made.status).toBe(201)
    expect(made.body.closures.map(({ kind, depth_cm, origin }) => [kind, depth_cm, origin])).toEqual([
      ['rob', 20, 'rob'],
      ['rob', 40, 'rob'],
      ['rob', 60, 'rob'],
    ])
    // 16.00 is no morning: four hours.
    expect(Date.parse(made.body.closures[0].ends_at)).toBe(clock + 4 * HOUR)
    const [shallow, , deep] = made.body.closures
    expect([shallow.closed_m, deep.slowed_m]).toEqual([0, 0])
    expect(made.body.closed_m).toBe(deep.closed_m)
    expect(made.body.closed_m).toBeGreaterThan(500)
    expect(made.body.slowed_m).toBeGreaterThan(1000)
    const line = await reader.until(
      (message): message is LiveEvent => message.type === 'event' && message.kind === 'closure.rob',
    )
    expect(line.closures).toHaveLength(3)
    reader.close()

    const again = await ask('POST', '/api/closures/rob', {})
    expect([again.status, fieldOf(again)]).toEqual([409, 'replace'])
    expect(await current()).toHaveLength(3)
    clock += 60_000
    const instead = await ask<Made>('POST', '/api/closures/rob', { replace: true, ends_at: iso(clock + HOUR) })
    expect([instead.status, instead.body.replaced]).toEqual([201, 3])
    expect((await current()).map(({ ends_at }) => Date.parse(ends_at))).toEqual([1, 2, 3].map(() => clock + HOUR))

    clock += 1000
    expect((await ask<{ ended: number }>('DELETE', '/api/closures/rob')).body.ended).toBe(3)
    expect(await current()).toEqual([])
    expect((await ask('DELETE', '/api/closures/rob')).status).toBe(404)
    expect(brief(await ranked())).toEqual(brief(before))
    const past = (await ask<Closure[]>('GET', '/api/closures/past')).body
    expect(past.filter(({ origin }) => origin === 'rob')).toHaveLength(6)
  })

  it('by two admins in the same moment is one rob', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/api/closures/rob', {})))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(await current()).toHaveLength(3)
    clock += 1000
    await ask('DELETE', '/api/closures/rob')
  })

  it.each([
    ['ends before it starts', { starts_at: iso(BEGAN + 2 * HOUR), ends_at: iso(BEGAN + HOUR) }],
    ['ended yesterday', { starts_at: iso(BEGAN - 30 * HOUR), ends_at: iso(BEGAN - 24 * HOUR) }],
  ])('that %s is refused, and nothing is closed', async (_what, body) => {
    const answer = await ask('POST', '/api/closures/rob', body)
    expect([answer.status, fieldOf(answer)]).toEqual([422, 'ends_at'])
    expect(await current()).toEqual([])
  })
})

describe('a recommendation on an imported city', () => {
  it('follows a closure within a second, changes its order, and is as before when it is lifted', async () => {
    const before = await ranked()
    const { best, shape } = await aroundTheBest(0.004)
    const pressed = performance.now()
    const made = await ask<{ id: string; slowed_m: number; streets: string[] }>('POST', '/api/closures', closing(shape))
    const during = await ranked()
    expect(performance.now() - pressed).toBeLessThan(1000)
    expect(made.body.slowed_m).toBeGreaterThan(100)
    expect(made.body.streets.length).toBeGreaterThan(0)
    expect(during.find(({ unit_id }) => unit_id === best.unit_id)?.eta_seconds).toBeGreaterThan(best.eta_seconds + 60)
    expect(during[0].unit_id).not.toBe(best.unit_id)
    for (const { unit_id, eta_seconds } of before)
      expect(during.find((row) => row.unit_id === unit_id)?.eta_seconds).toBeGreaterThanOrEqual(eta_seconds)
    const [roads] = (await ask<ClosureRoads[]>('GET', '/api/closures/roads', undefined, operator)).body
    expect(roads).toMatchObject({ id: made.body.id, slowed_m: made.body.slowed_m, closed: { coordinates: [] } })
    const lifted = performance.now()
    await ask('DELETE', `/api/closures/${made.body.id}`)
    expect(brief(await ranked())).toEqual(brief(before))
    expect(performance.now() - lifted).toBeLessThan(1000)
  })

  it('changes in the very millisecond in which a closure begins and ends, without any event', async () => {
    const free = brief(await ranked())
    const { best, shape } = await aroundTheBest(0.004)
    const [starts, ends] = [clock + 20_500, clock + 95_250]
    await ask('POST', '/api/closures', closing(shape, { starts_at: iso(starts), ends_at: iso(ends) }))
    const at = async (ms: number) => {
      clock = ms
      return brief(await ranked())
    }
    expect(await at(starts - 1)).toEqual(free)
    const slowed = await at(starts)
    expect(slowed[0][0]).not.toBe(best.unit_id)
    expect(await at(ends - 1)).toEqual(slowed)
    expect(await at(ends)).toEqual(free)
  })
})

describe('two admins', () => {
  it('do not overwrite each other, and what one took away can be put back', async () => {
    const { shape } = await aroundTheBest(0.004)
    const made = (await ask<Closure>('POST', '/api/closures', closing(shape))).body
    const path = `/api/closures/${made.id}`
    expect((await ask('PATCH', path, { reason: 'oleh A', revision: made.revision })).status).toBe(200)
    const late = await ask('PATCH', path, { reason: 'oleh B', revision: made.revision })
    expect([late.status, fieldOf(late)]).toEqual([409, 'revision'])
    expect((await current())[0].reason).toBe('oleh A')

    clock += 1000
    const ended = await ask<Closure>('PATCH', path, { ended: true })
    expect(Date.parse(ended.body.ends_at)).toBe(clock)
    expect((await ask('PATCH', path, { ended: true })).status).toBe(409)
    expect((await ask('PATCH', path, { ends_at: iso(clock - 1) })).status).toBe(422)
    expect((await ask('PATCH', path, { ends_at: made.ends_at })).status).toBe(200)

    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('DELETE', path)).status).toBe(404)
    expect((await ask('PATCH', path, { reason: 'x' })).status).toBe(404)
    expect((await ask<{ id: string; deleted_at: string }[]>('GET', '/api/closures/past')).body[0]).toMatchObject({
      id: made.id,
      deleted_at: expect.any(String) as unknown,
    })
    expect((await ask<Closure>('PATCH', path, { deleted: false })).body).toMatchObject({
      id: made.id,
      reason: 'oleh A',
    })
    expect(await current()).toHaveLength(1)
    const planned = closing(shape, { starts_at: iso(clock + HOUR), ends_at: iso(clock + 2 * HOUR) })
    const later = (await ask<Closure>('POST', '/api/closures', planned)).body
    const early = await ask('PATCH', `/api/closures/${later.id}`, { ended: true })
    expect([early.status, fieldOf(early)]).toEqual([422, 'ended'])
  })
})

describe('a drawing', () => {
  const preview = (draw: object, more: object = {}) =>
    ask<{ geometry: { type: string; coordinates: number[][] }; closed_m: number; slowed_m: number; streets: string[] }>(
      'POST',
      '/api/closures/preview',
      { draw, ...more },
    )
  it('of two points follows the road between them, and says what it closes', async () => {
    const { body } = await preview({ by: 'stretch', from: [109.672, -6.8899], to: [109.688, -6.8903] })
    expect(body.geometry.type).toBe('LineString')
    expect(body.closed_m).toBeGreaterThan(1500)
    expect(body.closed_m).toBeLessThan(2500)
    expect(body.streets).toEqual(['Jl. Uji 17'])
  })
  it('of a street takes all of it; of a point the road at it; of water only what it slows', async () => {
    const street = await preview({ by: 'street', name: 'jalan uji 3', near: [109.66, -6.9] })
    expect(street.body.closed_m).toBeGreaterThan(10_000)
    const point = await preview({ by: 'point', at: [109.6751, -6.8893] })
    expect([point.body.geometry.type, point.body.closed_m > 0]).toEqual(['Point', true])
    const water = await preview({ by: 'stretch', from: [109.672, -6.89], to: [109.688, -6.89] }, { depth_cm: 25 })
    expect([water.body.closed_m, water.body.slowed_m > 1000]).toEqual([0, true])
  })
  it('beside every road closes nothing, and says so; what cannot be drawn is named', async () => {
    const beside = await preview({ by: 'shape', geometry: box(109.675, -6.895, 0.002) })
    expect([beside.body.closed_m, beside.body.slowed_m]).toEqual([0, 0])
    const nowhere = await preview({ by: 'street', name: 'Jl. Tidak Ada', near: [109.67, -6.89] })
    expect([nowhere.status, fieldOf(nowhere)]).toEqual([422, 'draw.name'])
    const same = await preview({ by: 'stretch', from: [109.67, -6.89], to: [109.67, -6.89] })
    expect([same.status, fieldOf(same)]).toEqual([422, 'draw.to'])
    const far = await preview({ by: 'shape', geometry: box(112, -7.2, 0.01) })
    expect([far.status, fieldOf(far)]).toEqual([422, 'geometry'])
    expect(await current()).toEqual([])
  })
})

describe('closures of an import', () => {
  const line = [
    [109.672, -6.89],
    [109.688, -6.89],
  ]
  const at = (ms: number) => iso(clock + ms)
  const row = (properties: object, type = 'LineString', coordinates: unknown = line) =>
    feature(
      { reason: 'Perbaikan', starts_at: at(-HOUR), ends_at: at(HOUR), speed_factor: 0, ...properties },
      type,
      coordinates,
    )
  const bring = (...rows: object[]) =>
    load([{ file: 'tutup.geojson', as: 'closure', allow_refused: true }], { 'tutup.geojson': collection(...rows) })

  it('are judged row by row, replace those imported before, and leave those made by hand', async () => {
    const hand = (await ask<Closure>('POST', '/api/closures', closing(box(109.7, -6.9, 0.004), { reason: 'tangan' })))
      .body
    const report = await bring(
      row({}),
      row(
        { reason: 'Rob Degayu', speed_factor: null, depth: '20-40 cm' },
        'Polygon',
        box(109.69, -6.87, 0.003).coordinates,
      ),
      row({ reason: 'besok', starts_at: '2026-11-29 07:00', ends_at: '2026-11-29', kind: 'jalan', speed_factor: 0.5 }),
      row({ reason: 'lama', starts_at: '2020-01-01', ends_at: '2020-01-02' }),
      row({ reason: 'tanpa akibat', speed_factor: null }),
      row({ reason: 'terlalu cepat', speed_factor: 1.5 }),
      row({ reason: 'salah jenis', kind: 'kereta' }),
      row({ reason: 'salah waktu', starts_at: 'kemarin' }),
      row({ reason: 'terbalik', ends_at: at(-2 * HOUR) }),
      row({ reason: 'jauh' }, 'LineString', [
        [110.4, -7],
        [110.41, -7],
      ]),
      row({ reason: 'titik' }, 'Point', [109.67, -6.89]),
    )
    expect(report.faults).toEqual([])
    expect(report.layers).toEqual([{ layer: 'closure', row_count: 3 }])
    expect(report.files[0]).toMatchObject({ read: 11, taken: 3 })
    expect(report.files[0].refused.map(({ row, reason }) => `${row} ${reason.split(/[':]/)[0].trim()}`)).toEqual([
      '4 sudah berakhir',
      '5 speed_factor dan depth_cm kosong',
      '6 speed_factor bukan 0 sampai 1',
      '7 kind',
      '8 starts_at bukan waktu',
      '9 ends_at tidak sesudah starts_at',
      '10 di luar kota',
      '11 titik, padahal lapis ini berisi garis atau bidang',
    ])
    await server.running.services.hub.nudge()
    const told = (rows: Closure[]) => rows.map(({ kind, reason, origin }) => [kind, reason, origin]).sort()
    expect(told(await current())).toEqual([
      ['area', 'tangan', 'hand'],
      ['road', 'Perbaikan', 'import'],
      ['road', 'besok', 'import'],
      ['rob', 'Rob Degayu', 'import'],
    ])
    const tomorrow = (await current()).find(({ reason }) => reason === 'besok')
    expect([tomorrow?.starts_at, tomorrow?.ends_at].map((text) => Date.parse(text ?? ''))).toEqual([
      Date.parse('2026-11-29T07:00:00+07:00'),
      Date.parse('2026-11-30T00:00:00+07:00'),
    ])
    expect(
      (await ask<ClosureRoads[]>('GET', '/api/closures/roads')).body.filter((one) => one.closed_m > 0),
    ).not.toEqual([])

    const next = await bring(row({ reason: 'baru' }))
    expect(next.status).toBe('done')
    expect(told(await current())).toEqual([
      ['area', 'tangan', 'hand'],
      ['road', 'baru', 'import'],
    ])
    expect((await bring(row({ reason: 'baru' }))).status).toBe('unchanged')
    expect((await current()).find(({ id }) => id === hand.id)).toMatchObject({ revision: hand.revision })
  })

  it('change nothing when too many rows are refused and that is not allowed', async () => {
    const rows = [row({ reason: 'satu' }), row({ reason: 'dua', speed_factor: null })]
    const report = await load([{ file: 't.geojson', as: 'closure' }], { 't.geojson': collection(...rows) })
    expect(report.status).toBe('failed')
    expect(report.faults.join()).toMatch(/1 dari 2 baris closure ditolak/)
    expect(await current()).toEqual([])
  })
})

describe('a road that leads nowhere', () => {
  it('does not strand its callers: drives are priced to where the network ends, and a note says so', async () => {
    const island = feature({ class: 'jalan kolektor primer', name: 'Jl. Pulau' }, 'LineString', [
      [109.6741, -6.8941],
      [109.6761, -6.8959],
    ])
    const report = await load([{ file: 'jalan.geojson', as: 'road' }], {
      'jalan.geojson': collection(...streets, island),
    })
    expect([report.faults, report.notes.join()]).toEqual([[], expect.stringMatching(/bagian terputus dari jaringan/)])
    await server.running.services.hub.nudge()
    const { body } = await ask<{
      recommendations: { units: { eta_seconds: number }[]; notes?: string[] }[]
    }>(
      'POST',
      '/api/incidents',
      { incident_type: 'sakit_mendadak', location: { type: 'Point', coordinates: [109.6751, -6.895] } },
      operator,
    )
    const [{ units, notes }] = body.recommendations
    expect(units.length).toBeGreaterThan(0)
    expect(units.every(({ eta_seconds }) => Number.isFinite(eta_seconds))).toBe(true)
    expect(notes?.join()).toMatch(/ruas jalan yang terpisah dari jaringan: dihitung sampai \d+ m sebelumnya/)
  })
})
