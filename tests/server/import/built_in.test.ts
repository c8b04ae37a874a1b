import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT_IN_CITY } from '../../../geo/city/index.ts'
import type { Connected } from '../../../server/db/connect.ts'
import { builtInHash, seedBuiltIn } from '../../../server/import/built_in.ts'
import { importFolder } from '../../../server/import/run.ts'
import { contentHash } from '../../../server/import/stage.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { openTestDatabase } from '../../helpers/database.ts'

let test: Connected
beforeAll(async () => void (test = await openTestDatabase()))
afterAll(() => test.close())

describe('the built-in city', () => {
  it('is there in a new database, whole and marked', async () => {
    const live = await test.db.rows<LiveLayer>('import_live')
    expect(live.map(({ layer }) => layer)).toEqual([
      'facility',
      'kelurahan',
      'neighbour',
      'outline',
      'place',
      'rail',
      'road',
      'street',
      'water',
    ])
    expect(live.every(({ built_in, row_count }) => built_in && row_count > 0)).toBe(true)
    expect(live.find(({ layer }) => layer === 'kelurahan')?.row_count).toBe(27)
    const known = await test.db.one<{ agencies: string[]; stations: string[] }>('import_known_codes')
    expect(known.agencies).toHaveLength(BUILT_IN_CITY.agencies.length)
    expect(known.stations).toHaveLength(BUILT_IN_CITY.stations.length)
    expect((await test.db.value<{ hash: string }>('setting', { key: 'built_in_city' })).hash).toBe(builtInHash())
  })
  it('is not seeded again', async () => {
    const before = await test.db.rows<LiveLayer>('import_live')
    expect(await seedBuiltIn(test.db, () => undefined)).toBe(false)
    expect(await test.db.rows<LiveLayer>('import_live')).toEqual(before)
  })
})

describe('a program that knows better facts', () => {
  it('brings up to date what is still built in, and leaves what the city imported or entered', async () => {
    const { db } = test
    const report = await importFolder(db, resolve(import.meta.dirname, '../../fixtures/import/bowtie'), {
      progress: () => undefined,
      now: () => new Date(),
      actor: 'test',
    })
    expect(report.status).toBe('done')
    const before = await db.rows<LiveLayer>('import_live')
    await db.execute(`update setting set value = '{"hash": "older"}' where key = 'built_in_city'`)
    await db.execute(`update agency set name = 'Nama kota sendiri', built_in = false where code = 'damkar'`)
    await db.execute(`update unit set crew = 99, duty = 'off' where callsign = 'Damkar 1'`)
    expect(await seedBuiltIn(db, () => undefined)).toBe(true)
    const units = await db.rows<{ unit: { callsign: string; crew: number; duty: string } }>('units', {
      simulated: false,
    })
    expect(units.map(({ unit }) => unit).find(({ callsign }) => callsign === 'Damkar 1')).toMatchObject({
      crew: 6,
      duty: 'off',
    })
    const agencies = await db.rows<{ code: string; name: string }>('agencies')
    expect(agencies.find(({ code }) => code === 'damkar')?.name).toBe('Nama kota sendiri')
    expect(await db.rows<LiveLayer>('import_live')).toEqual(before)
  })
})

describe('a content hash', () => {
  const content = {
    layer: 'place' as const,
    source: 'a',
    attribution: null,
    tables: [{ table: 'place' as const, rows: [{ id: 1, name: 'A', kind: 'x', geom: 'POINT(1 2)' }] }],
  }
  it('changes with a row, an order or a source, and with nothing else', () => {
    expect(contentHash(content)).toBe(contentHash(structuredClone(content)))
    expect(contentHash({ ...content, source: 'b' })).not.toBe(contentHash(content))
    expect(contentHash({ ...content, tables: [{ table: 'place', rows: [] }] })).not.toBe(contentHash(content))
  })
})
