import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import express from 'express'
import { latLngToCell } from 'h3-js'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agencyFigures, district, hotspot, slaCell, surfaceCell } from '../../geo/wire/stats.ts'
import { wibDay } from '../../geo/sla/shift.ts'
import { anonymousScreen } from '../../server/auth/principal.ts'
import type { Params } from '../../server/db/database.ts'
import { mountRoutes } from '../../server/http/mount.ts'
import { answerProblems } from '../../server/http/problems.ts'
import { statsRoutes } from '../../server/routes/stats.ts'
import type { Services } from '../../server/services.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'
import { stageRows, type CellIncident } from '../helpers/stage_rows.ts'

/** 02:00 WIB on the 24th, still the 23rd in UTC. */
const NOW = new Date('2026-11-23T19:00:00Z')
const LIMITS = { agent: 300, opd: 2100, fire: 900 }

let server: Server
let asked: { query: string; params: Params }[] = []
let answer: unknown[] = []

beforeAll(async () => {
  const db = {
    rows: async (query: string, params: Params) => {
      asked.push({ query, params })
      if (query !== 'stats_cells') return answer
      return stageRows(answer as CellIncident[], String(params.level), LIMITS[params.stage as keyof typeof LIMITS])
    },
  } as unknown as Services['db']
  const city = {
    reverse: () => ({ district: 'Kauman', landmark: null, street: 'Jl. Hayam Wuruk' }),
    gazetteer: { areas: { kelurahan: [] } },
  } as unknown as Services['city']
  const routes = mountRoutes(statsRoutes({ db, simulated: true, city }), {
    authenticate: async () => anonymousScreen,
    now: () => NOW,
  })
  const app = express()
    .use(routes)
    .use(answerProblems(pino({ level: 'silent' })))
  server = await new Promise((ready) => {
    const listening = app.listen(0, '127.0.0.1', () => ready(listening))
  })
})
afterAll(() => new Promise((closed) => server.close(closed)))
beforeEach(() => {
  asked = []
  answer = []
})

async function get(path: string) {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
  return {
    status: response.status,
    body: (await response.json()) as { errors: { field: string; reason: string }[] } & unknown[],
  }
}

describe('GET /api/stats/districts', () => {
  it('without a period: the 30 WIB days that end with today, kelurahan, of the kind the server runs with', async () => {
    expect((await get('/api/stats/districts')).status).toBe(200)
    expect(asked).toEqual([
      {
        query: 'stats_districts',
        params: {
          from: '2026-10-25T17:00:00.000Z',
          to: '2026-11-24T17:00:00.000Z',
          level: 'kelurahan',
          now: NOW,
          simulated: true,
        },
      },
      // Compared with as long a stretch before as has passed of these 30 days: they end at midnight, and it is two o'clock.
      {
        query: 'stats_districts_before',
        params: {
          from: '2026-09-26T15:00:00.000Z',
          to: '2026-10-25T17:00:00.000Z',
          span_seconds: 30 * 86_400,
          level: 'kelurahan',
          now: NOW,
          simulated: true,
        },
      },
    ])
  })

  it('a period that has not begun is compared with nothing', async () => {
    await get('/api/stats/districts?from=2026-12-01&to=2026-12-31')
    expect(asked.map(({ query }) => query)).toEqual(['stats_districts'])
  })

  it('a month by its dates is midnight to midnight WIB', async () => {
    await get('/api/stats/districts?from=2026-10-01&to=2026-11-01&level=kecamatan')
    expect(asked[0].params).toMatchObject({
      from: '2026-09-30T17:00:00.000Z',
      to: '2026-10-31T17:00:00.000Z',
      level: 'kecamatan',
    })
  })

  it.each([
    ['?from=2026-11-01&to=2026-10-01', 'from'],
    ['?from=2026-10-01&to=2026-10-01', 'from'],
    ['?from=2027-01-01', 'from'],
    ['?from=2026-02-30', 'from'],
    ['?to=kemarin', 'to'],
    ['?from=2026-10-01&from=2026-10-02', 'from'],
    ['?from=', 'from'],
    ['?level=rt', 'level'],
  ])('%s is a 422 that names %s, and nothing is asked of the database', async (query, field) => {
    const { status, body } = await get(`/api/stats/districts${query}`)
    expect(status).toBe(422)
    expect(body.errors.map((e) => e.field)).toEqual([field])
    expect(body.errors[0].reason.length).toBeGreaterThan(5)
    expect(asked).toEqual([])
  })
})

