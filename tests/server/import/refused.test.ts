import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportGraph } from '../../../geo/roads/graph.ts'
import { readRoads, readRouter } from '../../../server/city/roads.ts'
import type { Connected } from '../../../server/db/connect.ts'
import { importOsm } from '../../../server/import/osm.ts'
import type { ImportReport } from '../../../server/import/report.ts'
import { importFolder } from '../../../server/import/run.ts'
import type { LiveLayer } from '../../../server/import/types.ts'
import { openTestDatabase } from '../../helpers/database.ts'
import { city, collection, feature, folder, kelurahan, options, place, removeFolders, square } from './folders.ts'

let test: Connected
const live = () => test.db.rows<LiveLayer>('import_live')
const run = (layers: object[], files: Record<string, object | string>): Promise<ImportReport> =>
  importFolder(test.db, folder({ 'layers.json': { city, layers }, ...files }), options)

/** The faults of an import that must have changed nothing. */
async function faultsOf(layers: object[], files: Record<string, object | string>): Promise<string[]> {
  const before = await live()
  const report = await run(layers, files)
  expect(report.status).toBe('failed')
  expect(await live()).toEqual(before)
  return report.faults
}

beforeAll(async () => void (test = await openTestDatabase()))
afterAll(async () => {
  await test.close()
  removeFolders()
})

describe('one code for two things', () => {
  it('is a fault that names both, whatever the layer', async () => {
    const twice = [kelurahan(1, { name: 'Medono' }), kelurahan(2, { code: '33.75.01.1001', name: 'Podosugih' })]
    expect(await faultsOf([{ file: 'k.geojson', as: 'kelurahan' }], { 'k.geojson': collection(...twice) })).toEqual([
      'k.geojson: kode 33.75.01.1001 dua kali: baris 1 (Medono), baris 2 (Podosugih)',
    ])
    const layers = [
      { file: 'instansi.csv', as: 'agency' },
      { file: 'pos.csv', as: 'station' },
      { file: 'pos2.csv', as: 'station' },
      { file: 'unit.csv', as: 'unit' },
    ]
    const files = {
      'instansi.csv': 'code,name,kind\ndamkar,Damkar,damkar\ndamkar,Damkar Kota,damkar\n',
      'pos.csv': 'code,agency_code,name,lon,lat\np1,damkar,Pos Satu,109.67,-6.88\n',
      'pos2.csv': 'code,agency_code,name,lon,lat\np1,damkar,Pos Satu,109.68,-6.88\n',
      'unit.csv':
        'callsign,agency_code,kind\nUji 1,damkar,Mobil pompa\nUji 1,damkar,Mobil tangga\nUji 1,damkar,Mobil tangki\n',
    }
    expect(await faultsOf(layers, files)).toEqual([
      'instansi.csv: kode damkar dua kali: baris 2 (Damkar), baris 3 (Damkar Kota)',
      'pos.csv: kode p1 dua kali: baris 2 (Pos Satu), baris 2 dari pos2.csv (Pos Satu)',
      'unit.csv: callsign Uji 1 3 kali: baris 2 (Uji 1), baris 3 (Uji 1), baris 4 (Uji 1)',
    ])
  })
  it('is a double when all of it is the same', async () => {
    const report = await run([{ file: 'k.geojson', as: 'kelurahan' }], {
      'k.geojson': collection(kelurahan(1), kelurahan(2), kelurahan(1)),
    })
    expect(report.faults).toEqual([])
    expect(report.files[0]).toMatchObject({
      taken: 2,
      duplicates: [{ row: 3, name: 'Kelurahan 1', reason: 'sama dengan baris 1' }],
    })
  })
})

