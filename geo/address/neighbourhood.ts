import type { MultiLineString, Position } from 'geojson'
import { distanceM, type LonLat } from '../earth.ts'
import type { AreaIndex } from './areas.ts'
import { sayNeighbourhood, twoDigits, type SaidNumbers } from './house_number.ts'
import type { GazetteerIndex } from './index.ts'
import {
  boxOf,
  clipLines,
  inPolygon,
  lengthM,
  middleOf,
  multiLine,
  nearestOnLines,
  pointInside,
  reachM,
} from './shapes.ts'
import type { GeocodeResult, KelurahanArea, NeighbourhoodArea } from './types.ts'

/** One RW: its own row if the layer has one, and its RT by number. */
interface Rw {
  whole: NeighbourhoodArea | null
  rts: Map<number, NeighbourhoodArea>
}
type Book = Map<string, Map<number, Rw>>

/** How far the houses of an RT, or RW, reach from its post where no area is drawn (planning values). */
const RT_REACH_M = 100
const RW_REACH_M = 300
/** A street this near to a neighbourhood passes it. */
const BESIDE_M = 150
/** Less of a street than this in a neighbourhood is how it was drawn. */
const LEAST_PART_M = 10

const books = new WeakMap<AreaIndex, Book>()

function bookOf({ areas }: GazetteerIndex): Book {
  const known = books.get(areas)
  if (known) return known
  const book: Book = new Map()
  for (const each of areas.neighbourhoods ?? []) {
    let rws = book.get(each.kelurahan_code)
    if (!rws) book.set(each.kelurahan_code, (rws = new Map()))
    let rw = rws.get(each.rw)
    if (!rw) rws.set(each.rw, (rw = { whole: null, rts: new Map() }))
    if (each.rt === null) rw.whole = each
    else rw.rts.set(each.rt, each)
  }
  books.set(areas, book)
  return book
}

interface Shape {
  point: LonLat
  area: (NeighbourhoodArea['geometry'] & { type: 'MultiPolygon' }) | null
  accuracy_m: number
}

/** The ground of some neighbourhoods together: what is drawn of them, or the middle of their posts. */
function shapeOf(units: readonly NeighbourhoodArea[], reach_m: number): Shape {
  const drawn = units.flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : []))
  if (drawn.length > 0) {
    const area = { type: 'MultiPolygon' as const, coordinates: drawn }
    // in the part nearest to the middle of all: parts that touch are no wider together than one by one
    const spots = drawn.map((rings) => pointInside({ type: 'MultiPolygon', coordinates: [rings] }))
    const mean = [0, 1].map((k) => spots.reduce((sum, p) => sum + p[k], 0) / spots.length)
    const [point] = spots.sort((p, q) => distanceM(p, mean) - distanceM(q, mean))
    return { point, area, accuracy_m: Math.max(15, Math.round(reachM(point, drawn.flat()))) }
  }
  const posts = units.map(({ geometry }) => geometry.coordinates as Position)
  const mean = [0, 1].map((k) => posts.reduce((sum, p) => sum + p[k], 0) / posts.length)
  // on a post, not between two of them where nobody lives
  const point = nearestOnLines(
    mean,
    posts.map((p) => [p]),
  )?.point ?? [mean[0], mean[1]]
  return { point, area: null, accuracy_m: Math.round(reachM(point, [posts]) + reach_m) }
}

const unitsOf = ({ whole, rts }: Rw): NeighbourhoodArea[] => (whole ? [whole] : [...rts.values()])

interface Found {
  kelurahan: KelurahanArea
  rw: number
  /** null: the whole RW, the RT not being known in it. */
  rt: number | null
  units: NeighbourhoodArea[]
}

/** Neighbourhoods of one kelurahan that bear the numbers said: the RT, else its RW. An RT said alone may be in several RW. */
function lookUp(index: GazetteerIndex, kelurahan: KelurahanArea, { rt, rw }: SaidNumbers): Found[] {
  const rws = bookOf(index).get(kelurahan.code)
  const found: Found[] = []
  for (const [number, own] of rws ?? []) {
    if (rw !== null && number !== Number(rw)) continue
    const unit = rt === null ? undefined : own.rts.get(Number(rt))
    if (unit) found.push({ kelurahan, rw: number, rt: Number(rt), units: [unit] })
    else if (rw !== null) found.push({ kelurahan, rw: number, rt: null, units: unitsOf(own) })
  }
  return found
}