describe('GET /api/sla/cells', () => {
  const five = Array.from({ length: 5 }, (_, i) => ({
    lon: 109.6753,
    lat: -6.8886,
    kelurahan_code: 'k',
    kecamatan_code: 'c',
    open: false,
    state: 'ended',
    seconds: 100 + 100 * i,
  }))

  it('without a period: twelve months, the OPD stage', async () => {
    await get('/api/sla/cells')
    expect(asked[0]).toEqual({
      query: 'stats_cells',
      params: {
        from: '2025-11-24T17:00:00.000Z',
        to: '2026-11-24T17:00:00.000Z',
        stage: 'opd',
        level: 'h3-9',
        now: NOW,
        simulated: true,
      },
    })
  })

  it('judges by the limit of the stage asked for', async () => {
    answer = five
    expect((await get('/api/sla/cells?stage=agent')).body).toMatchObject([
      { level: 'h3-9', n: 5, breached: 2, median_seconds: 300, area: 'Kauman', place: 'Jl. Hayam Wuruk' },
    ])
    expect((await get('/api/sla/cells?stage=opd')).body).toMatchObject([{ level: 'h3-9', n: 5, breached: 0 }])
    answer = five.map((row) => ({ ...row, seconds: row.seconds + 600 }))
    expect((await get('/api/sla/cells?stage=fire')).body).toMatchObject([{ n: 5, breached: 2 }])
  })

  it('the last 24 hours by their instants', async () => {
    await get('/api/sla/cells?from=2026-11-23T02:00:00%2B07:00&to=2026-11-24T02:00:00%2B07:00')
    expect(asked[0].params).toMatchObject({ from: '2026-11-22T19:00:00.000Z', to: '2026-11-23T19:00:00.000Z' })
  })

  it('a resolution asked for is kept, even too thin to colour', async () => {
    answer = five.slice(0, 2)
    expect((await get('/api/sla/cells?resolution=9')).body).toMatchObject([{ level: 'h3-9', n: 2 }])
    expect((await get('/api/sla/cells')).body).toMatchObject([{ level: 'kecamatan', code: 'c', h3: null, n: 2 }])
  })

  it.each([
    ['?resolution=6', 'resolution'],
    ['?resolution=11', 'resolution'],
    ['?resolution=8.5', 'resolution'],
    ['?resolution=', 'resolution'],
    ['?resolution=x', 'resolution'],
    ['?stage=polisi', 'stage'],
    ['?stage=', 'stage'],
  ])('%s is a 422 that names %s', async (query, field) => {
    const { status, body } = await get(`/api/sla/cells${query}`)
    expect(status).toBe(422)
    expect(body.errors.map((e) => e.field)).toEqual([field])
  })
})

