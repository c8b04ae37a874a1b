import type { LonLat } from '../earth.ts'
import { borderDistanceM, pointOfNeighbour } from './areas.ts'
import { likeness } from './distance.ts'
import type { GazetteerIndex } from './index.ts'
import type { Kind } from './lexicon.ts'
import type { Match } from './match.ts'
import { fold } from './normalise.ts'
import type { Query } from './query.ts'
import { sayMetres } from './compass.ts'
import { nameTokens } from './tokens.ts'
import { TOWNS } from './towns.ts'
import type { GeocodeResult, NeighbourArea } from './types.ts'

interface OutsideName {
  name: string
  regency: string
  text: string
  sound: string
  point: () => LonLat
  accuracy_m: number
}

/** Kinds of words that names of towns are made of ("Warung Asem"). */
const NAMING = new Set<Kind>(['word', 'class', 'filler', 'direction'])

interface OutsideMention {
  place: OutsideName
  from: number
  to: number
  sim: number
  /** Said in so many words: "kabupaten X", "kecamatan X". */
  explicit: boolean
}

const joined = (name: string) =>
  nameTokens(name)
    .map((each) => each.text)
    .join('')

/** "Batang" is Kabupaten Batang; names that already say what they are stay, and the sea has no regency. */
export function regencyName(regency: string): string {
  if (/^(kab|kota|dki|laut\b)/i.test(regency)) return regency.replace(/^kab\.?\s+/i, 'Kabupaten ')
  return `Kabupaten ${regency}`
}

/** Kecamatan and regency of a neighbour; what bears one name for both, as the sea does, is said once. */
export function neighbourPlace({ name, regency }: Pick<NeighbourArea, 'name' | 'regency'>): {
  district: string | null
  county: string
} {
  const county = regencyName(regency)
  return { district: name === county ? null : name, county }
}

const books = new WeakMap<object, OutsideName[]>()

/** All names known outside: imported neighbours first, their regencies, then the towns. */
function outsideNames(index: GazetteerIndex): OutsideName[] {
  const known = books.get(index.areas)
  if (known) return known
  const out: OutsideName[] = []
  const own = bareCity(index)
  const add = (name: Omit<OutsideName, 'sound'>) => out.push({ ...name, sound: fold(name.text) })
  for (const area of index.areas.neighbours) {
    add({
      name: area.name,
      regency: regencyName(area.regency),
      text: joined(area.name),
      point: () => pointOfNeighbour(area),
      accuracy_m: 4000,
    })
  }
  for (const town of TOWNS) {
    if (!out.some((each) => each.text === joined(town.name))) {
      add({
        name: town.name,
        regency: town.regency,
        text: joined(town.name),
        point: () => town.point,
        accuracy_m: 8000,
      })
    }
  }
  for (const area of index.areas.neighbours) {
    const text = joined(area.regency)
    if (text === own || !out.some((each) => each.text === text)) {
      add({
        name: regencyName(area.regency),
        regency: regencyName(area.regency),
        text,
        point: () => pointOfNeighbour(area),
        accuracy_m: 15000,
      })
    }
  }
  books.set(index.areas, out)
  return out
}

/** "Kota Pekalongan" without its "kota". */
function bareCity(index: GazetteerIndex): string {
  return nameTokens(index.areas.city_name)
    .filter((each) => each.kind === 'word')
    .map((each) => each.text)
    .join('')
}

/** `short`: the likeness asked of names of five and six letters. */
function mentions(index: GazetteerIndex, query: Query, short: number): OutsideMention[] {
  const out: OutsideMention[] = []
  const own = bareCity(index)
  const names = outsideNames(index)
  const { words } = query
  for (let from = 0; from < words.length; from++) {
    const before = words[from - 1]
    if (before?.kind === 'street_mark' || before?.kind === 'toward') continue
    let text = ''
    for (let to = from; to < Math.min(words.length, from + 3); to++) {
      if (!NAMING.has(words[to].kind)) break
      text += words[to].text
      const sound = fold(text)
      // misspelt, the city's own name may look like another's
      const city = likeness(text, sound, own, fold(own))
      for (const place of names) {
        if (Math.abs(place.text.length - text.length) > 2) continue
        const ofRegency = before?.kind === 'regency_mark' || (before?.text === 'kota' && city < 0.75)
        if (place.text === own && !ofRegency) continue
        const sim = likeness(text, sound, place.text, fold(place.text))
        const least = place.text.length <= 4 ? 1 : place.text.length < 7 ? short : 0.84
        if (sim >= least && (sim > city || ofRegency))
          out.push({ place, from, to, sim, explicit: ofRegency || before?.kind === 'kecamatan_mark' })
      }
    }
  }
  return out.sort((a, b) => b.sim - a.sim || b.to - b.from - (a.to - a.from))
}

