import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { ogcCollections, ogcConformance, ogcItem, ogcItems, ogcLanding } from '../../geo/wire/ogc.ts'
import { distanceM } from '../../geo/earth.ts'
import {
  standardCollection,
  standardCollections,
  standardConformance,
  standardItem,
  standardItems,
  standardLanding,
} from '../helpers/ogc_standard.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const AT: readonly [number, number][] = [
  [109.66, -6.89],
  [109.67, -6.88],
  [109.68, -6.9],
]
const HOUR_MS = 3_600_000
let server: TestServer
let kabid: string
let screen: string
let recorded: Incident[]

beforeAll(async () => {
  server = await startTestServer()
  const operator = await server.token('operator')
  kabid = await server.token('kabid')
  screen = await server.token('screen')
  recorded = []
  for (const [i, coordinates] of AT.entries()) {
    const { body } = await server.call<{ incident: Incident }>('POST', '/api/incidents', {
      token: operator,
      body: {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates },
        caller_name: 'Warga Rahasia',
        caller_number: '0285000112',
        address_text: 'rumah cat rahasia',
        received_at: new Date(server.running.services.now().getTime() - (i + 1) * HOUR_MS).toISOString(),
      },
    })
    recorded.push(body.incident)
  }
})
afterAll(() => server.stop())

const items = async (path: string, token = kabid) => {
  const answer = await server.call('GET', `/ogc/collections/${path}`, { token })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/geo\+json/)
  return ogcItems.parse(answer.body)
}

