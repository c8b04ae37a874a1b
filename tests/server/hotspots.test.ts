import { latLngToCell } from 'h3-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { distanceM } from '../../geo/earth.ts'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import { hotspotCell, hotspotPoint, hotspotStudy, type HotspotStudy } from '../../geo/wire/hotspots.ts'
import { cityCells } from '../../server/city/city_cells.ts'
import { seededRandom } from '../helpers/random.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const NOW = new Date('2026-11-10T09:00:00+07:00')
const FROM = wibMonthRange('2025-09')!.from
const OCTOBER = wibMonthRange('2026-10')!

interface Planted {
  number: string
  incident_type: string
  status: string
  lon: number
  lat: number
  accuracy_m: number
  at: number
  simulated: boolean
}

let server: TestServer
let token: string
let planted: Planted[]
/** The neighbourhood with four times the incidents. */
let hot: Set<string>
let serial = 0
const example = (more: Partial<Planted>): Planted => ({
  number: `112-H-${++serial}`,
  incident_type: 'ular',
  status: 'closed',
  lon: 109.67,
  lat: -6.89,
  accuracy_m: 60,
  at: OCTOBER.from,
  simulated: false,
  ...more,
})

async function fill(cases: readonly Planted[]): Promise<void> {
  const sql = await server.running.services.db.client()
  try {
    await sql.query(
      `insert into incident (number, incident_type, priority, status, location, accuracy_m, inside_city, received_at, simulated, created_by, created_at)
       select number, incident_type, 3, status, ST_SetSRID(ST_MakePoint(lon, lat), 4326), accuracy_m, true, received_at, simulated, 'test', received_at
       from jsonb_to_recordset($1::jsonb) as c (number text, incident_type text, status text, lon double precision, lat double precision,
         accuracy_m double precision, received_at timestamptz, simulated boolean)`,
      [JSON.stringify(cases.map((each) => ({ ...each, received_at: new Date(each.at).toISOString() })))],
    )
  } finally {
    await sql.end()
  }
}

beforeAll(async () => {
  server = await startTestServer({}, { now: () => NOW })
  token = await server.token('planner')
  const random = seededRandom(88)
  const set = await cityCells(server.running.services.city, 8)
  const centre = set.cells.findIndex((_, i) => set.ringsOf(i, 1).flat().length === 7)
  hot = new Set(
    set
      .ringsOf(centre, 1)
      .flat()
      .map((i) => set.cells[i]),
  )
  planted = []
  for (let at = FROM; at < NOW.getTime(); at += 6 * 3_600_000) {
    for (const [i, h3] of set.cells.entries()) {
      // One of seventy each six hours; four times as often in the hot neighbourhood.
      if (random() >= (hot.has(h3) ? 4 : 1) / 70) continue
      planted.push(
        example({
          lon: set.lon[i] + (random() - 0.5) * 0.002,
          lat: set.lat[i] + (random() - 0.5) * 0.002,
          accuracy_m: 76 + random() * 100,
          at: at + Math.floor(random() * 6 * 3_600_000),
          incident_type: random() < 0.5 ? 'ular' : 'kecelakaan',
        }),
      )
    }
  }
  const place = { lon: set.lon[centre], lat: set.lat[centre], accuracy_m: 10 }
  planted.push(
    // A place that comes back, a household that nobody is told of, and one out at sea, where no cell is.
    ...[1, 2, 3, 4].map((i) => example({ ...place, incident_type: 'rob', at: OCTOBER.from - i * 86_400_000 * 20 })),
    ...[1, 2, 3].map((i) => example({ ...place, incident_type: 'kdrt', at: OCTOBER.from + i * 86_400_000 })),
    example({ lon: 109.67, lat: -6.8, at: OCTOBER.from + 60_000 }),
  )
  await fill(planted)
  await fill([
    ...['cancelled', 'duplicate'].map((status) => example({ ...place, status })),
    ...Array.from({ length: 50 }, () => example({ ...place, simulated: true })),
  ])
})
afterAll(() => server?.stop())