describe('a position that is not two numbers', () => {
  const few = { allow_refused: true, as: 'place', kind: 'uji' }
  it('refuses its row of a GeoJSON, however deep it lies', async () => {
    const report = await run(
      [
        { file: 'p.geojson', ...few },
        { file: 'f.geojson', as: 'flood', allow_refused: true },
      ],
      {
        'p.geojson': collection(
          place('Baik', [109.67, -6.88]),
          place('Nol', [109.66, null]),
          place('Teks', ['109.66', '-6.88']),
          place('Satu', [109.66]),
          place('Dalam', { lon: 109.66 }),
          { type: 'Feature', properties: { name: 'Tanpa' }, geometry: { type: 'Point', coordinates: [] } },
        ),
        'f.geojson': collection(
          feature({ event: 'baik' }, 'Polygon', square(1)),
          feature({ event: 'bolong' }, 'Polygon', [[...square(2)[0].slice(0, 2), [109.66, null], square(2)[0][0]]]),
          feature({ event: 'hilang' }, 'MultiPolygon', [[[...square(2)[0].slice(0, 3), null, square(2)[0][0]]]]),
          {
            type: 'Feature',
            properties: { event: 'kumpulan' },
            geometry: {
              type: 'GeometryCollection',
              geometries: [
                { type: 'Polygon', coordinates: square(3) },
                { type: 'Point', coordinates: [null, null] },
              ],
            },
          },
        ),
      },
    )
    expect(report.faults).toEqual([])
    const refused = report.files.map((file) => file.refused.map(({ row, reason }) => [row, reason]))
    expect(refused[0]).toEqual([
      [2, 'koordinat bukan angka: [109.66,null]'],
      [3, 'koordinat bukan angka: ["109.66","-6.88"]'],
      [4, 'koordinat bukan angka: [109.66]'],
      [5, expect.stringMatching(/tidak terbaca/)],
      [6, 'tanpa koordinat'],
    ])
    expect(refused[1]).toEqual([
      [2, 'koordinat bukan angka: [109.66,null]'],
      [3, expect.stringMatching(/^koordinat bukan angka: /)],
      [4, 'koordinat bukan angka: [null,null]'],
    ])
  })
  it('refuses its line of a CSV that holds GeoJSON, WKT or numbers', async () => {
    const report = await run([{ file: 'p.csv', ...few }], {
      'p.csv': [
        'name;geom',
        'Baik;POINT(109.67 -6.88)',
        'Nol;"{""type"":""Point"",""coordinates"":[109.66,null]}"',
        'Bukan;POINT(nan nan)',
        'Juga;"{""type"":""Point"",""coordinates"":[109.67,-6.88]}"',
      ].join('\n'),
    })
    expect(report.faults).toEqual([])
    expect(report.files[0].refused).toEqual([
      { row: 3, name: 'Nol', reason: 'koordinat bukan angka: [109.66,null]' },
      { row: 4, name: 'Bukan', reason: expect.stringMatching(/koordinat|geometri/) },
    ])
    const numbers = await run([{ file: 'p.csv', ...few }], {
      'p.csv': 'name,lon,lat\nBaik,109.671,-6.88\nNol,109.66,null\nSatu,109.66,\nTak,109.66,Infinity\n',
    })
    expect(numbers.files[0].refused.map(({ row, reason }) => [row, reason])).toEqual([
      [3, "lat bukan angka: 'null'"],
      [4, "lat bukan angka: ''"],
      [5, "lat bukan angka: 'Infinity'"],
    ])
  })
  it('refuses its element of an Overpass answer', async () => {
    const answer = JSON.parse(
      readFileSync(resolve(import.meta.dirname, '../../fixtures/osm/kota_kecil.json'), 'utf8'),
    ) as { elements: { id: number }[] }
    const elements = answer.elements.filter(({ id }) => id !== 6)
    for (let n = 0; n < 20; n++)
      elements.push({
        ...{ type: 'node', id: 100 + n, lat: -7.004 - n * 1e-4, lon: 110.004 },
        ...{ tags: { shop: 'yes', name: `Toko ${n}` } },
      })
    elements.push({ ...{ type: 'node', tags: { shop: 'yes', name: 'Tanpa Letak' } }, id: 51 })
    const report = await importOsm(test.db, JSON.stringify({ elements }), 'kota.json', {}, options)
    expect(report.faults).toEqual([])
    expect(report.files.find(({ layer }) => layer === 'place')?.refused).toEqual([
      { row: 51, name: 'Tanpa Letak', reason: 'koordinat bukan angka: [null,null]' },
    ])
  })
})