describe('layers for GIS programs', () => {
  it('lead from the landing page to every item by links alone', async () => {
    const landing = ogcLanding.parse((await server.call('GET', '/ogc', { token: kabid })).body)
    const follow = async (href: string) => {
      const { pathname, search } = new URL(href)
      const answer = await server.call('GET', pathname + search, { token: kabid })
      expect(answer.status, href).toBe(200)
      return answer.body
    }
    const to = (rel: string) => landing.links.find((link) => link.rel === rel)?.href ?? rel
    expect(await follow(to('service-desc'))).toMatchObject({ openapi: '3.1.0' })
    expect(ogcConformance.parse(await follow(to('conformance'))).conformsTo).toContain(
      'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    )
    const { collections } = ogcCollections.parse(await follow(to('data')))
    expect(collections).toHaveLength(6)
    for (const { id, links } of collections) {
      const page = ogcItems.parse(await follow(links.find(({ rel }) => rel === 'items')?.href ?? id))
      expect(page.features.length, id).toBe(page.numberReturned)
      const first = page.features[0]
      if (!first) continue
      const one = ogcItem.parse(await follow(`${server.url}/ogc/collections/${id}/items/${first.id}`))
      expect({ ...one, links: undefined }, id).toEqual({ ...first, links: undefined })
    }
  })

  it('page through all incidents, each once, newest first', async () => {
    const seen: string[] = []
    let next: string | undefined = 'incidents/items?limit=1'
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof items>> = await items(next)
      expect(page.numberMatched).toBe(AT.length)
      seen.push(...page.features.map(({ id }) => id))
      next = page.links.find(({ rel }) => rel === 'next')?.href.split('/ogc/collections/')[1]
    }
    expect(seen).toEqual(recorded.map(({ id }) => id))
  })

  it('choose by box and by time, both ends included', async () => {
    const [first, second, third] = recorded
    const [lon, lat] = AT[1]
    const ids = async (query: string) => (await items(`incidents/items?${query}`)).features.map(({ id }) => id)
    expect(await ids(`bbox=${lon - 0.001},${lat - 0.001},${lon + 0.001},${lat + 0.001}`)).toEqual([second.id])
    const at = encodeURIComponent(second.received_at)
    expect(await ids(`datetime=${at}`)).toEqual([second.id])
    expect(await ids(`datetime=${at}/..`)).toEqual([first.id, second.id])
    expect(await ids(`datetime=../${at}`)).toEqual([second.id, third.id])
  })

  it('have the figures of a period by datetime, the same as the pages', async () => {
    const from = new Date(Date.parse(recorded[2].received_at) - 1000).toISOString()
    const [to] = [recorded[1].received_at]
    const { features } = await items(`districts/items?datetime=${encodeURIComponent(from)}/${encodeURIComponent(to)}`)
    const sum = features.reduce((n, { properties }) => n + Number(properties.incidents), 0)
    expect(sum).toBe(2)
    const shown = await server.call<{ code: string; incidents: number }[]>(
      'GET',
      `/api/stats/districts?from=${encodeURIComponent(from)}&to=${encodeURIComponent(new Date(Date.parse(to) + 1).toISOString())}`,
      { token: kabid },
    )
    expect(features.map(({ id, properties }) => [id, properties.incidents])).toEqual(
      shown.body.map(({ code, incidents }) => [code, incidents]),
    )
    expect((await items('cells/items?datetime=2020-01-01T00:00:00Z/2020-02-01T00:00:00Z')).features).toEqual([])
  })

  it('tell of an incident what a screen sees, and no word of a caller', async () => {
    const { features } = await items('incidents/items', screen)
    expect(JSON.stringify(features)).not.toMatch(/ahasia|0285/)
    const [first] = features
    expect(first.properties).toMatchObject({ number: recorded[0].number, incident_type: 'kebakaran', simulated: false })
    expect(distanceM(first.geometry?.coordinates as [number, number], AT[0])).toBeLessThan(1)
  })

  it('refuse what is no good by 400 and its name, and what is not theirs by 403', async () => {
    for (const [query, field] of [
      ['bbox=1,2,3', 'bbox'],
      ['bbox=1,2,three,4', 'bbox'],
      ['datetime=2026', 'datetime'],
      ['datetime=2026-10-02T00:00:00Z/2026-10-01T00:00:00Z', 'datetime'],
      ['limit=0', 'limit'],
      ['kelurahan=Bendan', 'kelurahan'],
    ]) {
      const answer = await server.call('GET', `/ogc/collections/incidents/items?${query}`, { token: kabid })
      expect({ query, status: answer.status, body: answer.body }).toMatchObject({
        status: 400,
        body: { errors: [{ field }] },
      })
    }
    const planner = await server.token('planner')
    const { body } = await server.call('GET', '/ogc/collections', { token: planner })
    expect(ogcCollections.parse(body).collections.map(({ id }) => id)).not.toContain('incidents')
    expect((await server.call('GET', '/ogc/collections/incidents/items', { token: planner })).status).toBe(403)
    expect((await server.call('GET', '/ogc/collections/nothing', { token: planner })).status).toBe(404)
    expect((await server.call('GET', `/ogc/collections/incidents/items/x`, { token: kabid })).status).toBe(404)
  })

  it('keep to the standard, beyond what we say ourselves', async () => {
    const read = async (path: string) => (await server.call('GET', path, { token: kabid })).body
    standardLanding.parse(await read('/ogc'))
    standardConformance.parse(await read('/ogc/conformance'))
    const { collections } = standardCollections.parse(await read('/ogc/collections'))
    for (const { id } of collections) {
      standardCollection.parse(await read(`/ogc/collections/${id}`))
      const { features } = standardItems.parse(await read(`/ogc/collections/${id}/items?limit=3`))
      for (const { id: item } of features) standardItem.parse(await read(`/ogc/collections/${id}/items/${item}`))
    }
    // A parameter that nobody defined, and a value outside its definition: 400 (requirements 8 and 9), for every resource.
    for (const path of ['/ogc', '/ogc/conformance', '/ogc/collections', '/ogc/collections/units'])
      expect((await server.call('GET', `${path}?nonsense=1`, { token: kabid })).status, path).toBe(400)
  })

  it.skipIf(spawnSync('ogrinfo', ['--version']).status !== 0)(
    'open in GDAL: every layer with all it holds, over pages, and as a GeoPackage',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'siaga-gdal-'))
      const gdal = async (program: string, ...args: string[]) =>
        (
          await promisify(execFile)(program, args, {
            encoding: 'utf8',
            timeout: 60_000,
            env: { PATH: process.env.PATH, HOME: dir, GDAL_HTTP_HEADERS: `Authorization: Bearer ${kabid}` },
          })
        ).stdout
      try {
        const source = `OAPIF:${server.url}/ogc`
        const { collections } = ogcCollections.parse(
          (await server.call('GET', '/ogc/collections', { token: kabid })).body,
        )
        const listed = await gdal('ogrinfo', '-ro', '-q', source)
        for (const { id } of collections) expect(listed).toContain(`: ${id}`)
        const file = join(dir, 'kota.gpkg')
        // Two a page of what is quick to read: what is not followed by its links is missing.
        for (const [i, { id }] of collections.entries())
          await gdal(
            'ogr2ogr',
            ...[
              '-f',
              'GPKG',
              ...(i > 0 ? ['-update'] : []),
              '-oo',
              `PAGE_SIZE=${['incidents', 'units'].includes(id) ? 2 : 1000}`,
            ],
            ...[file, source, id],
          )
        for (const { id } of collections) {
          const { numberMatched, features } = await items(`${id}/items?limit=1`)
          const summary = await gdal('ogrinfo', '-so', '-ro', file, id)
          expect(summary, id).toContain(`Feature Count: ${numberMatched}`)
          for (const name of Object.keys(features[0]?.properties ?? {})) expect(summary, id).toContain(`${name}: `)
        }
        // The axes are the right way round.
        const [lon, lat] = AT[0]
        const around = [lon - 1e-5, lat - 1e-5, lon + 1e-5, lat + 1e-5].map(String)
        const near = await gdal('ogrinfo', '-ro', '-geom=NO', '-spat', ...around, file, 'districts')
        expect(near.match(/ name \(String\) = (.+)/g)).toEqual([` name (String) = ${recorded[0].kelurahan}`])
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    },
  )
})
