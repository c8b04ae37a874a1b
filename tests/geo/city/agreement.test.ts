import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT_IN_CITY } from '../../../geo/city/index.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { seededRandom } from '../../helpers/random.ts'
import { inRings, rasterise } from './grid.ts'
import type { Rings } from './grid.ts'
import { openVoronoi, voronoi } from './voronoi_db.ts'
import type { Area } from './voronoi_db.ts'

const FILE = resolve(process.env.GEODATA_DIR ?? '../shared/geodata', 'kelurahan_bpn2017.geojson')
const present = existsSync(FILE)
if (!present) console.info(`agreement with the real kelurahan not measured: no ${FILE}`)

const STEP = 0.0001 // about 11 m
const BOX = [109.63, -6.95, 109.73, -6.84]

interface Real {
  features: {
    properties: { kode: string }
    geometry: { type: 'Polygon'; coordinates: LonLat[][] } | { type: 'MultiPolygon'; coordinates: LonLat[][][] }
  }[]
}

let db: PGlite
beforeAll(async () => {
  db = await openVoronoi()
}, 120_000)
afterAll(() => db.close())

describe('the built-in kelurahan as PostGIS draws them', () => {
  let areas: Area[]
  beforeAll(async () => {
    const sites = BUILT_IN_CITY.kelurahan.flatMap(({ code, known_points }) =>
      known_points.map(([lon, lat]) => ({ code, lon, lat })),
    )
    areas = await voronoi(db, sites, BUILT_IN_CITY.land)
  }, 30_000)

  it('gives 27 valid areas that fill the land without overlap', () => {
    expect(areas.map((a) => a.code)).toEqual(BUILT_IN_CITY.kelurahan.map((k) => k.code).sort())
    expect(areas.every((a) => a.valid)).toBe(true)
    const grid = rasterise(
      areas.map(({ code, polygons }) => ({ name: code, polygons })),
      BOX,
      STEP,
    )
    const land = rasterise([{ name: 'land', polygons: [[BUILT_IN_CITY.land]] }], BOX, STEP)
    const unclaimed = grid.filter((code, i) => (code === null) !== (land[i] === null)).length
    expect(unclaimed / land.filter(Boolean).length).toBeLessThan(1e-4)
    const cellKm2 = ((STEP * Math.PI) / 180) ** 2 * 6371.0088 ** 2 * Math.cos((6.895 * Math.PI) / 180)
    const sum = areas.reduce((total, a) => total + a.km2, 0)
    expect(Math.abs(sum / (land.filter(Boolean).length * cellKm2) - 1)).toBeLessThan(0.01)
  })

  it.skipIf(!present)('puts at least 75 % of the area into the right kelurahan', () => {
    const real = JSON.parse(readFileSync(FILE, 'utf8')) as Real
    const truth = rasterise(
      real.features.map(({ properties, geometry }) => ({
        name: properties.kode,
        polygons: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as readonly Rings[],
      })),
      BOX,
      STEP,
    )
    const ours = rasterise(
      areas.map(({ code, polygons }) => ({ name: code, polygons })),
      BOX,
      STEP,
    )
    const cells = truth.map((code, i) => ({ real: code, drawn: ours[i] }))
    const city = cells.filter(({ real }) => real !== null)
    const either = cells.filter(({ real, drawn }) => real !== null || drawn !== null)
    const right = city.filter(({ real, drawn }) => real === drawn).length
    const outline = either.filter(({ real, drawn }) => real === null || drawn === null).length
    const percent = (part: number, of: readonly unknown[]) => `${((100 * part) / of.length).toFixed(1)} %`
    console.info(
      `kelurahan agreement: ${percent(right, city)} of the city's area is in the right kelurahan; ` +
        `${percent(outline, either)} is land that only one of the two maps calls city ` +
        `(${percent(right, either)} right, counted with that)`,
    )
    // By the stricter reading too: land that only one of the two maps calls city is not right.
    expect(right / either.length).toBeGreaterThanOrEqual(0.75)
    expect(outline / either.length).toBeLessThan(0.05)
  })
})

const SQUARE: LonLat[] = [
  [109.6, -7],
  [109.7, -7],
  [109.7, -6.9],
  [109.6, -6.9],
  [109.6, -7],
]

describe('city_voronoi', () => {
  it('gives every spot to the code of its nearest point (brute force)', async () => {
    const random = seededRandom(27)
    const spot = () => ({ lon: 109.6 + random() * 0.1, lat: -7 + random() * 0.1 })
    const sites = Array.from({ length: 40 }, (_, i) => ({ code: `k${i % 7}`, ...spot() }))
    const areas = await voronoi(db, sites, SQUARE)
    expect(areas.map((a) => a.code)).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6'])
    const k = Math.cos((6.95 * Math.PI) / 180)
    for (let n = 0; n < 2000; n++) {
      const { lon, lat } = spot()
      const d = sites.map((s) => Math.hypot((s.lon - lon) * k, s.lat - lat))
      const nearest = sites[d.indexOf(Math.min(...d))].code
      const holders = areas.filter((a) => a.polygons.some((rings) => inRings(rings, [lon, lat]))).map((a) => a.code)
      expect(holders).toEqual([nearest])
    }
  })

  it('gives the whole outline to a single code, also from a single point', async () => {
    for (const sites of [
      [{ code: 'a', lon: 109.65, lat: -6.95 }],
      [
        { code: 'a', lon: 109.62, lat: -6.95 },
        { code: 'a', lon: 109.68, lat: -6.93 },
      ],
    ]) {
      const [area, ...rest] = await voronoi(db, sites, SQUARE)
      expect(rest).toEqual([])
      expect(area.valid).toBe(true)
      expect(area.km2).toBeCloseTo(122.2, 0)
    }
  })

  it('takes a point given twice once', async () => {
    const areas = await voronoi(
      db,
      [
        { code: 'b', lon: 109.65, lat: -6.95 },
        { code: 'a', lon: 109.65, lat: -6.95 },
        { code: 'c', lon: 109.66, lat: -6.95 },
      ],
      SQUARE,
    )
    expect(areas.map((a) => a.code)).toEqual(['a', 'c'])
  })

  it('leaves out a code whose area lies wholly outside', async () => {
    const areas = await voronoi(
      db,
      [
        { code: 'far', lon: 109.9, lat: -6.95 },
        { code: 'in', lon: 109.65, lat: -6.95 },
      ],
      SQUARE,
    )
    expect(areas.map((a) => a.code)).toEqual(['in'])
  })
})