const get = async (path: string, who = token) => server.call<unknown>('GET', `/api/hotspots${path}`, { token: who })
const study = async (query = ''): Promise<HotspotStudy> =>
  hotspotStudy.parse((await get(`/study?month=2026-10${query}`)).body)
const inMonth = ({ at }: Planted, month = '2026-10') => wibDay(at).slice(0, 7) === month
const cellOf = ({ lat, lon }: Planted) => latLngToCell(lat, lon, 8)

describe('a month studied on a whole server', () => {
  it('counts what was planted, in its cells and months, and flags the neighbourhood that has more', async () => {
    const told = await study()
    const october = planted.filter((each) => inMonth(each))
    expect(told).toMatchObject({ month: '2026-10', complete: true, simulated: false, too_few: false, without_cell: 1 })
    expect(told.n).toBe(october.length - 1)
    expect(told.density.n).toBe(october.length)
    expect(told.trend_months).toHaveLength(12)
    expect(told.trend_steps).toBe(12)
    expect(told.reasons.map(({ code }) => code)).not.toContain('records_short')
    for (const cell of told.cells) {
      const of = planted.filter((each) => cellOf(each) === cell.h3)
      expect(cell.counts).toEqual(told.trend_months.map((month) => of.filter((each) => inMonth(each, month)).length))
      expect(cell.incidents).toBe(cell.counts.at(-1))
      expect(cell.last_year).toBe(of.filter((each) => inMonth(each, '2025-10')).length)
    }
    const flagged = told.cells.filter(({ significant, z }) => significant && z > 0)
    expect(flagged.length).toBeGreaterThanOrEqual(3)
    const touched = new Set(planted.map(cellOf).filter((h3) => hot.has(h3)))
    expect(flagged.filter(({ h3 }) => touched.has(h3)).length).toBeGreaterThanOrEqual(3)
    expect(told.cells.filter(({ h3 }) => hot.has(h3)).map(({ trend }) => trend?.class)).toContain('persistent_hot')
    expect(told.trends.reduce((sum, each) => sum + each.cells, 0)).toBe(told.cells.length)
  })

  it('grades September’s map on October: above chance, hits counted by hand', async () => {
    const { grade, cells, n } = await study()
    const september = hotspotStudy.parse((await get('/study?month=2026-09')).body)
    expect(cells.map(({ h3, previous }) => [h3, previous?.rank])).toEqual(
      cells.map(({ h3 }) => [h3, september.cells.findIndex((cell) => cell.h3 === h3) + 1]),
    )
    const flagged = grade!.rows.find(({ choice }) => choice === 'flagged')!
    const chosen = new Set(september.cells.filter((c) => c.significant && c.z > 0).map(({ h3 }) => h3))
    const hits = cells.filter(({ h3 }) => chosen.has(h3)).reduce((sum, { incidents }) => sum + incidents, 0)
    expect(grade).toMatchObject({ month: '2026-09', n })
    expect(flagged).toMatchObject({ above_chance: true, map: { cells: chosen.size, hits, hit_rate: hits / n } })
    expect(flagged.map.pai).toBeCloseTo(hits / n / (chosen.size / cells.length), 10)
    expect(flagged.baseline?.cells).toBe(chosen.size)
    expect(grade!.rows.map(({ choice }) => choice)).toEqual(['flagged', 0.01, 0.03, 0.05, 0.1])
  })

  it('lists the same cells, of one type too, and says what is too little', async () => {
    const told = await study()
    expect(z.array(hotspotCell).parse((await get('?month=2026-10')).body)).toEqual(told.cells)
    const rob = await study('&incident_type=rob')
    expect(rob).toMatchObject({
      n: 0,
      too_few: true,
      grade: null,
      trend_steps: 0,
      change: { incident_type: 'rob', n: 0 },
    })
    expect(rob.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['month_too_few', 'trend_too_few', 'before_too_few', 'matrix_too_few']),
    )
    expect(rob.change_by_type).toEqual(told.change_by_type)
    expect((await study('&incident_type=kdrt')).reasons.map(({ code }) => code)).toContain('repeats_withheld')
    const running = hotspotStudy.parse((await get('/study?month=2026-11')).body)
    expect(running).toMatchObject({ complete: false, change: { days: 9 + 9 / 24 } })
    expect(running.reasons).toContainEqual({ code: 'month_running', n: 9, needed: 30 })
    expect(running.trend_months.at(-1)).toBe('2026-10')
    const early = hotspotStudy.parse((await get('/study?month=2025-10')).body)
    expect(early.reasons).toContainEqual({ code: 'records_short', n: 1, needed: 12 })
    expect(early.cells.every(({ trend, last_year }) => trend === null && last_year === null)).toBe(true)
  })

  it('months beside each other, by the day and with intervals; hours of the week in WIB', async () => {
    const { change, matrix, matrix_year, change_by_type } = await study()
    const count = (month: string) => planted.filter((each) => inMonth(each, month)).length
    expect(change).toMatchObject({
      n: count('2026-10'),
      days: 31,
      previous: { month: '2026-09', n: count('2026-09'), days: 30 },
      last_year: { month: '2025-10', n: count('2025-10'), days: 31 },
    })
    expect(change.previous!.change!.ratio).toBeCloseTo(count('2026-10') / 31 / (count('2026-09') / 30), 10)
    expect(change_by_type.reduce((sum, { n }) => sum + n, 0)).toBe(change.n)
    expect(matrix.n).toBe(count('2026-10'))
    expect(matrix_year.n).toBe(
      planted.filter(({ at }) => at >= wibMonthRange('2025-11')!.from && at < OCTOBER.to).length,
    )
    const monday = planted.filter((each) => inMonth(each) && new Date(each.at + 7 * 3_600_000).getUTCDay() === 1)
    expect(matrix.counts[0].reduce((a, b) => a + b)).toBe(monday.length)
  })

  it('names the place that comes back, and no household', async () => {
    const { repeats, tide } = await study()
    expect(repeats.places).toMatchObject([{ n: 4, by_type: { rob: 4 }, this_month: 0, first_day: '2026-07-13' }])
    expect(repeats.places[0].kelurahan).not.toBeNull()
    expect(repeats.n).toBe(5)
    expect(tide.planning).toBe(true)
    expect(tide.rows.map(({ incident_type }) => incident_type).sort()).toEqual(['kdrt', 'kecelakaan', 'rob', 'ular'])
  })

  it('gives points that are nowhere near enough, always the same, and nothing that says whose they are', async () => {
    const told = z.array(hotspotPoint.strict()).parse((await get('/points?month=2026-10')).body)
    const october = planted.filter((each) => inMonth(each))
    expect(told).toHaveLength(october.length)
    for (const point of told) {
      const nearest = Math.min(...october.map(({ lon, lat }) => distanceM(point.point, [lon, lat])))
      expect(nearest).toBeLessThanOrEqual(point.radius_m)
    }
    const household = told.filter(({ incident_type }) => incident_type === 'kdrt')
    const [{ lon, lat }] = october.filter(({ incident_type }) => incident_type === 'kdrt')
    for (const { point } of household) expect(distanceM(point, [lon, lat])).toBeGreaterThan(49.9)
    expect((await get('/points?month=2026-10')).body).toEqual(told)
    expect((await get('/points?month=2026-10&incident_type=rob')).body).toEqual([])
  })

  it('is for those who study; 422 names what is wrong', async () => {
    for (const path of ['/study', '/points']) {
      expect((await get(path, await server.token('operator'))).status).toBe(403)
      for (const role of ['supervisor', 'kabid', 'leader'] as const)
        expect((await get(path, await server.token(role))).status).toBe(200)
      for (const bad of ['month=2026-13', 'month=2199-01', 'incident_type=naga']) {
        const { status, body } = await get(`${path}?${bad}`)
        expect([status, (body as { errors: { field: string }[] }).errors[0].field]).toEqual([422, bad.split('=')[0]])
      }
    }
  })
})
