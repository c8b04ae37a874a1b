import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCityModel, type CityModel } from '../../../server/city/model.ts'
import type { Connected } from '../../../server/db/connect.ts'
import { importFolder } from '../../../server/import/run.ts'
import type { ImportReport } from '../../../server/import/report.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { openTestDatabase } from '../../helpers/database.ts'
import { city, collection, feature, folder, kelurahan, options, removeFolders } from './folders.ts'

let test: Connected
beforeAll(async () => void (test = await openTestDatabase()))
afterAll(async () => {
  await test.close()
  removeFolders()
})

/** A square of 20 m or so inside the nth kelurahan of folders.ts, the ith to the east. */
const plot = (n: number, i: number) => {
  const [west, south] = [109.6601 + n * 0.001 + i * 0.0002, -6.8898]
  return [
    [
      [west, south],
      [west + 0.0002, south],
      [west + 0.0002, south + 0.0002],
      [west, south + 0.0002],
      [west, south],
    ],
  ]
}
const area = (properties: object, n: number, i = 0) => feature(properties, 'Polygon', plot(n, i))
const towns = collection(kelurahan(1, { name: 'Degayu' }), kelurahan(2, { name: 'Kauman' }))

const run = (
  rows: object | string,
  more: { entry?: object; file?: string; kelurahan?: boolean } = {},
): Promise<ImportReport> => {
  const file = more.file ?? 'rt.geojson'
  const layers = [
    ...(more.kelurahan === false ? [] : [{ file: 'k.geojson', as: 'kelurahan' }]),
    { file, as: 'neighbourhood', ...more.entry },
  ]
  return importFolder(test.db, folder({ 'layers.json': { city, layers }, 'k.geojson': towns, [file]: rows }), options)
}
const refused = ({ files }: ImportReport) => files.find(({ layer }) => layer === 'neighbourhood')?.refused
const live = () => test.db.rows<{ kelurahan_code: string; rw: number; rt: number | null }>('gazetteer_neighbourhoods')
const model = (): Promise<CityModel> => createCityModel(test.db, false, new Date())

describe('RT and RW', () => {
  it('come in by the column names that offices use, areas and points, by code, by name and by place', async () => {
    const report = await run(
      collection(
        area({ NO_RT: '003', NO_RW: '007', DESA: 'DEGAYU' }, 1),
        area({ NO_RT: 'RT 4', NO_RW: 'RW.VII', DESA: '33.75.01.1001' }, 1, 1),
        area({ NO_RT: null, NO_RW: 5, DESA: 'Kel. Kauman' }, 2),
        feature({ NO_RT: 1, NO_RW: 6 }, 'Point', [109.6622, -6.8892]),
      ),
    )
    expect(report.faults).toEqual([])
    expect(report.files[1]).toMatchObject({ taken: 4, refused: [], repaired: [] })
    expect((await live()).map(({ kelurahan_code: k, rw, rt }) => [k, rw, rt])).toEqual([
      ['33.75.01.1001', 7, 3],
      ['33.75.01.1001', 7, 4],
      ['33.75.01.1002', 5, null],
      ['33.75.01.1002', 6, 1],
    ])
    const { results } = (await model()).geocode('kebakaran di rt 3 rw 7 degayu')
    expect(results[0]).toMatchObject({ type: 'neighbourhood', rt: '3', rw: '7', kelurahan_code: '33.75.01.1001' })
    expect(results[0].label).toBe('RT 03 RW 07, Kel. Degayu, Kec. Satu')
  })

  it('find their kelurahan among the live ones when none are imported beside them; a CSV with coordinates will do', async () => {
    const csv = 'RT;RW;KELURAHAN;lon;lat\n001;002;Degayu;109.6613;-6.8895\n002;002;;109.6614;-6.8895\n'
    const report = await run(csv, { file: 'rt.csv', kelurahan: false })
    expect(report.faults).toEqual([])
    expect((await live()).map(({ kelurahan_code: k, rw, rt }) => [k, rw, rt])).toEqual([
      ['33.75.01.1001', 2, 1],
      ['33.75.01.1001', 2, 2],
    ])
  })

  it('are refused by row and field', async () => {
    const report = await run(
      collection(
        area({ rt: 1, rw: 1, kelurahan: 'Degayu' }, 1),
        area({ rt: 2, rw: '', kelurahan: 'Degayu' }, 1, 1),
        area({ rt: 3, rw: 'tujuh', kelurahan: 'Degayu' }, 1, 1),
        area({ rt: '3a', rw: 7, kelurahan: 'Degayu' }, 1, 1),
        area({ rt: 0, rw: 7, kelurahan: 'Degayu' }, 1, 1),
        area({ rt: 4, rw: 7, kelurahan: 'Antah' }, 1, 1),
        area({ rt: 5, rw: 7 }, 30),
        area({ rt: 6, rw: 7, kelurahan: 'Kauman' }, 1, 1),
        feature({ rt: 7, rw: 7 }, 'LineString', plot(1, 0)[0]),
        feature({ rt: 8, rw: 7, kelurahan: 'Degayu' }, 'Polygon', []),
        area({ rt: 'x', rw: 7, kelurahan: 'Degayu' }, 1, 1),
      ),
      { entry: { allow_refused: true } },
    )
    expect(report.faults).toEqual([])
    const said = Object.fromEntries((refused(report) ?? []).map(({ row, reason }) => [row, reason]))
    expect(Object.keys(said)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
    expect(said[2]).toBe('rw kosong')
    expect(said[3]).toMatch(/^rw bukan nomor 1 sampai 999: 'tujuh'/)
    expect(said[4]).toMatch(/^rt bukan nomor .*'3a'/)
    expect(said[5]).toMatch(/^rt bukan nomor .*'0'/)
    expect(said[6]).toBe("kelurahan 'Antah' tidak dikenal")
    expect(said[7]).toMatch(/di luar kota/)
    expect(said[8]).toBe('kelurahan Kauman, padahal terletak di Degayu')
    expect(said[9]).toMatch(/padahal lapis ini berisi bidang/)
    expect(said[10]).toBe('tanpa koordinat')
    expect(said[11]).toMatch(/^rt bukan nomor .*'x'/)
    expect(await live()).toHaveLength(1)
  })

  it('may be there but once: the same RT at two places changes nothing', async () => {
    const before = await test.db.rows<LiveLayer>('import_live')
    const report = await run(
      collection(
        area({ rt: 3, rw: 7, kelurahan: 'Degayu' }, 1),
        area({ rt: '03', rw: '007', kelurahan: 'degayu' }, 1, 2),
      ),
    )
    expect(report.status).toBe('failed')
    expect(report.faults).toEqual([
      'rt.geojson: RT 3 RW 7 kelurahan 33.75.01.1001 dua kali: baris 1 (RT 3 RW 7 Degayu), baris 2 (RT 3 RW 7 degayu)',
    ])
    expect(await test.db.rows<LiveLayer>('import_live')).toEqual(before)
  })

  it('need the column of the RW, whatever it is called', async () => {
    const report = await run(collection(area({ rt: 3, wilayah: 7 }, 1)))
    expect(report.faults).toEqual([expect.stringMatching(/^rt\.geojson: kolom 'rw' untuk neighbourhood\.rw/)])
    const mapped = await run(collection(area({ rt: 3, wilayah: 7 }, 1)), { entry: { fields: { rw: 'wilayah' } } })
    expect(mapped.faults).toEqual([])
  })
})