describe('how much may be refused', () => {
  const places = (good: number, ...bad: object[]) =>
    collection(...Array.from({ length: good }, (_, n) => place(`Tempat ${n}`, [109.66 + n * 0.002, -6.88])), ...bad)

  it('of the kelurahan: nothing', async () => {
    const layers = [{ file: 'k.geojson', as: 'kelurahan' }]
    const missing = { ...kelurahan(3), geometry: null }
    const good = Array.from({ length: 9 }, (_, n) => kelurahan(n, n === 3 ? { code: '33.75.01.2003' } : {}))
    expect(await faultsOf(layers, { 'k.geojson': collection(...good, missing) })).toEqual([
      expect.stringMatching(
        /^k\.geojson: 1 dari 10 baris kelurahan ditolak: baris 10 \(Kelurahan 3\): tanpa koordinat/,
      ),
    ])
    expect(await faultsOf([{ ...layers[0], allow_refused: true }], { 'k.geojson': collection(...good) })).toEqual([
      expect.stringMatching(/^layers\.json: layers\[0\]\.allow_refused: /),
    ])
  })
  it('of an Overpass answer: no kelurahan either', async () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../fixtures/osm/kota_kecil.json'), 'utf8')
    const before = await live()
    const report = await importOsm(test.db, text, 'kota.json', {}, options)
    expect(report.faults).toEqual([
      expect.stringMatching(/^kota\.json: 1 dari 3 baris kelurahan ditolak: baris 6 \(Bolong\): batas tidak tertutup/),
    ])
    expect(await live()).toEqual(before)
  })
  it('of another file: a tenth, the rows without coordinates not counted', async () => {
    const layers = [{ file: 'p.geojson', as: 'place' }]
    const [nameless, foreign] = [place('', [109.66, -6.88]), place('Tertukar', [-6.88, 109.66])]
    const without = { type: 'Feature', properties: { name: 'Tanpa', kind: 'uji' }, geometry: null }
    const tenth = await run(layers, { 'p.geojson': places(9, nameless) })
    expect([tenth.status, tenth.files[0].refused.length]).toEqual(['done', 1])
    expect((await run(layers, { 'p.geojson': places(8, nameless, without, without) })).status).toBe('done')
    const faults = await faultsOf(layers, { 'p.geojson': places(12, nameless, without, foreign) })
    expect(faults).toEqual([
      expect.stringMatching(
        /^p\.geojson: 2 dari 15 baris place ditolak: baris 13: name kosong; baris 15 \(Tertukar\): .*allow_refused/,
      ),
    ])
    const many = Array.from({ length: 5 }, () => nameless)
    expect((await faultsOf(layers, { 'p.geojson': places(4, ...many) }))[0]).toMatch(
      /^p\.geojson: 5 dari 9 .*baris 5: name kosong; baris 6: name kosong; baris 7: name kosong; dan 2 lagi/,
    )
    const allowed = await run([{ ...layers[0], allow_refused: true }], { 'p.geojson': places(4, ...many) })
    expect([allowed.status, allowed.files[0].refused.length]).toEqual(['done', 5])
    expect(await faultsOf([{ ...layers[0], allow_refused: 'ya' }], { 'p.geojson': places(4) })).toEqual([
      'layers.json: layers[0].allow_refused: harus true atau false',
    ])
  })
  it('counts what the references refuse', async () => {
    const faults = await faultsOf(
      [
        { file: 'a.csv', as: 'agency' },
        { file: 'u.csv', as: 'unit' },
      ],
      {
        'a.csv': 'code,name,kind\ndamkar,Damkar,damkar\n',
        'u.csv': 'callsign,agency_code,kind\nUji 1,damkar,pompa\nUji 2,tak-ada,pompa\n',
      },
    )
    expect(faults).toEqual([
      expect.stringMatching(/^u\.csv: 1 dari 2 baris unit ditolak: baris 3 \(Uji 2\): agency_code 'tak-ada'/),
    ])
  })
})

describe('turns', () => {
  it('are refused by row when they are none, and told when no junction of the roads has them', async () => {
    const { nodes, edges } = await readRoads(test.db)
    const arms = (id: number) => edges.filter(({ from_node, to_node }) => from_node === id || to_node === id)
    const junction = nodes.find(({ id }) => arms(id).length > 2)
    if (!junction) throw new Error('the built-in city has no junction')
    const [from, to] = arms(junction.id).map(({ from_node, coordinates: c }) =>
      from_node === junction.id ? c[1] : c[c.length - 2],
    )
    const report = await run([{ file: 't.geojson', as: 'turn', allow_refused: true }], {
      't.geojson': collection(
        feature({ seconds: 25 }, 'LineString', [from, junction.position, to]),
        feature({ seconds: 25 }, 'LineString', [from, to]),
        feature({ seconds: 9000 }, 'LineString', [from, junction.position, to]),
        feature({ seconds: 'lama' }, 'LineString', [from, junction.position, to]),
        feature({}, 'LineString', [
          [109.6, -6.8],
          [109.601, -6.8],
          [109.602, -6.8],
        ]),
      ),
    })
    expect(report.status).toBe('done')
    expect(report.files[0].refused.map(({ row, reason }) => [row, reason])).toEqual([
      [2, expect.stringMatching(/tiga titik/)],
      [3, expect.stringMatching(/9000 di luar 0 sampai 600/)],
      [4, expect.stringMatching(/seconds/)],
    ])
    expect(report.files[0].repaired).toEqual([
      expect.objectContaining({ row: 5, reason: 'tidak berlaku: tidak ada simpang dalam 15 m' }),
    ])
    const delays = exportGraph((await readRouter(test.db)).graph).edges.filter(([, , s, m]) => m === 0 && s === 25)
    expect(delays).toHaveLength(1)
  })
})
