import { buildAreas, kelurahanAt, neighbourAt } from '../../geo/address/areas.ts'
import type { CityAreas, GazetteerEntry } from '../../geo/address/types.ts'
import { BUILT_IN_CITY } from '../../geo/city/index.ts'
import { fromLocalM, type LonLat } from '../../geo/earth.ts'
import type { Router } from '../../geo/roads/router.ts'
import type { Random } from './random.ts'
import type { Where } from './rhythm.ts'

export interface Spot {
  point: LonLat
  accuracy_m: number
  kelurahan_code: string
  /** A name that a caller might say for it. */
  named: string | null
}

/** Where things happen in the city as it is loaded now. */
export interface Places {
  inside(random: Random, where: Where): Spot
  /** Just outside the border; null when no neighbour is known. */
  outside(random: Random): { point: LonLat; accuracy_m: number; regency: string } | null
  /** Whether the tide comes into the streets of this kelurahan. */
  tidal(kelurahan_code: string | null): boolean
}

interface RoadSpot {
  point: LonLat
  /** Weight by what runs there: arterial roads and the black spot of Jl. Jend. Sudirman - Jl. Dr. Sutomo most. */
  traffic: number
}
interface Area {
  code: string
  name: string
  people: number
  roads: RoadSpot[]
  named: { name: string; point: LonLat }[]
}

const SAMPLE_M = 60
/** Places further from any known road are left out: a schematic map would have the units stop in the fields. */
const NEAR_ROAD_M = 300
const key = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
const weights = (text: string): Map<string, number> =>
  new Map(text.split(', ').map((part) => [key(part), Number(/(?<![\d.])[\d.]+$/.exec(part)?.[0])]))

// Worst hit first; the south stays dry.
const ROB = weights(
  'Pasirkratonkramat 5, Degayu 6, Panjang Wetan 5, Tirto 3, Bandengan 4, Krapyak 1.5, Kandang Panjang 2, Panjang Baru 2, Padukuhan Kraton 1.5',
)
const RAIN = weights(
  'Pasirkratonkramat 4, Tirto 4, Degayu 3, Padukuhan Kraton 2, Bandengan 2, Krapyak 1, Kandang Panjang 1, Klego 1, Pringrejo 1, Medono 0.7, Panjang Wetan 2',
)
const RURAL = weights(
  'Sokoduwet 4, Kuripan Kertoharjo 3, Gamer 4, Kali Baros 3, Degayu 3, Bandengan 3, Banyurip 2, Pringrejo 2, Buaran Kradenan 1.5, Jenggot 1.5',
)
const COAST = weights('Bandengan 2, Kandang Panjang 2, Panjang Baru 2, Panjang Wetan 4, Krapyak 2, Degayu 1.5')
const CENTRE = weights(
  'Kauman 4, Bendan Kergon 2.5, Podosugih 2, Sapuro Kebulen 2, Noyontaansari 2, Poncol 2, Kuripan Yosorejo 1.2, Panjang Wetan 1.5',
)
/** Weight of a kelurahan that a table does not name. */
const REST: Record<Exclude<Where, 'people' | 'road'>, [Map<string, number>, number]> = {
  rob: [ROB, 0],
  rain: [RAIN, 0.15],
  rural: [RURAL, 0.5],
  coast: [COAST, 0],
  centre: [CENTRE, 0.4],
}

