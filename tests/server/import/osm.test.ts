import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapManifest } from '../../../geo/wire/masterdata.ts'
import type { Connected } from '../../../server/db/connect.ts'
import { fetchOverpass, importOsm, OSM_ATTRIBUTION } from '../../../server/import/osm.ts'
import { findCity, osmRows } from '../../../server/import/osm_rows.ts'
import type { OsmElement } from '../../../server/import/osm_rows.ts'
import { overpassQuery } from '../../../server/import/overpass_query.ts'
import type { ImportReport } from '../../../server/import/report.ts'
import { exportGraph } from '../../../geo/roads/graph.ts'
import { createRouter } from '../../../geo/roads/router.ts'
import { readRouter } from '../../../server/city/roads.ts'
import { createMapStore } from '../../../server/map/store.ts'
import { openTestDatabase } from '../../helpers/database.ts'

const text = readFileSync(resolve(import.meta.dirname, '../../fixtures/osm/kota_kecil.json'), 'utf8')
const { elements } = JSON.parse(text) as { elements: OsmElement[] }
const options = { progress: () => undefined, now: () => new Date(), actor: 'test' }

describe('the question to Overpass', () => {
  it('asks by name, or by the code with or without its points', () => {
    expect(overpassQuery({ name: 'Kota "X"' })).toContain(
      '[~"^(name|official_name|alt_name|name:id)$"~"^Kota \\"X\\"$",i]',
    )
    expect(overpassQuery({ code: '33.75' })).toContain('~"^33[.]?75$"')
    expect(overpassQuery({ code: '33.75' })).toMatch(/out geom;\s*$/)
  })
  it('says what to do when no server answers', async () => {
    await expect(fetchOverpass('http://127.0.0.1:1/api', { name: 'X' })).rejects.toThrow(
      /127\.0\.0\.1:1 tidak terjangkau .*npm run import:osm -- BERKAS\.json/,
    )
  })
})

describe('an answer as rows', () => {
  const city = findCity(elements, {})
  if (typeof city === 'string') throw new Error(city)
  const rows = osmRows(elements, city)

  it('finds the one city, and says which there are when the name is not among them', () => {
    expect(city).toMatchObject({ code: '99.02', name: 'Kota Kecil' })
    expect(findCity(elements, { name: 'Kota Besar' })).toMatch(/Kota Kecil \(relation 1\)/)
  })
  it('keeps the kelurahan within the city, holes and kecamatan included', () => {
    const kelurahan = rows.get('kelurahan') ?? []
    expect(kelurahan.map(({ values }) => [values.code, values.name, values.kecamatan])).toEqual([
      ['99.02.01.1001', 'Kulon', 'Kecil Utara'],
      ['osm-4', 'Wetan', 'Kecil Utara'],
      ['osm-6', 'Bolong', 'Kota Kecil'],
    ])
    expect((kelurahan[0].geometry as { coordinates: unknown[][] }).coordinates[0]).toHaveLength(2)
    expect(kelurahan[2].fault).toMatch(/tidak tertutup/)
  })
  it('reads direction, speed and level of roads, and leaves out what no engine drives', () => {
    expect((rows.get('road') ?? []).map(({ row, values: v }) => [row, v.oneway, v.speed_kmh, v.level])).toEqual([
      [21, 1, 40, 0],
      [22, 0, 32, 0],
      [23, -1, null, 1],
    ])
  })
  it('reads turn restrictions at one junction, and says which it cannot read', () => {
    expect(
      (rows.get('turn') ?? []).map(({ row, geometry, fault }) => [
        row,
        (geometry as { coordinates?: unknown } | null)?.coordinates,
        fault,
      ]),
    ).toEqual([
      [
        51,
        [
          [110, -7.005],
          [110.005, -7.005],
          [110.005, -7.01],
        ],
        null,
      ],
      [53, undefined, expect.stringMatching(/lebih dari satu simpang/)],
    ])
  })
  it('tells facilities from places', () => {
    expect((rows.get('facility') ?? []).map(({ values: v }) => [v.name, v.kind, v.address])).toEqual([
      ['Puskesmas Kulon', 'puskesmas', 'Jalan Melati 3'],
      ['RS Kecil', 'rs', null],
    ])
    expect((rows.get('place') ?? []).map(({ values: v }) => [v.name, v.kind])).toEqual([['Gedung Juang', 'building']])
  })
})

describe('an answer as the city', () => {
  let test: Connected
  let report: ImportReport
  beforeAll(async () => {
    test = await openTestDatabase()
    // Relation 6 is not closed, and a city without one of its kelurahan is refused (refused.test.ts).
    const closed = JSON.stringify({ elements: elements.filter(({ id }) => id !== 6) })
    report = await importOsm(test.db, closed, 'kota_kecil.json', {}, options)
  })
  afterAll(() => test.close())

  it('is refused whole when it is no answer, was cut short, or lacks geometry', async () => {
    const faultOf = async (answer: string) => (await importOsm(test.db, answer, 'x.json', {}, options)).faults[0]
    expect(await faultOf('<html>')).toMatch(/^x\.json: bukan JSON yang sah/)
    expect(await faultOf('{"elements":[],"remark":"runtime error: Query timed out"}')).toMatch(/terpotong/)
    expect(await faultOf('{"elements":[]}')).toMatch(/tidak ada batas administrasi/)
    expect(await faultOf('{"elements":[{"type":"way","id":1,"nodes":[1,2]}]}')).toMatch(/out geom/)
  })
  it('crosses a bridge without a junction, and meets the rest', () => {
    expect(report.faults).toEqual([])
    // Jalan Raya meets Jalan Melati (4 pieces) and passes under Jalan Layang, which is a part of its own; the railway crosses once.
    expect(report.notes.join('\n')).toMatch(/jalan: [56] ruas, .*1 perlintasan kereta/)
    expect(report.notes.join('\n')).toMatch(/bagian terputus dari jaringan: 1\.11 km, 1 ruas/)
    expect(report.files.find(({ layer }) => layer === 'kelurahan')).toMatchObject({ taken: 2, refused: [] })
  })
  it('forbids the turn to every drive: the exported graph has no arc for it', async () => {
    expect(report.files.find(({ layer }) => layer === 'turn')).toMatchObject({ taken: 1, repaired: [] })
    const { graph } = await readRouter(test.db)
    const here = (n: number, lon: number, lat: number) =>
      Math.abs(graph.lon[n] - lon) < 1e-6 && Math.abs(graph.lat[n] - lat) < 1e-6
    const turns = exportGraph(graph).edges.filter(([, , , metres]) => metres === 0)
    expect(turns.length).toBeGreaterThan(3)
    expect(turns.every(([a, b]) => here(a, 110.005, -7.005) && here(b, 110.005, -7.005))).toBe(true)
    const router = createRouter(graph)
    const [west, south, north]: [number, number][] = [
      [110.003, -7.005],
      [110.005, -7.007],
      [110.005, -7.003],
    ]
    // straight over Jalan Raya one may turn left only; towards the south one turns back at the north end of Jalan Melati
    const [left] = router.price(north, [west])
    const [right] = router.price(south, [west])
    expect(left.seconds).toBeLessThan(60)
    expect(right.seconds).toBeGreaterThan(left.seconds + 60)
  })
  it('carries the attribution to the map', async () => {
    const manifest = mapManifest.parse(await (await createMapStore(test.db)).manifest())
    expect(manifest.attribution).toContain(OSM_ATTRIBUTION)
    expect(manifest.city).toEqual({ code: '99.02', name: 'Kota Kecil' })
    expect(manifest.schematic).toBe(false)
  })
})