const nameOf = ({ rt, rw }: Pick<Found, 'rt' | 'rw'>) =>
  sayNeighbourhood({ rt: rt === null ? null : String(rt), rw: String(rw) })

/**
 * An answer narrowed to the RT and RW that were said. A kelurahan becomes the RT, or the RW where the RT is not known in it; a
 * street its part there, one answer for each kelurahan where it has such a part. Where no layer knows them the answer stays,
 * and `why` (and `unmapped`) says so; the numbers themselves are carried by withNumbers of house_number.ts.
 */
export function inNeighbourhood(index: GazetteerIndex, result: GeocodeResult, said: SaidNumbers): GeocodeResult[] {
  if (said.rt === null && said.rw === null) return [result]
  if (result.type === 'kelurahan') return [kelurahanPart(index, result, said)]
  if (result.type === 'street' && result.area?.type === 'MultiLineString')
    return streetParts(index, result, result.area, said)
  const spoken = sayNeighbourhood(said)
  if (result.type === 'kecamatan') return [{ ...result, ask: `${spoken} di kelurahan apa?` }]
  const kelurahan = index.areas.kelurahan.find(({ code }) => code === result.kelurahan_code)
  const around = kelurahan && lookUp(index, kelurahan, said).find(({ units }) => holds(units, result.point))
  return [around ? { ...result, why: [...result.why, `di ${nameOf(around)}`] } : result]
}

const holds = (units: readonly NeighbourhoodArea[], p: LonLat): boolean =>
  units.some(({ geometry }) => geometry.type === 'MultiPolygon' && inPolygon(p, geometry))

/** The RT, else the RW, of a kelurahan whose area holds p; null where none is drawn there. */
export function neighbourhoodAt(
  index: GazetteerIndex,
  kelurahan_code: string,
  p: LonLat,
): { rt: string | null; rw: string } | null {
  for (const [number, { whole, rts }] of bookOf(index).get(kelurahan_code) ?? []) {
    const rt = [...rts.values()].find((each) => holds([each], p))
    if (rt || (whole && holds([whole], p))) return { rt: rt ? String(rt.rt) : null, rw: String(number) }
  }
  return null
}

function kelurahanPart(index: GazetteerIndex, result: GeocodeResult, said: SaidNumbers): GeocodeResult {
  const kelurahan = index.areas.kelurahan.find(({ code }) => code === result.kelurahan_code)
  const spoken = sayNeighbourhood(said)
  const rws = kelurahan && bookOf(index).get(kelurahan.code)
  const whole = `seluruh Kel. ${result.name}`
  if (!kelurahan || !rws) {
    const unmapped = `${spoken} tidak ada di peta`
    return { ...result, unmapped, why: [...result.why, `${unmapped}: ${whole}`] }
  }
  const found = lookUp(index, kelurahan, said)
  if (found.length === 1) return narrowed(result, found[0], said)
  if (found.length > 1) {
    const among = found.map(({ rw }) => twoDigits(String(rw)))
    const why = `${spoken} ada di RW ${among.join(', ')}: ${whole}`
    return { ...result, why: [...result.why, why], ask: `${spoken} di RW berapa: ${among.join(', ')}?` }
  }
  const lacking = said.rw === null ? spoken : `RW ${twoDigits(said.rw)}`
  const unmapped = `${lacking} tidak ada di Kel. ${result.name} pada peta`
  return {
    ...result,
    unmapped,
    why: [...result.why, `${unmapped}: ${whole}`],
    ask: `${lacking} tidak ada di Kel. ${result.name}: benarkah nomor dan kelurahannya?`,
  }
}

function narrowed(result: GeocodeResult, found: Found, said: SaidNumbers): GeocodeResult {
  const { kelurahan } = found
  const shape = shapeOf(found.units, found.rt === null ? RW_REACH_M : RT_REACH_M)
  const name = nameOf(found)
  const lacking =
    found.rt === null && said.rt !== null ? `RT ${twoDigits(said.rt)} tidak ada di ${name} pada peta` : null
  const { area: _whole, ...rest } = result
  return {
    ...rest,
    id: null,
    type: 'neighbourhood',
    name,
    label: [name, `Kel. ${kelurahan.name}`, `Kec. ${kelurahan.kecamatan}`].join(', '),
    point: shape.point,
    ...(shape.area ? { area: shape.area } : {}),
    accuracy_m: shape.accuracy_m,
    why: [
      ...result.why,
      lacking ? `${lacking}: seluruh ${name}` : name,
      ...(shape.area ? [] : ['batasnya tidak ada di peta, hanya titiknya']),
    ],
    ...(lacking ? { unmapped: lacking } : {}),
    ...(found.rt === null
      ? { ask: lacking ? `${lacking}: RT berapa?` : `${name} Kel. ${kelurahan.name}: RT berapa, atau jalan apa?` }
      : {}),
  }
}