describe('on a whole server', () => {
  let whole: TestServer
  beforeAll(async () => {
    whole = await startTestServer()
  })
  afterAll(() => whole?.stop())

  it('counts the incident just taken, where it was, in both answers as the wire has them', async () => {
    const token = await whole.token('supervisor')
    const location = { type: 'Point', coordinates: [109.662, -6.89154] }
    const created = await whole.call('POST', '/api/incidents', {
      token: await whole.token('operator'),
      body: { incident_type: 'kebakaran', location },
    })
    expect(created.status).toBe(201)

    const districts = z.array(district).parse((await whole.call('GET', '/api/stats/districts', { token })).body)
    expect(districts).toHaveLength(27)
    const hit = districts.filter((d) => d.incidents > 0)
    expect(hit).toMatchObject([
      { name: 'Bendan Kergon', incidents: 1, open: 1, by_type: { kebakaran: 1 }, agent: { n: 0, running: 1 } },
    ])
    expect(hit[0].per_10000).toBeCloseTo(10_000 / hit[0].population!, 10)
    expect(hit[0].trend.at(-1)).toBe(1)
    expect((await whole.call<unknown[]>('GET', '/api/stats/districts?level=kecamatan', { token })).body).toHaveLength(4)

    const cells = z
      .array(slaCell)
      .parse((await whole.call('GET', '/api/sla/cells?stage=agent&resolution=9', { token })).body)
    expect(cells).toMatchObject([
      { level: 'h3-9', h3: latLngToCell(-6.89154, 109.662, 9), n: 0, running: 1, open: 1, share: null },
    ])
  })

  it('the surface covers the city and nothing else, and says too little where it knows too little', async () => {
    const token = await whole.token('screen')
    const cells = z.array(surfaceCell).parse((await whole.call('GET', '/api/sla/surface?stage=agent', { token })).body)
    expect(cells.length).toBeGreaterThan(2000)
    expect(cells.every(({ share, bandwidth_m }) => share === null && bandwidth_m === 800)).toBe(true)
    const sea = latLngToCell(-6.84, 109.67, 10)
    expect(cells.some(({ h3 }) => h3 === sea)).toBe(false)
    for (const bad of ['bandwidth_m=299', 'bandwidth_m=3001', 'bandwidth_m=', 'stage=x', 'from=kapan']) {
      const { status, body } = await whole.call<{ errors: { field: string }[] }>('GET', `/api/sla/surface?${bad}`, {
        token,
      })
      expect([bad, status, body.errors[0].field]).toEqual([bad, 422, bad.split('=')[0]])
    }
  })

  it('the running month: every cell of the city, the incident in its own, and too few to conclude anything', async () => {
    const token = await whole.token('screen')
    const month = wibDay(Date.now()).slice(0, 7)
    const cells = z.array(hotspot).parse((await whole.call('GET', `/api/hotspots?month=${month}`, { token })).body)
    expect(cells.length).toBeGreaterThan(40)
    expect(cells.filter(({ incidents }) => incidents > 0)).toMatchObject([
      { h3: latLngToCell(-6.89154, 109.662, 8), incidents: 1, kelurahan: 'Bendan Kergon', complete: false },
    ])
    expect(cells.find(({ incidents }) => incidents > 0)?.place).not.toBeNull()
    expect(cells.every(({ too_few, significant }) => too_few && !significant)).toBe(true)
    const none = z
      .array(hotspot)
      .parse((await whole.call('GET', `/api/hotspots?month=${month}&incident_type=rob`, { token })).body)
    expect(none.every(({ incidents, z: score, p }) => incidents === 0 && score === 0 && p === 1)).toBe(true)
    const last = z.array(hotspot).parse((await whole.call('GET', '/api/hotspots', { token })).body)
    expect(last.every((cell) => cell.complete && cell.month < month)).toBe(true)
    for (const bad of ['month=2026-13', 'month=2026', 'month=', 'month=2199-01', 'incident_type=naga']) {
      const { status, body } = await whole.call<{ errors: { field: string }[] }>('GET', `/api/hotspots?${bad}`, {
        token,
      })
      expect([bad, status, body.errors[0].field]).toEqual([bad, 422, bad.split('=')[0]])
    }
  })

  it('every agency, those never asked too', async () => {
    const token = await whole.token('screen')
    const agencies = z.array(agencyFigures).parse((await whole.call('GET', '/api/stats/agencies', { token })).body)
    expect(agencies.length).toBeGreaterThan(10)
    expect(agencies.every((a) => a.assignments === 0 && a.acknowledge_median_seconds === null)).toBe(true)
  })

  it('is refused to whom it is not granted', async () => {
    expect((await whole.call('GET', '/api/stats/districts')).status).toBe(401)
    const responder = await whole.token('responder')
    for (const path of ['/api/sla/cells', '/api/sla/surface', '/api/hotspots', '/api/stats/agencies'])
      expect([path, (await whole.call('GET', path, { token: responder })).status]).toEqual([path, 403])
  })
})
