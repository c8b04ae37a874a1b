import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connected } from '../../../server/db/connect.ts'
import type { Database } from '../../../server/db/database.ts'
import { depthCm } from '../../../server/import/fields.ts'
import { printReport } from '../../../server/import/report.ts'
import type { ImportReport } from '../../../server/import/report.ts'
import { importFolder } from '../../../server/import/run.ts'
import { purgeRetired, resumePlacing } from '../../../server/import/tidy.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { openTestDatabase } from '../../helpers/database.ts'
import { city, collection, feature, folder, kelurahan, options, place, removeFolders } from './folders.ts'

let test: Connected
const live = () => test.db.rows<LiveLayer>('import_live')
const run = (layers: object[], files: Record<string, object | string>, db: Database = test.db): Promise<ImportReport> =>
  importFolder(db, folder({ 'layers.json': { city, layers }, ...files }), options)
/** The database, with these statements failing. */
const failing = (...broken: string[]): Database => {
  const guard =
    <T>(call: (query: string, params?: Record<string, unknown>) => Promise<T>) =>
    (query: string, params?: Record<string, unknown>) =>
      broken.includes(query) ? Promise.reject(new Error(`${query} lost`)) : call(query, params)
  const { rows, one, value } = test.db
  return { ...test.db, rows: guard(rows), one: guard(one), value: guard(value) } as Database
}

beforeAll(async () => void (test = await openTestDatabase()))
afterAll(async () => {
  await test.close()
  removeFolders()
})

describe('a value the database cannot hold', () => {
  it('is a fault of its row and field', async () => {
    const report = await run(
      [
        { file: 'k.geojson', as: 'kelurahan', population_year: 2020 },
        { file: 'a.csv', as: 'agency' },
        { file: 'u.csv', as: 'unit' },
        { file: 'p.geojson', as: 'place', allow_refused: true },
        { file: 'r.geojson', as: 'road' },
      ],
      {
        'k.geojson': collection(kelurahan(1, { population: 3_000_000_000 }), kelurahan(2, { population: 2147483647 })),
        'a.csv': 'code,name,kind\ndamkar,Damkar,damkar\n',
        'u.csv':
          'callsign,agency_code,kind,crew,capabilities\nUji 1,damkar,pompa,40000000000,pump;re\0scue\nUji 2,damkar,pompa,4,\n',
        'p.geojson': collection(place('Na\u0000ma', [109.66, -6.88]), place('Baik', [109.66, -6.88])),
        'r.geojson': collection(
          feature({ class: 'Jalan', name: 'Se\ud800tengah', speed_kmh: 1e39 }, 'LineString', [
            [109.66, -6.88],
            [109.67, -6.88],
          ]),
        ),
      },
    )
    expect(report.faults).toEqual([])
    const said = report.files.map(({ repaired, refused }) => [...repaired, ...refused])
    expect(said).toEqual([
      [{ row: 1, name: 'Kelurahan 1', reason: "population di atas 2147483647: '3000000000', dikosongkan" }],
      [],
      [
        {
          row: 2,
          name: 'Uji 1',
          reason:
            "capabilities berisi karakter U+0000, dikosongkan; crew di atas 2147483647: '40000000000', dikosongkan",
        },
      ],
      [{ row: 1, name: 'Na\ufffdma', reason: 'name berisi karakter U+0000' }],
      [
        {
          row: 1,
          name: 'Se\ufffdtengah',
          reason: "name berisi karakter U+D800, dikosongkan; speed_kmh di luar jangkauan: '1e+39', dikosongkan",
        },
      ],
    ])
    const kept = await test.db.one<{ status: string; report: ImportReport }>('import_last_report')
    expect(kept).toMatchObject({ status: 'done', report: { files: report.files } })
  })
  it('is not read out of a depth', () => {
    expect([depthCm('99999999999 cm'), depthCm('20-40 cm')]).toEqual([null, 40])
  })
  it('is a fault of layers.json or of the file, with its place', async () => {
    const files = { 'p.geojson': collection(place('A', [109.66, -6.88])) }
    const faultsOf = async (entry: object, more: object = {}) =>
      (await run([{ file: 'p.geojson', as: 'place', ...entry }], { ...files, ...more })).faults
    expect(await faultsOf({ epsg: 99999999999 })).toEqual(['layers.json: layers[0].epsg: harus 1 sampai 999999'])
    expect(await faultsOf({ crs: 'EPSG:99999999999' })).toEqual([
      'layers.json: layers[0].crs: harus seperti "EPSG:32749"',
    ])
    expect(await faultsOf({ source: 'a\u0000' })).toEqual(['layers.json: layers[0].source: berisi karakter U+0000'])
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::99999999999' } }
    expect(await faultsOf({}, { 'p.geojson': { ...files['p.geojson'], crs } })).toEqual([
      expect.stringMatching(/^p\.geojson: crs .* tidak dikenali/),
    ])
  })
})

