import { describe, expect, it } from 'vitest'
import { BUILT_IN_CITY } from '../../../geo/city/index.ts'
import { distanceM, toLocalM } from '../../../geo/earth.ts'
import type { LonLat } from '../../../geo/earth.ts'
import { nodeRoads } from '../../../geo/roads/node.ts'
import { UNKNOWN_CLASS_KMH, classSpeedKmh } from '../../../geo/roads/speed.ts'
import { inRings, rasterise } from './grid.ts'

const city = BUILT_IN_CITY
const inLand = (p: LonLat) => inRings([city.land], p)
const duplicates = (values: readonly unknown[]) => values.filter((v, i) => values.indexOf(v) !== i)

/** Metres from p to the nearest drawn street, by trying every segment. */
function toStreetM(p: LonLat): number {
  let best = Infinity
  for (const { points } of city.streets)
    for (let i = 1; i < points.length; i++) {
      const [ax, ay] = toLocalM(points[i - 1], p)
      const [bx, by] = toLocalM(points[i], p)
      const [dx, dy] = [bx - ax, by - ay]
      const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
      best = Math.min(best, Math.hypot(ax + t * dx, ay + t * dy))
    }
  return best
}

describe('the 27 kelurahan', () => {
  it('have unique codes in four kecamatan of 7, 7, 7 and 6', () => {
    expect(city.kelurahan).toHaveLength(27)
    expect(duplicates(city.kelurahan.map((k) => k.code))).toEqual([])
    expect(duplicates(city.kelurahan.map((k) => k.name))).toEqual([])
    for (const k of city.kelurahan)
      expect(k.code).toMatch(new RegExp(`^${k.kecamatan_code.replaceAll('.', '\\.')}\\.1\\d{3}$`))
    const perKecamatan = new Map<string, number>()
    for (const k of city.kelurahan) perKecamatan.set(k.kecamatan_code, (perKecamatan.get(k.kecamatan_code) ?? 0) + 1)
    expect(Object.fromEntries(perKecamatan)).toEqual({ '33.75.01': 7, '33.75.02': 7, '33.75.03': 7, '33.75.04': 6 })
  })

  it('add up to the sum of the 2017 source, and have a postcode each', () => {
    expect(city.kelurahan.reduce((sum, k) => sum + k.population, 0)).toBe(296533)
    expect(city.kelurahan.every((k) => k.population_year === 2017 && /^511\d\d$/.test(k.postcode))).toBe(true)
  })

  const named = [...city.places, ...city.facilities]
  const nearest = (p: LonLat) => {
    const sites = city.kelurahan.flatMap((k) =>
      k.known_points.map((site) => ({ code: k.code, name: k.name, d: distanceM(site, p) })),
    )
    return sites.reduce((a, b) => (b.d < a.d ? b : a))
  }

  it('have a few known points each, none shared, all on the city land', () => {
    const all = city.kelurahan.flatMap((k) => k.known_points.map((p) => ({ name: k.name, p })))
    for (const k of city.kelurahan) {
      expect(k.known_points.length, k.name).toBeGreaterThanOrEqual(4)
      expect(k.known_points.length, k.name).toBeLessThanOrEqual(8)
    }
    expect(duplicates(all.map(({ p }) => p.join(' ')))).toEqual([])
    expect(all.filter(({ p }) => !inLand(p))).toEqual([])
  })

  it('are known by where their name stands on a map and by named places that say they lie in them, and by nothing else', () => {
    const codes = new Set(city.kelurahan.map((k) => k.code))
    for (const { name, kelurahan_code: code } of named) expect(code === null || codes.has(code), name).toBe(true)
    const unnamed = city.kelurahan.flatMap((k) =>
      k.known_points
        .slice(1)
        .filter((p) => !named.some((n) => n.kelurahan_code === k.code && n.point.join() === p.join())),
    )
    expect(unnamed).toEqual([])
  })

  it('hold the offices, hospitals and posts that stand in them', () => {
    const offices = city.places.filter((p) => p.kind === 'kantor_kelurahan')
    expect(offices.map((p) => [p.name, nearest(p.point).name])).toEqual(
      offices.map((p) => [p.name, p.name.replace('Kantor Kelurahan ', '')]),
    )
    const known = city.facilities.filter((f) => f.kelurahan_code !== null)
    expect(known.length).toBeGreaterThan(45)
    expect(known.filter((f) => nearest(f.point).code !== f.kelurahan_code).map((f) => f.name)).toEqual([])
    expect(nearest([109.662, -6.89154]).name).toBe('Bendan Kergon')
  })
})

