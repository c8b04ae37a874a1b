import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFolder } from '../../../server/import/run.ts'
import { resumePlacing } from '../../../server/import/tidy.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { startTestServer } from '../../helpers/server.ts'
import type { TestServer } from '../../helpers/server.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server.stop())

describe('other kelurahan', () => {
  it('take the incidents with them, the old layers go, and both stand in the log', async () => {
    const token = await server.token('supervisor')
    // In UTM 49S 351500 9237500: inside "Barat" of the fixture.
    const body = {
      incident_type: 'kebakaran',
      location: { type: 'Point', coordinates: [109.655927, -6.896348] },
      accuracy_m: 5,
    }
    const made = await server.call<{ incident: { id: string; kelurahan_code: string } }>('POST', '/api/incidents', {
      token,
      body,
      headers: { 'idempotency-key': 'x' },
    })
    expect(made.body.incident.kelurahan_code).toMatch(/^33\.75\./)
    const { db } = server.running.services
    const old = (await db.rows<LiveLayer>('import_live')).find(({ layer }) => layer === 'kelurahan') as LiveLayer
    const head = await db.value<number>('live_head')
    const report = await importFolder(db, resolve(import.meta.dirname, '../../fixtures/import/utm49s'), {
      progress: () => undefined,
      now: () => new Date(),
      actor: 'test',
    })
    expect(report.notes).toContain('1 kejadian kini tercatat di kelurahan lain')
    const placed = await server.call<{ kelurahan_code: string }>('GET', `/api/incidents/${made.body.incident.id}`, {
      token,
    })
    expect(JSON.stringify(placed.body)).toContain('"kelurahan_code":"99.01.01.1001"')
    expect(await db.rows('map_features_kelurahan', { version_id: old.id, after: null, limit: 5 })).toEqual([])
    const lines = await db.rows<{ kind: string }>('live_events', { since: head, limit: 10 })
    expect(lines.map(({ kind }) => kind)).toEqual(['city.imported', 'city.incidents_placed'])
  })

  it('take the incidents with them at the next start, when the import was killed after its swap', async () => {
    const { db } = server.running.services
    const now = () => new Date()
    expect(await resumePlacing(db, 'test', now)).toBe(0)
    await db.rows('setting_put', { key: 'incidents_placed_by', value: JSON.stringify({ version_id: 0 }) })
    const client = await db.client()
    await client.query(`update incident set kelurahan_code = null, inside_city = false`)
    await client.end()
    expect(await resumePlacing(db, 'test', now)).toBe(1)
    expect(await resumePlacing(db, 'test', now)).toBe(0)
  })
})