/** A street's lines within a neighbourhood, and where its point lies there; null where the street does not come near. */
function partIn(
  lines: readonly Position[][],
  found: Found,
): { lines: Position[][]; point: LonLat; beside: boolean } | null {
  const { area, point: middle } = shapeOf(found.units, 0)
  if (area) {
    const rings = area.coordinates.flat()
    const box = boxOf(rings.flat())
    const margin = 0.002
    const inReach = ([x, y]: Position) =>
      x > box[0] - margin && x < box[2] + margin && y > box[1] - margin && y < box[3] + margin
    if (!lines.some((line) => meetsBox(line, box, margin))) return null
    const part = clipLines(lines, area)
    if (lengthM(part) >= LEAST_PART_M) return { lines: part, point: middleOf(part), beside: false }
    const away = Math.min(
      ...lines.flat().map((p) => (inReach(p) ? (nearestOnLines(p, rings)?.distance_m ?? Infinity) : Infinity)),
      ...rings.flat().map((p) => nearestOnLines(p, lines)?.distance_m ?? Infinity),
    )
    if (away > BESIDE_M) return null
  }
  const nearest = nearestOnLines(middle, lines)
  if (!nearest || (!area && nearest.distance_m > BESIDE_M + RT_REACH_M)) return null
  return { lines: [], point: nearest.point, beside: true }
}

function meetsBox(line: readonly Position[], box: readonly number[], margin: number): boolean {
  const own = boxOf(line)
  return own[0] < box[2] + margin && own[2] > box[0] - margin && own[1] < box[3] + margin && own[3] > box[1] - margin
}

function streetParts(
  index: GazetteerIndex,
  result: GeocodeResult,
  { coordinates }: MultiLineString,
  said: SaidNumbers,
): GeocodeResult[] {
  const spoken = sayNeighbourhood(said)
  const candidates = index.areas.kelurahan.flatMap((kelurahan) => lookUp(index, kelurahan, said))
  const parts = candidates.flatMap((found) => {
    const exact = partIn(coordinates, found)
    if (exact && (!exact.beside || found.rt === null)) return [{ found, ...exact }]
    // the RT lies off the street: its RW is what the street and the number have in common
    const rw = bookOf(index).get(found.kelurahan.code)?.get(found.rw)
    const wide = found.rt === null || !rw ? null : partIn(coordinates, { ...found, units: unitsOf(rw) })
    if (wide && !wide.beside) return [{ found: { ...found, rt: null }, ...wide }]
    return exact ? [{ found, ...exact }] : []
  })
  const through = parts.some(({ beside }) => !beside) ? parts.filter(({ beside }) => !beside) : parts
  if (through.length === 0) {
    const unmapped = candidates.length > 0 ? `${spoken} tidak dilalui jalan ini` : `${spoken} tidak ada di peta`
    return [{ ...result, unmapped, why: [...result.why, `${unmapped}: seluruh jalan`] }]
  }
  return through.map(({ found, lines, point, beside }) => {
    const { kelurahan } = found
    const name = nameOf(found)
    const lacking = found.rt === null && said.rt !== null ? `RT ${twoDigits(said.rt)} tidak di jalan ini` : null
    const { area: _whole, ...rest } = result
    return {
      ...rest,
      district: kelurahan.name,
      kelurahan_code: kelurahan.code,
      label: [result.name, name, `Kel. ${kelurahan.name}`, `Kec. ${kelurahan.kecamatan}`].join(', '),
      point,
      ...(beside ? {} : { area: multiLine(lines) }),
      accuracy_m: beside ? BESIDE_M + RT_REACH_M : Math.max(30, Math.round(reachM(point, lines))),
      score: Math.round((result.score / through.length) * 1000) / 1000,
      why: [
        ...result.why,
        ...(lacking ? [lacking] : []),
        `${beside ? 'titik jalan di tepi' : 'bagian di'} ${name} Kel. ${kelurahan.name}`,
      ],
    }
  })
}
