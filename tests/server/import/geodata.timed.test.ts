import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapManifest } from '../../../geo/wire/masterdata.ts'
import type { MapManifest } from '../../../geo/wire/masterdata.ts'
import type { FileReport, ImportReport } from '../../../server/import/report.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { readLive, startTestServer } from '../../helpers/server.ts'
import type { TestReader, TestServer } from '../../helpers/server.ts'

const dir = resolve(process.env.GEODATA_DIR ?? resolve(import.meta.dirname, '../../../../shared/geodata'))
const present = existsSync(resolve(dir, 'layers.json'))
if (!present) console.warn(`skipped: import of the real city: no geodata in ${dir} (set GEODATA_DIR)`)

const BENDAN: [number, number] = [109.662, -6.89154]
const root = resolve(import.meta.dirname, '../../..')

describe.skipIf(!present)('import of the real city while the server runs', () => {
  let server: TestServer
  let reader: TestReader
  let token: string
  let before: MapManifest
  let report: ImportReport
  let said: string
  const quietSeconds: number[] = []
  const createSeconds: number[] = []
  const db = () => server.running.services.db
  const live = () => db().rows<LiveLayer>('import_live')
  const manifest = async () => mapManifest.parse((await server.call('GET', '/api/map', { token })).body)
  const file = (name: string) => report.files.find((f) => f.file === name) as FileReport

  /** `npm run import -- …`, in a process of its own as in life, on the running server's database. */
  async function runCommand(args: string[]): Promise<string> {
    const { database_url, data_dir } = server.installation.config
    const env = { ...process.env, DATABASE_URL: database_url ?? '', SIAGA_DATA: data_dir }
    return (await promisify(execFile)(process.execPath, ['server/bin/run.mjs', 'import', ...args], { cwd: root, env }))
      .stdout
  }

  async function runImport(): Promise<{ said: string; report: ImportReport }> {
    const said = await runCommand([dir])
    return { said, report: (await db().one<{ report: ImportReport }>('import_last_report')).report }
  }

  async function create(key: string): Promise<{ kelurahan_code: string | null }> {
    const body = { incident_type: 'kebakaran', location: { type: 'Point', coordinates: BENDAN }, accuracy_m: 10 }
    const answer = await server.call<{ incident: { kelurahan_code: string | null } }>('POST', '/api/incidents', {
      token,
      body,
      headers: { 'idempotency-key': key },
    })
    expect(answer.status).toBe(201)
    return answer.body.incident
  }

  beforeAll(async () => {
    server = await startTestServer()
    token = await server.token('operator')
    reader = await readLive(server.url, { token })
    before = await manifest()
    await expect(runCommand([])).rejects.toThrow(/Pakai: npm run import -- FOLDER/)
    let done = false
    const call = async (seconds: number[], key: string) => {
      const began = performance.now()
      await create(key)
      seconds.push((performance.now() - began) / 1000)
      await new Promise((r) => setTimeout(r, 25))
    }
    for (let n = 0; n < 60; n++) await call(quietSeconds, `quiet-${n}`)
    const calling = (async () => {
      for (let n = 0; !done; n++) await call(createSeconds, `during-${n}`)
    })()
    const first = await runImport()
    done = true
    report = first.report
    said = first.said
    await calling
  }, 300_000)
  afterAll(async () => {
    reader?.close()
    await server?.stop()
  })

  it('takes 27 kelurahan of 46.4 km2 without gaps, and one road component of at least 165 km', async () => {
    expect(report.faults).toEqual([])
    expect(report.status).toBe('done')
    const version = (await live()).find(({ layer }) => layer === 'kelurahan')
    const { n, km2 } = await db().one<{ n: number; km2: number }>('import_check_area', { version_id: version?.id })
    expect(n).toBe(27)
    expect(Math.abs(km2 - 46.4)).toBeLessThanOrEqual(0.1)
    expect(report.notes.join('\n')).toMatch(/tanpa celah dan tanpa tumpang tindih/)
    const edges = await db().rows<{ component: number; metres: number; name: string | null }>('road_edges')
    expect(
      edges.filter((edge) => edge.component === 0).reduce((sum, edge) => sum + edge.metres, 0),
    ).toBeGreaterThanOrEqual(165_000)
    expect(edges.filter((edge) => edge.name !== null).length / edges.length).toBeGreaterThan(0.3)
  })
  it('reports every row it did not take, by line and name', () => {
    expect(file('fasilitas.csv')).toMatchObject({ read: 62, taken: 55 })
    expect(file('fasilitas.csv').refused).toHaveLength(7)
    expect(file('fasilitas.csv').refused).toContainEqual({
      row: 62,
      name: 'PMI Kota Pekalongan',
      reason: 'tanpa koordinat',
    })
    for (const { read, taken, refused, duplicates } of report.files)
      expect(taken + refused.length + duplicates.length).toBe(read)
    expect(report.files.filter(({ layer }) => layer === 'place')).toHaveLength(3)
    expect(report.notes).toContainEqual(
      expect.stringMatching(/^jalan: \d+ ruas, .*perlintasan kereta; bagian terbesar 16\d\.\d km$/),
    )
  })
  it('says so in the terminal', () => {
    expect(said).toContain('ditolak baris 62 (PMI Kota Pekalongan): tanpa koordinat')
    expect(said.trim().split('\n').at(-1)).toMatch(/^Selesai dalam [\d.]+ detik \(penukaran \d+ ms\): building 9019, /)
  })
  it('lets calls be taken meanwhile: 300 ms p95, and a short swap', () => {
    const p95 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]
    const [quiet, during] = [p95(quietSeconds), p95(createSeconds)]
    console.info(
      `creating an incident, p95: ${Math.round(quiet * 1000)} ms quiet, ${Math.round(during * 1000)} ms during the import (${createSeconds.length})`,
    )
    expect(createSeconds.length).toBeGreaterThan(10)
    expect(during).toBeLessThanOrEqual(0.3)
    console.info(`the swap took ${Math.round(report.swap_ms)} ms`)
    expect(report.swap_ms).toBeLessThanOrEqual(500)
  })
  it('tells the screens of the new map, which is no longer schematic', async () => {
    const after = await manifest()
    expect(before.schematic).toBe(true)
    expect(after).toMatchObject({ schematic: false, city: { code: '33.75' } })
    expect(after.hash).not.toBe(before.hash)
    expect(after.attribution.join()).toMatch(/OpenStreetMap contributors/)
    await reader.until(
      (message) => message.type === 'event' && message.kind === 'city.imported' && message.map_hash === after.hash,
    )
    expect(after.layers.find(({ layer }) => layer === 'building')?.row_count).toBe(9019)
  })
  it('places what is reported at RSUD Bendan in Bendan Kergon', async () => {
    expect((await create('after')).kelurahan_code).toBe('33.75.01.1006')
  })
  it('answers each what-if of coverage within a second', async () => {
    const kabid = await server.token('kabid')
    // The page shows what is there before anything is supposed.
    await server.call('GET', '/api/coverage', { token: kabid })
    const location = { type: 'Point', coordinates: [109.6713, -6.9269] }
    const flood = { kind: 'flood', scenario: '2021' }
    const shut = { kind: 'close_road', draw: { by: 'point', at: [109.6745, -6.8887] } }
    for (const changes of [[flood], [{ kind: 'add_post', location }], [flood, shut, { kind: 'add_post', location }]]) {
      const began = performance.now()
      const { status } = await server.call('POST', '/api/coverage/what-if', { token: kabid, body: { changes } })
      const ms = performance.now() - began
      console.info(`what-if ${changes.map(({ kind }) => kind).join(' + ')}: ${Math.round(ms)} ms`)
      expect(status).toBe(200)
      expect(ms).toBeLessThan(1_000)
    }
  })
  it('adds nothing when it runs again', async () => {
    const versions = await live()
    const head = await db().value<number>('live_head')
    const again = await runImport()
    expect(again.report.status).toBe('unchanged')
    expect(again.said).toMatch(/Tidak ada yang berubah/)
    expect(await live()).toEqual(versions)
    expect(await db().value<number>('live_head')).toBe(head)
  }, 120_000)
})
