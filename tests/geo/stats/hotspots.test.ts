import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../../../geo/coverage/cells.ts'
import { HOTSPOT_RESOLUTION } from '../../../geo/stats/hotspots.ts'
import { twoSidedP } from '../../../geo/stats/normal.ts'
import { hotspotsOf } from '../../helpers/hotspots_of.ts'
import { seededRandom } from '../../helpers/random.ts'

const [west, south] = [109.64, -6.93]
const square = (size: number) => ({
  geometry: {
    coordinates: [
      [
        [
          [west, south],
          [west + size, south],
          [west + size, south + size],
          [west, south + size],
          [west, south],
        ],
      ],
    ],
  },
})
const CITY = cellsOf([square(0.08)], HOTSPOT_RESOLUTION)

describe('scored', () => {
  it('counts each point in its cell and scores it against the city by the definition written out', () => {
    const random = seededRandom(63)
    const points = Array.from({ length: 300 }, () => ({
      lon: west - 0.01 + random() * 0.1,
      lat: south - 0.01 + random() * 0.1,
    }))
    const { cells, too_few } = hotspotsOf(points, CITY)
    expect(too_few).toBe(false)
    expect(cells).toHaveLength(CITY.cells.length)
    const count = (h3: string) => points.filter((p) => latLngToCell(p.lat, p.lon, 8) === h3).length
    const x = new Map(CITY.cells.map((h3) => [h3, count(h3)]))
    const n = x.size
    const mean = [...x.values()].reduce((a, b) => a + b) / n
    const s = Math.sqrt([...x.values()].reduce((a, b) => a + b * b, 0) / n - mean ** 2)
    for (const cell of cells) {
      const around = gridDisk(cell.h3, 1).filter((h3) => x.has(h3))
      const w = around.length
      const local = around.reduce((sum, h3) => sum + x.get(h3)!, 0)
      expect(cell.incidents).toBe(x.get(cell.h3))
      expect(cell.around).toBe(local)
      expect(cell.z).toBeCloseTo((local - mean * w) / (s * Math.sqrt((n * w - w * w) / (n - 1))), 9)
      expect(cell.p).toBeCloseTo(twoSidedP(cell.z), 12)
    }
    expect(cells.map(({ z }) => z)).toEqual(cells.map(({ z }) => z).sort((a, b) => b - a))
  })

  it('flags a planted cluster, and nothing when as many are spread evenly', () => {
    const random = seededRandom(64)
    const even = CITY.cells.flatMap((h3) => {
      const [lat, lon] = cellToLatLng(h3)
      return Array.from({ length: 2 }, () => ({ lon, lat }))
    })
    expect(hotspotsOf(even, CITY).cells.some(({ significant }) => significant)).toBe(false)
    const [lat, lon] = cellToLatLng(CITY.cells[20])
    const cluster = Array.from({ length: 40 }, () => ({ lon: lon + random() * 1e-3, lat: lat + random() * 1e-3 }))
    const hot = hotspotsOf([...even, ...cluster], CITY).cells.filter((c) => c.significant && c.z > 0)
    expect(hot.map(({ h3 }) => h3)).toContain(CITY.cells[20])
    expect(hot.length).toBeLessThanOrEqual(7)
  })

  it('says so when they are too few, and flags nothing then', () => {
    const [lat, lon] = cellToLatLng(CITY.cells[20])
    const { cells, too_few } = hotspotsOf(
      Array.from({ length: 12 }, () => ({ lon, lat })),
      CITY,
    )
    expect(too_few).toBe(true)
    expect(cells.some(({ q }) => q <= 0.05)).toBe(true)
    expect(cells.some(({ significant }) => significant)).toBe(false)
    expect(hotspotsOf([], CITY).cells.every(({ z, p }) => z === 0 && p === 1)).toBe(true)
    expect(hotspotsOf([], cellsOf([], HOTSPOT_RESOLUTION))).toEqual({ cells: [], too_few: true })
  })
})
