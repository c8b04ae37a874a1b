import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import express from 'express'
import { latLngToCell } from 'h3-js'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { district, slaCell } from '../../geo/wire/stats.ts'
import { anonymousScreen } from '../../server/auth/principal.ts'
import type { Params } from '../../server/db/database.ts'
import { mountRoutes } from '../../server/http/mount.ts'
import { answerProblems } from '../../server/http/problems.ts'
import { statsRoutes } from '../../server/routes/stats.ts'
import type { Services } from '../../server/services.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

/** 02:00 WIB on the 24th, still the 23rd in UTC. */
const NOW = new Date('2026-11-23T19:00:00Z')
let server: Server
let asked: { query: string; params: Params }[] = []
let answer: unknown[] = []

beforeAll(async () => {
  const db = {
    rows: async (query: string, params: Params) => (asked.push({ query, params }), answer),
  } as unknown as Services['db']
  const routes = mountRoutes(statsRoutes({ db, simulated: true }), {
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
    ])
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
        now: NOW,
        simulated: true,
      },
    })
  })

  it('judges by the limit of the stage asked for', async () => {
    answer = five
    expect((await get('/api/sla/cells?stage=agent')).body).toMatchObject([
      { level: 'h3-9', n: 5, breached: 2, median_seconds: 300 },
    ])
    expect((await get('/api/sla/cells?stage=opd')).body).toMatchObject([{ level: 'h3-9', n: 5, breached: 0 }])
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

  it('is refused to whom it is not granted', async () => {
    expect((await whole.call('GET', '/api/stats/districts')).status).toBe(401)
    expect((await whole.call('GET', '/api/sla/cells', { token: await whole.token('responder') })).status).toBe(403)
  })
})