describe('the sketch', () => {
  it('closes its rings and keeps land, sea and neighbours apart', () => {
    const rings = [
      ...city.outline.filter((o) => o.class !== 'coast').map((o) => o.points),
      ...city.neighbours.map((n) => n.points),
    ]
    for (const ring of rings) expect(ring[0]).toEqual(ring[ring.length - 1])
    // off the round figures of the sketch, so that no cell's centre lies on a line
    const box = [109.520137, -7.000211, 109.84, -6.8]
    const layer = (name: string, points: readonly LonLat[]) => rasterise([{ name, polygons: [[points]] }], box, 0.0007)
    const grids = [layer('land', city.land), ...city.neighbours.map((n) => layer(n.name, n.points))]
    const held = grids[0].map((_, i) => grids.filter((grid) => grid[i] !== null).length)
    const share = (n: number) => held.filter((h) => h === n).length / held.length
    expect(share(1)).toBe(1)
  })

  it('names the regency of known places outside', () => {
    const regency = (p: LonLat) => city.neighbours.find((n) => inRings([n.points], p))?.regency
    expect(regency([109.73, -6.908])).toBe('Kab. Batang') // alun-alun Batang
    expect(regency([109.6, -6.89])).toBe('Kab. Pekalongan') // Wiradesa
    expect(regency([109.66, -6.97])).toBe('Kab. Pekalongan') // Kedungwuni
    expect(regency([109.69, -6.83])).toBe('Laut Jawa')
    expect(regency([109.662, -6.89154])).toBeUndefined()
  })

  it('draws streets that node into one network, with the railway crossed on the level', () => {
    const lines = city.streets.map(({ name, class: roadClass, points }, source_row) => ({
      coordinates: [...points],
      class: roadClass,
      name,
      oneway: 0 as const,
      speed_kmh: null,
      source_row,
    }))
    const network = nodeRoads(lines, { rails: city.railway.map((r) => r.points) })
    expect(network.components).toHaveLength(1)
    expect(network.dropped).toEqual([])
    expect(network.components[0].metres).toBeGreaterThan(80_000)
    expect(network.nodes.filter((n) => n.level_crossing).length).toBeGreaterThanOrEqual(6)
    for (const road of city.streets) expect(classSpeedKmh(road.class)).not.toBe(UNKNOWN_CLASS_KMH)
    const lengths = network.edges.map((e) => e.metres)
    expect(Math.min(...lengths)).toBeGreaterThan(20)
  })

  it('has facilities, posts and places on land or quay, near a street', () => {
    const spots = [
      ...city.facilities.map((f) => ({ name: f.name, p: f.point })),
      ...city.places.map((f) => ({ name: f.name, p: f.point })),
      ...city.stations.map((s) => ({ name: s.name, p: s.location })),
    ]
    expect(spots.filter(({ p }) => !inLand(p)).map((s) => s.name)).toEqual([])
    expect(spots.filter(({ p }) => toStreetM(p) > 700).map((s) => `${s.name} ${Math.round(toStreetM(s.p))} m`)).toEqual(
      [],
    )
    expect(city.stations.filter(({ location }) => toStreetM(location) > 500).map((s) => s.code)).toEqual([])
  })
})

describe('agencies, posts, units, types', () => {
  const kinds = new Set(city.agencies.map((a) => a.kind))
  it('have unique names', () => {
    expect(duplicates(city.agencies.map((a) => a.code))).toEqual([])
    expect(duplicates(city.stations.map((s) => s.code))).toEqual([])
    expect(duplicates(city.units.map((u) => u.callsign))).toEqual([])
    expect(duplicates(city.incident_types.map((t) => t.code))).toEqual([])
    expect(duplicates(city.incident_types.map((t) => t.letter))).toEqual([])
    expect(duplicates(city.facilities.map((f) => f.name))).toEqual([])
    expect(duplicates(city.places.map((p) => p.name))).toEqual([])
  })

  it('point at each other', () => {
    const agencies = new Map(city.agencies.map((a) => [a.code, a]))
    for (const station of city.stations) expect(agencies.has(station.agency_code), station.code).toBe(true)
    for (const unit of city.units) {
      const station = city.stations.find((s) => s.code === unit.station_code)
      expect(station?.agency_code, unit.callsign).toBe(unit.agency_code)
      expect(agencies.get(unit.agency_code)?.tracked, unit.callsign).toBe(true)
    }
    for (const agency of city.agencies)
      expect(
        city.units.some((u) => u.agency_code === agency.code),
        agency.code,
      ).toBe(agency.tracked)
  })

  it('keeps no unit at Pos Damkar Selatan, which had no crew in 2023', () => {
    expect(city.units.filter((u) => u.station_code === 'damkar-selatan')).toEqual([])
  })

  it('can meet every need in full with the whole fleet free', () => {
    for (const type of city.incident_types)
      for (const need of type.needs) {
        const label = `${type.code}: ${need.agency_kind} ${need.capability}`
        expect(kinds.has(need.agency_kind), label).toBe(true)
        const agencies = city.agencies.filter((a) => a.kind === need.agency_kind)
        if (!agencies.some((a) => a.tracked)) {
          expect(need.capability, label).toBeNull()
          continue
        }
        const able = city.units.filter(
          (u) =>
            agencies.some((a) => a.code === u.agency_code) &&
            (need.capability === null || u.capabilities.includes(need.capability)),
        )
        expect(able.length, label).toBeGreaterThanOrEqual(need.quantity)
      }
  })

  it('starts with fire, and every type has somebody to send and a one-letter sign', () => {
    expect(city.incident_types[0].code).toBe('kebakaran')
    for (const type of city.incident_types) {
      expect(type.needs.length, type.code).toBeGreaterThan(0)
      expect(type.letter).toMatch(/^[A-Z0-9]$/)
    }
  })
})
