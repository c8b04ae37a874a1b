import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connected } from '../../../server/db/connect.ts'
import type { FileReport, ImportReport } from '../../../server/import/report.ts'
import { printReport } from '../../../server/import/report.ts'
import { importFolder } from '../../../server/import/run.ts'
import { purgeRetired } from '../../../server/import/tidy.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { openTestDatabase } from '../../helpers/database.ts'
import { city, collection, folder, options, place, removeFolders } from './folders.ts'

const fixtures = resolve(import.meta.dirname, '../../fixtures/import')
let test: Connected
const live = () => test.db.rows<LiveLayer>('import_live')
const lineOf = (report: ImportReport, layer: string): FileReport =>
  report.files.find((file) => file.layer === layer) as FileReport

beforeAll(async () => void (test = await openTestDatabase()))
afterAll(async () => {
  await test.close()
  removeFolders()
})

describe('a folder that cannot be imported', () => {
  const faultsOf = async (files: Record<string, object | string>): Promise<string[]> => {
    const before = await live()
    const report = await importFolder(test.db, folder(files), options)
    expect(report.status).toBe('failed')
    expect(await live()).toEqual(before)
    return report.faults
  }
  const good = collection(place('Satu', [109.67, -6.88]))

  it('names every fault of layers.json by its field', async () => {
    expect(
      await faultsOf({
        'layers.json': {
          city: { code: '33.75' },
          layers: [
            { file: 'a.geojson', as: 'sawah' },
            { as: 'place', population: 1 },
          ],
          extra: 1,
        },
      }),
    ).toEqual([
      expect.stringMatching(/^layers\.json: city\.name: wajib ada$/),
      expect.stringMatching(/layers\[0\]\.as: lapis "sawah" tidak dikenal; pilih kelurahan, /),
      expect.stringMatching(/layers\[1\]\.file: wajib ada/),
      expect.stringMatching(/layers\[1\]: tidak dikenal: population/),
      expect.stringMatching(/tidak dikenal: extra/),
    ])
  })
  it('names fields that the layer does not have and the year that the population needs', async () => {
    const layers = [
      { file: 'k.geojson', as: 'kelurahan', fields: { population: 'p', colour: 'c' } },
      { file: '../x.geojson', as: 'place' },
    ]
    const faults = await faultsOf({ 'layers.json': { city, layers } })
    expect(faults.join('\n')).toMatch(/layers\[1\]\.file: harus di dalam folder ini/)
    const rest = await faultsOf({ 'layers.json': { city, layers: layers.slice(0, 1) } })
    expect(rest).toEqual([
      expect.stringMatching(/layers\[0\]\.fields\.colour: bukan isian lapis kelurahan/),
      expect.stringMatching(/layers\[0\]\.population_year: wajib ada/),
    ])
  })
  it('names a missing folder, a missing file, broken JSON and a missing column, all files at once', async () => {
    expect((await importFolder(test.db, join(tmpdir(), 'siaga-no-such'), options)).faults[0]).toMatch(
      /layers\.json tidak ada/,
    )
    const layers = [
      { file: 'gone.csv', as: 'place' },
      { file: 'broken.geojson', as: 'place' },
      { file: 'a.geojson', as: 'place', fields: { name: 'nama' } },
      { file: 'b.geojson', as: 'place', epsg: 99999 },
    ]
    expect(
      await faultsOf({ 'layers.json': { city, layers }, 'broken.geojson': '{', 'a.geojson': good, 'b.geojson': good }),
    ).toEqual([
      expect.stringMatching(/^gone\.csv: berkas tidak ada/),
      expect.stringMatching(/^broken\.geojson: bukan JSON yang sah/),
      expect.stringMatching(/^a\.geojson: kolom 'nama' untuk place\.name/),
      expect.stringMatching(/layers\[3\]\.epsg: EPSG:99999 tidak dikenal/),
    ])
  })
  it('takes nothing when one layer stays empty, though another is good', async () => {
    const layers = [
      { file: 'a.geojson', as: 'place' },
      { file: 'f.csv', as: 'facility' },
    ]
    expect(
      await faultsOf({ 'layers.json': { city, layers }, 'a.geojson': good, 'f.csv': 'name,kind,lon,lat\nA,rs,,\n' }),
    ).toEqual(['lapis facility: tidak ada baris yang dapat diambil'])
    const run = await test.db.rows<LiveLayer>('import_live')
    expect(run.find(({ layer }) => layer === 'place')?.built_in).toBe(true)
  })
  it('refuses a file in the wrong zone, and metres without a CRS', async () => {
    const files = { 'f.csv': 'name,kind,x,y\nA,rs,352000,9238000\n' }
    expect(await faultsOf({ 'layers.json': { city, layers: [{ file: 'f.csv', as: 'facility' }] }, ...files })).toEqual([
      expect.stringMatching(/^f\.csv: kolom x dan y tanpa epsg/),
    ])
    expect(
      await faultsOf({ 'layers.json': { city, layers: [{ file: 'f.csv', as: 'facility', epsg: 32748 }] }, ...files }),
    ).toEqual([expect.stringMatching(/^f\.csv: terletak \d+ km dari kota .*CRS salah\?/)])
  })
  it('names the line of a CSV that cannot be read at all', async () => {
    expect(
      await faultsOf({
        'layers.json': { city, layers: [{ file: 'f.csv', as: 'facility' }] },
        'f.csv': 'name,kind,lon,lat\nA,rs,109.67,-6.88\n"B,rs,109.67,-6.88\n',
      }),
    ).toEqual([expect.stringMatching(/^f\.csv: CSV tidak terbaca: .*line 3/i)])
  })
})

