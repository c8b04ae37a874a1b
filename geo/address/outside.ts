import type { LonLat } from '../earth.ts'
import { borderDistanceM, pointOfNeighbour } from './areas.ts'
import { lettersAlike, lettersOf, likeness } from './distance.ts'
import type { GazetteerIndex } from './index.ts'
import type { Kind } from './lexicon.ts'
import type { Match } from './match.ts'
import { fold } from './normalise.ts'
import type { Query, QueryWord } from './query.ts'
import { sayMetres } from './compass.ts'
import { nameTokens } from './tokens.ts'
import { TOWNS } from './towns.ts'
import type { GeocodeResult, NeighbourArea } from './types.ts'

interface OutsideName {
  name: string
  regency: string
  text: string
  sound: string
  letters: number
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

interface Book {
  /** "Kota Pekalongan" without its "kota", and its sound. */
  own: string
  ownSound: string
  names: OutsideName[]
}

const books = new WeakMap<object, Book>()

/** All names known outside: imported neighbours first, their regencies, then the towns. */
function outsideNames(index: GazetteerIndex): Book {
  const known = books.get(index.areas)
  if (known) return known
  const out: OutsideName[] = []
  const own = bareCity(index)
  const add = (name: Omit<OutsideName, 'sound' | 'letters'>) =>
    out.push({ ...name, sound: fold(name.text), letters: lettersOf(fold(name.text)) })
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
      const around = town.kecamatan && index.areas.neighbours.find((area) => area.name === town.kecamatan)
      add({
        name: town.name,
        regency: town.regency,
        text: joined(town.name),
        point: () => (around ? pointOfNeighbour(around) : town.point),
        accuracy_m: around ? 4000 : 8000,
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
  const book = { own, ownSound: fold(own), names: out }
  books.set(index.areas, book)
  return book
}

/** "Kota Pekalongan" without its "kota". */
function bareCity(index: GazetteerIndex): string {
  return nameTokens(index.areas.city_name)
    .filter((each) => each.kind === 'word')
    .map((each) => each.text)
    .join('')
}

/** The likeness asked of a name of five and six letters, where the words could mean something inside, and where not. */
const SHORT_ALIKE = 0.85
const SHORT_FREE = 0.78

function leastAlike(name: string, said: string, taken: boolean): number {
  if (name.length <= 4) return 1
  if (name.length >= 7) return 0.84
  return taken || name[0] !== said[0] ? SHORT_ALIKE : SHORT_FREE
}

function mentions(index: GazetteerIndex, query: Query, best: Match | undefined): OutsideMention[] {
  const out: OutsideMention[] = []
  const { own, ownSound, names } = outsideNames(index)
  const { words } = query
  const isOwn = (word: QueryWord) => likeness(word.text, word.sound, own, ownSound) >= 0.75
  for (let from = 0; from < words.length; from++) {
    const before = words[from - 1]
    if (before?.kind === 'street_mark' || before?.kind === 'toward') continue
    let text = ''
    for (let to = from; to < Math.min(words.length, from + 3); to++) {
      if (!NAMING.has(words[to].kind)) break
      text += words[to].text
      const sound = fold(text)
      const letters = lettersOf(sound)
      // talk alone ("ke kiri") is no misspelt town
      const telling = words.slice(from, to + 1).some((word) => word.kind !== 'filler')
      const taken = best !== undefined && best.score >= 0.4 && best.sims.slice(from, to + 1).some((sim) => sim >= 0.75)
      // misspelt, the city's own name may look like another's
      const city = likeness(text, sound, own, ownSound)
      for (const place of names) {
        if (Math.abs(place.text.length - text.length) > 2 || !lettersAlike(letters, place.letters, 3)) continue
        // "Polres Pekalongan Kota Tirto" says no city of Tirto
        const ofCity = before?.text === 'kota' && city < 0.75 && !(words[from - 2] && isOwn(words[from - 2]))
        const ofRegency = before?.kind === 'regency_mark' || ofCity
        if (place.text === own && !ofRegency) continue
        const sim = likeness(text, sound, place.text, place.sound, SHORT_FREE)
        const explicit = ofRegency || before?.kind === 'kecamatan_mark'
        const least = leastAlike(place.text, text, taken && !explicit)
        if (sim >= (telling ? least : 1) && (sim > city || ofRegency)) out.push({ place, from, to, sim, explicit })
      }
    }
  }
  return out.sort((a, b) => b.sim - a.sim || b.to - b.from - (a.to - a.from))
}

/** "Stasiun Semarang" is a station there, though the city may have a Jl. Semarang: a sort of thing or a number leads the name. */
function isThingThere(
  index: GazetteerIndex,
  { words }: Query,
  { from }: OutsideMention,
  best: Match | undefined,
): boolean {
  const lead = words[from - 1]
  return (
    best !== undefined &&
    index.entries[best.entry].type === 'street' &&
    (lead?.kind === 'class' || lead?.kind === 'number') &&
    !best.used[from - 1]
  )
}

/** Some kelurahan of the city are called like a kecamatan next door ("Tirto", "Buaran Kradenan"): then the city's is meant. */
function isKelurahan({ mentions }: Query, { from, to, sim }: OutsideMention): boolean {
  return mentions.some((own) => own.from <= from && own.to >= to && own.sim >= sim - 0.1)
}

/** How well something inside may fit beside a name outside: a long word that is nothing there is a misspelt town. */
function mostInside({ from, to, sim, place }: OutsideMention, best: Match | undefined): number {
  if (sim >= 0.97) return 1
  if (sim < SHORT_ALIKE) return 0.6
  return place.text.length >= 7 && best?.used.slice(from, to + 1).every((used) => !used) ? 0.95 : 0.8
}

/**
 * The place outside that the question means, or null. A name outside wins when said in so many words, or when the best
 * answer inside does not need the word and the word ends the question or that answer is weak.
 */
export function readOutside(index: GazetteerIndex, query: Query, best: Match | undefined): GeocodeResult | null {
  const inside = best?.score ?? 0
  const found = mentions(index, query, best)
  const kecamatan = query.mentions.some((mention) => mention.kecamatan)
  const meant = found.find((mention) => {
    if (mention.explicit) return query.words[mention.from - 1].kind !== 'kecamatan_mark' || !kecamatan || inside < 0.6
    // a word more like a name outside than like what the best answer inside took it for is not needed there
    if (isKelurahan(query, mention)) return false
    let needed = best !== undefined
    for (let q = mention.from; q <= mention.to; q++) needed &&= (best?.sims[q] ?? 0) >= Math.min(0.97, mention.sim)
    if (mention.sim >= 0.97 && isThingThere(index, query, mention, best)) return true
    if (needed) return inside < 0.4 || (mention.sim === 1 && inside < 0.75 && (best?.named ?? 0) < 0.8)
    if (inside > mostInside(mention, best)) return false
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
    score: meant.sim >= 0.97 ? 0.97 : Math.round(meant.sim ** 2 * 1000) / 1000,
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