/** Reads the city's roads and names once; ask again after an import. */
export function createPlaces(router: Router, cityAreas: CityAreas, entries: readonly GazetteerEntry[]): Places {
  const areas = buildAreas(cityAreas)
  const people = new Map<string, number>(BUILT_IN_CITY.kelurahan.map((k) => [k.code, k.population]))
  const all = new Map<string, Area>(
    cityAreas.kelurahan.map((k) => [
      k.code,
      { code: k.code, name: key(k.name), people: people.get(k.code) ?? 8_000, roads: [], named: [] },
    ]),
  )
  for (const spot of roadSpots(router)) {
    const code = kelurahanAt(areas, spot.point)?.code
    if (code !== undefined) all.get(code)?.roads.push(spot)
  }
  for (const entry of entries) {
    if (entry.geometry.type !== 'Point' || entry.kelurahan_code === null) continue
    const [lon, lat] = entry.geometry.coordinates
    const off_road_m = router.snap([lon, lat])?.distance_m ?? Infinity
    if (off_road_m <= NEAR_ROAD_M) all.get(entry.kelurahan_code)?.named.push({ name: entry.name, point: [lon, lat] })
  }
  const lived = [...all.values()].filter((area) => area.roads.length > 0)
  if (lived.length === 0) throw new Error('demo: no road lies in any kelurahan')

  const weightOf = (area: Area, where: Where): number => {
    if (where === 'people') return area.people
    if (where === 'road') return area.roads.reduce((sum, spot) => sum + spot.traffic, 0)
    const [table, rest] = REST[where]
    return (table.get(area.name) ?? rest) * Math.sqrt(area.people)
  }

  /** Some metres aside, but still in the same kelurahan. */
  function aside(random: Random, point: LonLat, code: string, reach_m: number): LonLat {
    for (let attempt = 0; attempt < 8; attempt++) {
      const [angle, d] = [random.between(0, 2 * Math.PI), random.between(0.2, 1) * reach_m]
      const moved = fromLocalM([d * Math.cos(angle), d * Math.sin(angle)], point)
      if (kelurahanAt(areas, moved)?.code === code) return moved
    }
    return point
  }

  return {
    inside(random, where) {
      const area = random.weighted(lived, (a) => weightOf(a, where)) ?? random.pick(lived)
      const accuracy_m = Math.round(random.around(30, 0.6))
      if (where !== 'road' && area.named.length > 0 && random.chance(0.4)) {
        const place = random.pick(area.named)
        return {
          point: aside(random, place.point, area.code, 60),
          accuracy_m,
          kelurahan_code: area.code,
          named: place.name,
        }
      }
      const road =
        random.weighted(area.roads, (spot) => (where === 'road' ? spot.traffic : 1)) ?? random.pick(area.roads)
      return {
        point: aside(random, road.point, area.code, where === 'road' ? 8 : 45),
        accuracy_m,
        kelurahan_code: area.code,
        named: null,
      }
    },
    outside(random) {
      for (let attempt = 0; attempt < 300; attempt++) {
        const [angle, d] = [random.between(0, 2 * Math.PI), random.between(300, 1_500)]
        const point = fromLocalM(
          [d * Math.cos(angle), d * Math.sin(angle)],
          random.pick(random.pick(lived).roads).point,
        )
        const neighbour = kelurahanAt(areas, point) ? null : neighbourAt(areas, point)
        if (neighbour && /pekalongan|batang/i.test(neighbour.regency))
          return { point, accuracy_m: 150, regency: neighbour.regency }
      }
      return null
    },
    tidal: (code) => ROB.has(all.get(code ?? '')?.name ?? ''),
  }
}

function roadSpots({ graph }: Router): RoadSpot[] {
  const spots: RoadSpot[] = []
  for (let link = 0; link < graph.link_count; link++) {
    const edge = graph.edges[graph.link_edge[link]]
    if (edge.component !== 0) continue
    const [a, b] = [graph.link_from[link], graph.link_to[link]]
    const n = Math.max(1, Math.round(graph.link_metres[link] / SAMPLE_M))
    const share = graph.link_metres[link] / n / SAMPLE_M
    const traffic =
      share *
      (/sudirman|sutomo/i.test(edge.name ?? '')
        ? 9
        : /arteri|trunk|primary/i.test(edge.class)
          ? 4
          : /kolektor|secondary|tertiary/i.test(edge.class)
            ? 1.5
            : 0.6)
    for (let i = 0; i < n; i++) {
      const f = (i + 0.5) / n
      spots.push({
        point: [graph.lon[a] + f * (graph.lon[b] - graph.lon[a]), graph.lat[a] + f * (graph.lat[b] - graph.lat[a])],
        traffic,
      })
    }
  }
  return spots
}