describe('a database that fails at the swap', () => {
  it('keeps the city it had, and the next import sweeps up what was staged', async () => {
    const before = await live()
    const failing: Connected['db'] = {
      ...test.db,
      value: (query, params) =>
        query === 'import_swap' ? Promise.reject(new Error('connection lost')) : test.db.value(query, params),
    }
    await expect(importFolder(failing, join(fixtures, 'bowtie'), options)).rejects.toThrow('connection lost')
    expect(await live()).toEqual(before)
    const failed = await test.db.one<{ status: string; report: ImportReport }>('import_last_report')
    expect(failed).toMatchObject({ status: 'failed', report: { status: 'failed', faults: ['connection lost'] } })
    expect(await purgeRetired(test.db, new Date())).toBe(6)
    expect(await purgeRetired(test.db, new Date())).toBe(0)
  })
})

describe('bad geometry', () => {
  let report: ImportReport
  beforeAll(async () => void (report = await importFolder(test.db, join(fixtures, 'bowtie'), options)))

  it('is repaired or refused by row and name, with the reason', async () => {
    expect(report.faults).toEqual([])
    const flood = lineOf(report, 'flood')
    expect(flood.repaired.map(({ row, name }) => [row, name])).toEqual([
      [1, 'kupu-kupu'],
      [4, 'tak tertutup'],
    ])
    expect(flood.repaired[0].reason).toMatch(/Self-intersection/)
    expect(flood.refused.map(({ row, name }) => [row, name])).toEqual([
      [3, 'tertukar'],
      [5, 'garis'],
      [6, 'huruf'],
      [7, 'kosong'],
    ])
    expect(flood.refused.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/tertukar, atau CRS salah/),
      expect.stringMatching(/berisi bidang/),
      expect.stringMatching(/tidak terbaca/),
      'tanpa koordinat',
    ])
    expect(flood.duplicates).toEqual([{ row: 8, name: 'sehat', reason: 'sama dengan baris 2' }])
    expect([flood.read, flood.taken]).toEqual([8, 3])
  })
  it('leaves a valid layer, depths in centimetres', async () => {
    const rows = await test.db.rows<{ key: number; feature: string }>('map_features_flood', {
      version_id: (await live()).find(({ layer }) => layer === 'flood')?.id,
      after: null,
      limit: 10,
    })
    expect(rows.map(({ feature }) => JSON.parse(feature).properties.depth_cm)).toEqual([60, 40, 5])
    expect(JSON.parse(rows[0].feature).geometry).toMatchObject({ type: 'MultiPolygon', coordinates: { length: 2 } })
  })
  it('puts one point on an area, and tells who lies far away', () => {
    const file = lineOf(report, 'place')
    expect(file.repaired).toEqual([
      { row: 1, name: 'Lapangan', reason: 'ketinggian (Z/M) dibuang; ST_Polygon diganti satu titik padanya' },
    ])
    expect(file.refused).toEqual([{ row: 3, name: null, reason: 'name kosong' }])
    expect(file.notes).toEqual([expect.stringMatching(/^baris 4 \(Jauh\): \d+ km dari kota/)])
  })
  it('prints a line for each such row', () => {
    const text = printReport(report).join('\n')
    for (const name of ['kupu-kupu', 'tertukar', 'garis', 'huruf', 'kosong', 'Lapangan'])
      expect(text).toContain(`(${name})`)
  })
})