describe('a road file of which nothing is left', () => {
  it('is a fault, and the report says where it went', async () => {
    const before = await live()
    const short = feature({ class: 'Jalan', name: 'Pendek' }, 'LineString', [
      [109.66, -6.88],
      [109.6600055, -6.88],
    ])
    const report = await run([{ file: 'r.geojson', as: 'road' }], { 'r.geojson': collection(short) })
    expect(report.faults).toEqual(['lapis road: tidak ada ruas tersisa'])
    expect(report.files[0].repaired).toEqual([
      { row: 1, name: 'Pendek', reason: expect.stringMatching(/^potongan 0\.6 m/) },
    ])
    expect(await live()).toEqual(before)
  })
})

describe('a road drawn twice, one-way once', () => {
  it('stays one-way, and the row of the double says so', async () => {
    const points = [
      [109.66, -6.88],
      [109.67, -6.88],
    ]
    const report = await run([{ file: 'r.geojson', as: 'road' }], {
      'r.geojson': collection(
        feature({ class: 'Jalan', name: 'Searah', oneway: 1 }, 'LineString', points),
        feature({ class: 'Jalan', name: 'Searah' }, 'LineString', points),
      ),
    })
    expect(report.files[0].repaired).toEqual([
      {
        row: 2,
        name: 'Searah',
        reason: expect.stringMatching(/^potongan 110\d\.\d m sama dengan baris 1, yang satu searah: arahnya dipakai$/),
      },
    ])
    expect((await test.db.rows<{ oneway: number }>('road_edges')).map(({ oneway }) => oneway)).toEqual([1])
  })
})

describe('a population without its year', () => {
  const files = { 'k.geojson': collection(kelurahan(1, { population: 5000 }), kelurahan(2)) }
  it('is a fault also when no mapping names the column', async () => {
    expect((await run([{ file: 'k.geojson', as: 'kelurahan' }], files)).faults).toEqual([
      expect.stringMatching(/^k\.geojson: kolom 'population' .*population_year wajib ada/),
    ])
    expect((await run([{ file: 'k.geojson', as: 'kelurahan', population_year: 2020 }], files)).faults).toEqual([])
  })
})

describe('a database that fails', () => {
  const layers = [
    { file: 'p.geojson', as: 'place' },
    { file: 'k.geojson', as: 'kelurahan' },
  ]
  const files = (name: string) => ({
    'p.geojson': collection(place(name, [109.66, -6.88]), place('', [109.66, -6.88]), ...rest),
    'k.geojson': collection(kelurahan(1, { name }), kelurahan(2)),
  })
  const rest = Array.from({ length: 8 }, (_, n) => place(`Tempat ${n}`, [109.66, -6.87 - n * 0.002]))

  it('while a layer is staged, names the layer and still shows the report', async () => {
    const before = await live()
    const failed = run(layers, files('A'), failing('import_stage_kelurahan'))
    await expect(failed).rejects.toThrow(
      /ditolak baris 2: name kosong[^]*Impor GAGAL, tidak ada yang berubah:\s+saat menyiapkan kelurahan: import_stage_kelurahan lost$/,
    )
    expect(await live()).toEqual(before)
    const kept = await test.db.one<{ status: string; report: ImportReport }>('import_last_report')
    expect(kept).toMatchObject({
      status: 'failed',
      report: { faults: ['saat menyiapkan kelurahan: import_stage_kelurahan lost'] },
    })
  })
  it('to keep the report of a failure, says that too', async () => {
    await expect(run(layers, files('A'), failing('import_swap', 'import_fail'))).rejects.toThrow(
      /import_swap lost\s+laporan ini tidak tersimpan: import_fail lost/,
    )
  })
  it('after the swap, does not call the import failed: the city has changed', async () => {
    for (const query of ['import_purge', 'import_place_incidents']) {
      // The purge before an import is the same statement as the one after it.
      let swapped = false
      const whole = failing()
      const broken = failing(query)
      const db: Database = {
        ...whole,
        value: async <T>(name: string, params?: Record<string, unknown>) => {
          const answer = await (swapped ? broken : whole).value<T>(name, params)
          swapped ||= name === 'import_swap'
          return answer
        },
        one: <T>(name: string, params?: Record<string, unknown>) => (swapped ? broken : whole).one<T>(name, params),
      }
      const report = await run(layers, files(query), db)
      expect(report).toMatchObject({ status: 'done', faults: [] })
      expect(report.notes).toContain(`belum dirapikan: dilanjutkan saat server dinyalakan (${query} lost)`)
      expect(printReport(report).join('\n')).not.toMatch(/GAGAL/)
      expect(await test.db.one('import_last_report')).toMatchObject({ status: 'done', report: { status: 'done' } })
    }
    // What the server does at its next start.
    await resumePlacing(test.db, 'test', () => new Date())
    const kelurahanVersion = (await live()).find(({ layer }) => layer === 'kelurahan')?.id
    expect(await test.db.value('setting', { key: 'incidents_placed_by' })).toEqual({ version_id: kelurahanVersion })
    expect(await purgeRetired(test.db, new Date())).toBe(0)
  })
  it('to keep the report of a success, is a note on it', async () => {
    const report = await run(layers, files('B'), failing('import_finish'))
    expect(report.status).toBe('done')
    expect(report.notes).toContain('laporan ini tidak tersimpan: import_finish lost')
  })
})