/**
 * The place outside that the question means, or null. A name outside wins when said in so many words, or when the best
 * answer inside does not need the word and the word ends the question or that answer is weak.
 */
export function readOutside(index: GazetteerIndex, query: Query, best: Match | undefined): GeocodeResult | null {
  const inside = best?.score ?? 0
  // with nothing inside that fits, a worse spelling will do
  const found = mentions(index, query, inside < 0.4 ? 0.78 : 0.85)
  const kecamatan = query.mentions.some((mention) => mention.kecamatan)
  const meant = found.find((mention) => {
    if (mention.explicit) return query.words[mention.from - 1].kind !== 'kecamatan_mark' || !kecamatan || inside < 0.6
    let needed = best !== undefined
    // a word that is exactly a name outside and only like one inside is not needed inside
    const like = (q: number) => mention.sim < 1 || [...query.words[q].similar.values()].some((sim) => sim >= 0.97)
    for (let q = mention.from; q <= mention.to; q++) needed &&= best?.used[q] === true && like(q)
    if (needed) return inside < 0.4 || (mention.sim === 1 && inside < 0.7)
    if (mention.sim < 0.97 && inside > 0.8) return false
    const ends = query.words
      .slice(mention.to + 1)
      .every(
        (word, k) =>
          word.weight < 0.3 ||
          found.some((other) => other.from <= mention.to + 1 + k && other.to >= mention.to + 1 + k),
      )
    return ends || inside < 0.6
  })
  if (!meant) return null
  // "Bojong kabupaten Pekalongan", "Comal Pemalang": the narrower name gives the point, the regency must agree
  const narrower = found.find(
    (other) => other.to < meant.from && other.sim > 0.9 && other.place.regency === meant.place.regency,
  )
  const place = narrower?.place ?? meant.place
  return outsideResult(index, place.point(), {
    name: place.name,
    district: place.name === place.regency ? null : place.name,
    county: place.regency,
    accuracy_m: place.accuracy_m,
    score: Math.min(0.97, meant.sim),
    why: [`“${place.name}” di luar ${index.areas.city_name}`],
  })
}

/** An answer outside the city, with its distance to the border. */
export function outsideResult(
  index: GazetteerIndex,
  point: LonLat,
  of: {
    name: string
    district: string | null
    county: string | null
    accuracy_m: number
    score: number
    why: string[]
  },
): GeocodeResult {
  const border = borderDistanceM(index.areas, point)
  const where = [of.district, of.county].filter(Boolean).join(', ') || of.name
  return {
    id: null,
    type: 'outside',
    name: of.name,
    street: null,
    district: of.district,
    county: of.county,
    kelurahan_code: null,
    label: outsideLabel(index, where, border),
    inside_city: false,
    point,
    accuracy_m: of.accuracy_m,
    score: of.score,
    why: of.why,
    ...(Number.isFinite(border) ? { border_distance_m: Math.round(border) } : {}),
  }
}

/**
 * "Warung Asem, Kabupaten Batang (di luar Kota Pekalongan, 2,1 km dari batas)", with a direction "2,1 km di selatan batas"; no
 * distance where the border is unknown.
 */
export function outsideLabel(
  index: GazetteerIndex,
  where: string,
  border_m: number,
  direction?: string | null,
): string {
  const far = Number.isFinite(border_m)
    ? `, ${sayMetres(border_m)} ${direction ? `di ${direction}` : 'dari'} batas`
    : ''
  return `${where} (di luar ${index.areas.city_name}${far})`
}