describe('another CRS, master data, and the same again', () => {
  let report: ImportReport
  beforeAll(async () => void (report = await importFolder(test.db, join(fixtures, 'utm49s'), options)))

  it('brings UTM 49S to WGS84, from GeoJSON and CSV alike', async () => {
    expect(report.faults).toEqual([])
    expect(report.notes[0] + report.notes.join()).toMatch(/kelurahan: 2 bidang, 2\.00 km²/)
    const [facility] = await test.db.rows<{ feature: string }>('map_features_facility', {
      version_id: (await live()).find(({ layer }) => layer === 'facility')?.id,
      after: null,
      limit: 10,
    })
    // PROJ cs2cs: 352000 9238000 EPSG:32749
    expect(JSON.parse(facility.feature).geometry.coordinates).toEqual([109.660465, -6.891842])
  })
  it('names each row of a CSV that it refused, by its line', () => {
    const file = lineOf(report, 'facility')
    expect(file.refused).toEqual([
      { row: 3, name: 'Tanpa Titik', reason: 'tanpa koordinat' },
      { row: 4, name: 'Rusak', reason: "x bukan angka: 'abc'" },
      { row: 6, name: 'Pendek', reason: '2 kolom, seharusnya 5' },
    ])
    expect(file.duplicates).toEqual([{ row: 5, name: 'Puskesmas  uji.', reason: 'sama dengan baris 2' }])
  })
  it('connects the roads, and reports the part that is cut off and the line without length', () => {
    const text = report.notes.join('\n')
    expect(text).toMatch(/jalan: 5 ruas, 7 simpul, 3\.30 km, 100 % bernama/)
    expect(text).toMatch(/bagian terputus dari jaringan: 0\.30 km, 1 ruas/)
    expect(lineOf(report, 'road').refused).toEqual([
      { row: 4, name: 'Jl. Titik', reason: expect.stringMatching(/^tanpa panjang/) },
    ])
  })
  it('takes agencies, posts and units by code; the built-in ones that the files lack turn inactive', async () => {
    expect(lineOf(report, 'station').refused).toEqual([
      { row: 3, name: 'Pos Asing', reason: "agency_code 'tak-ada' tidak dikenal" },
    ])
    expect(lineOf(report, 'unit').refused).toEqual([
      { row: 3, name: 'Uji 2', reason: "station_code 'pos-hilang' tidak dikenal" },
    ])
    const known = await test.db.one<{ agencies: string[]; own_agencies: string[]; stations: string[] }>(
      'import_known_codes',
    )
    expect(known).toMatchObject({ agencies: ['damkar'], own_agencies: ['damkar'], stations: ['pos-uji'] })
  })
  it('changes nothing the second time: no new version, no line in the log', async () => {
    const before = [await live(), await test.db.one('live_head')]
    const again = await importFolder(test.db, join(fixtures, 'utm49s'), options)
    expect(again.status).toBe('unchanged')
    expect([await live(), await test.db.one('live_head')]).toEqual(before)
  })
  it('says which layers are still of the built-in city, and that it is another', () => {
    expect(report.notes.join('\n')).toMatch(
      /lapis yang tetap bawaan: neighbour, .*milik Kota Pekalongan, bukan Kota Uji/,
    )
  })
})
