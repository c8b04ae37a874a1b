import type { Position } from 'geojson'
import { toLocalM, type LonLat } from '../earth.ts'
import { buildAreas, kelurahanAt, linesTouch, type AreaIndex } from './areas.ts'
import { areaEntries, areaNamesOf, arealWords, isArea, type AreaName } from './area_entries.ts'
import { mergeStreets } from './merge.ts'
import { fold } from './normalise.ts'
import { boxOf, nearestOnLines, type Box } from './shapes.ts'
import { nameTokens } from './tokens.ts'
import type { CityAreas, GazetteerEntry } from './types.ts'
import { addWord, emptyVocabulary, sealVocabulary, type Vocabulary } from './vocabulary.ts'
import type { Kind } from './lexicon.ts'

export interface NameWord {
  id: number
  text: string
  kind: Kind
  weight: number
  /** Part of the name of some kelurahan: callers there leave it out. */
  areal: boolean
}

/** One name of one entry: its words, and each pair of neighbours written as one word (-1 where that makes no sense). */
export interface IndexedName {
  entry: number
  words: NameWord[]
  pairs: number[]
  total: number
  /** As it is written, when it is not the entry's own name. */
  alias?: string
}

/** What some streets' parts in a kelurahan are asked for again and again. */
export interface StreetArea {
  kelurahan: number
  /** False: not in it, but within 150 m of it. */
  inside: boolean
}

/** The searchable gazetteer. Immutable to callers; what is dear is worked out at the first question and kept. */
export interface GazetteerIndex {
  areas: AreaIndex
  entries: readonly GazetteerEntry[]
  names: IndexedName[]
  vocabulary: Vocabulary
  /** Word id to ordinals of names, ascending. */
  postings: Int32Array[]
  pairPostings: Int32Array[]
  /** The first names, this many, are those of streets. */
  streetNames: number
  /** Per name: its entry, its whole weight, and that entry's kelurahan (of a street, of its middle point). */
  entryOf: Int32Array
  totals: Float32Array
  areaOfName: Int32Array
  /** Per word id, its weight as a word of a question. */
  weights: Float32Array
  /** Kelurahan ordinal per entry, -1 unknown or more than one. */
  areaOf: Int32Array
  /** Area names as one word each, with its sound, and the ordinals of kelurahan they stand for. */
  areaNames: AreaName[]
  /** By ordinal of the entry. */
  streetBoxes: ReadonlyMap<number, Box>
  /** Scratch of {@link match}: gain per name, and which names have some. */
  scratch: Float32Array
  touched: Int32Array
  cache: {
    streetAreas: Map<number, StreetArea[]>
    addresses: Map<number, Set<string>>
    crossings: Map<string, unknown>
    /** Parts of streets in kelurahan, and middles of areas with a radius. */
    parts: Map<number, Position[][]>
    middles: Map<number, { point: LonLat; accuracy_m: number }>
    spatial: unknown
  }
}

const PAIRABLE = new Set<Kind>(['word', 'title', 'weak', 'filler', 'direction'])

/** How much a word counts, before its rarity. */
export function kindWeight(kind: Kind): number {
  if (kind === 'class') return 0.4
  if (kind === 'title' || kind === 'weak') return 0.15
  return kind === 'number' ? 0.8 : 1
}

/**
 * The index over the gazetteer's entries and the city's areas (kelurahan and kecamatan are taken from `areas`; entries of
 * these types give them ids and aliases). About 20 us an entry; pieces of one street are joined first.
 */
export function buildGazetteer(entries: readonly GazetteerEntry[], areas: CityAreas): GazetteerIndex {
  const steps = gazetteerSteps(entries, areas)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Entries taken in between two pauses. */
const A_STEP = 400

/** {@link buildGazetteer} in steps of some milliseconds, for whoever has other work to do meanwhile. */
export function* gazetteerSteps(
  entries: readonly GazetteerEntry[],
  areas: CityAreas,
): Generator<undefined, GazetteerIndex> {
  const area = buildAreas(areas)
  const merged = yield* mergeStreets(entries)
  yield
  const all = [
    ...merged.filter((entry) => entry.type === 'street'),
    ...areaEntries(entries, areas),
    ...merged.filter((entry) => entry.type !== 'street' && !isArea(entry)),
  ]
  const vocabulary = emptyVocabulary()
  const postings: number[][] = []
  const pairPostings: number[][] = []
  const names: IndexedName[] = []
  let streetNames = 0
  const areal = arealWords(areas)
  const idOf = (text: string, sound: () => string) => {
    const id = addWord(vocabulary, text, sound)
    postings[id] ??= []
    pairPostings[id] ??= []
    return id
  }
  for (const [ordinal, entry] of all.entries()) {
    if (ordinal % A_STEP === A_STEP - 1) yield
    const aliases = (entry.aliases ?? []).map((alias) => ({ name: alias, alias }))
    for (const { name, alias } of [...waysOf(entry.name).map((name) => ({ name, alias: undefined })), ...aliases]) {
      const tokens = nameTokens(name)
      if (tokens.length === 0) continue
      const words = tokens.map(({ text, sound, kind }) => ({
        id: idOf(text, () => sound),
        text,
        kind,
        weight: 0,
        areal: areal.has(text),
      }))
      const pairs = tokens.slice(1).map((right, i) => {
        const left = tokens[i]
        if (!PAIRABLE.has(left.kind) || !PAIRABLE.has(right.kind) || left.text.length + right.text.length < 4) return -1
        const both = left.text + right.text
        return idOf(both, () => fold(both))
      })
      const at = names.push({ entry: ordinal, words, pairs, total: 0, alias }) - 1
      // a word twice in a name is listed once
      for (const { id } of words) if (postings[id].at(-1) !== at) postings[id].push(at)
      for (const id of pairs) if (id >= 0 && pairPostings[id].at(-1) !== at) pairPostings[id].push(at)
      if (entry.type === 'street') streetNames = names.length
    }
  }
  yield
  const weights = weigh(names, postings, vocabulary, areas)
  yield
  yield* sealVocabulary(vocabulary)
  const areaOf = kelurahanOf(all, area)
  yield
  const homes = homesOf(all, area, areaOf)
  yield
  const streetBoxes = boxesOf(all)
  yield
  return {
    areas: area,
    entries: all,
    names,
    vocabulary,
    postings: postings.map((list) => Int32Array.from(list)),
    pairPostings: pairPostings.map((list) => Int32Array.from(list)),
    streetNames,
    entryOf: Int32Array.from(names, (name) => name.entry),
    totals: Float32Array.from(names, (name) => name.total),
    areaOfName: Int32Array.from(names, (name) => homes[name.entry]),
    weights,
    areaOf,
    areaNames: areaNamesOf(areas),
    streetBoxes,
    scratch: new Float32Array(names.length),
    touched: new Int32Array(names.length),
    cache: {
      streetAreas: new Map(),
      addresses: new Map(),
      crossings: new Map(),
      parts: new Map(),
      middles: new Map(),
      spatial: null,
    },
  }
}

/** {@link kelurahanOf}, and of a street the one its middle point lies in. */
function homesOf(entries: readonly GazetteerEntry[], areas: AreaIndex, areaOf: Int32Array): Int32Array {
  const ordinal = new Map(areas.kelurahan.map((each, i) => [each, i]))
  return areaOf.map((known, i) => {
    const { geometry } = entries[i]
    if (known >= 0 || geometry.type !== 'MultiLineString') return known
    const line = geometry.coordinates[geometry.coordinates.length >> 1]
    const home = kelurahanAt(areas, line[line.length >> 1])
    return home ? (ordinal.get(home) ?? -1) : -1
  })
}

function boxesOf(entries: readonly GazetteerEntry[]): Map<number, Box> {
  const boxes = new Map<number, Box>()
  entries.forEach(({ geometry }, i) => {
    if (geometry.type === 'MultiLineString') boxes.set(i, boxOf(geometry.coordinates.flat()))
  })
  return boxes
}

/** Kelurahan ordinal per entry, -1 unknown or more than one. */
function kelurahanOf(entries: readonly GazetteerEntry[], areas: AreaIndex): Int32Array {
  const ordinalOf = new Map(areas.kelurahan.map((each, i) => [each.code, i]))
  return Int32Array.from(entries, ({ kelurahan_code, geometry }) => {
    const code =
      kelurahan_code ?? (geometry.type === 'Point' ? kelurahanAt(areas, geometry.coordinates)?.code : undefined)
    return (code === undefined ? undefined : ordinalOf.get(code)) ?? -1
  })
}

/** A name, and where it has a remark in brackets, also the name without and the remark alone. */
function waysOf(name: string): string[] {
  const remark = /^([^()]{3,})\(([^()]{3,})\)\s*$/.exec(name)
  return remark ? [name, remark[1], ...(/^(rs|[a-z]{2,5}d?n?) /i.test(remark[2]) ? [remark[2]] : [])] : [name]
}

/** Rare words tell more; the city's own name tells nothing. */
function weigh(names: IndexedName[], postings: number[][], vocabulary: Vocabulary, areas: CityAreas): Float32Array {
  const weights = new Float32Array(vocabulary.words.length).fill(0.6)
  const city = new Set(nameTokens(areas.city_name).map((each) => each.text))
  const spread = Math.log(names.length + 2)
  for (const name of names) {
    for (const word of name.words) {
      let weight = kindWeight(word.kind)
      if (city.has(word.text)) weight = 0.08
      else if (word.kind === 'word') weight = Math.max(0.5, 1 - (0.6 * Math.log(postings[word.id].length)) / spread)
      word.weight = weight
      name.total += weight
      weights[word.id] = weight
    }
  }
  for (const text of city) weights[vocabulary.ids.get(text) ?? 0] = vocabulary.ids.has(text) ? 0.08 : weights[0]
  return weights
}

/** The kelurahan a street runs through, or comes within 150 m of. */
export function streetAreas(index: GazetteerIndex, ordinal: number): StreetArea[] {
  const known = index.cache.streetAreas.get(ordinal)
  if (known) return known
  const geometry = index.entries[ordinal].geometry
  const out: StreetArea[] = []
  if (geometry.type === 'MultiLineString') {
    const lines = geometry.coordinates
    index.areas.kelurahan.forEach((each, i) => {
      const box = index.areas.boxes[i]
      const near = (p: Position) =>
        p[0] > box[0] - 0.0014 && p[0] < box[2] + 0.0014 && p[1] > box[1] - 0.0014 && p[1] < box[3] + 0.0014
      if (linesTouch(lines, each.geometry, box)) out.push({ kelurahan: i, inside: true })
      else if (
        lines.some((line) =>
          line.some((p) => near(p) && (nearestOnLines(p, each.geometry.coordinates.flat())?.distance_m ?? 999) < 150),
        )
      ) {
        out.push({ kelurahan: i, inside: false })
      }
    })
  }
  index.cache.streetAreas.set(ordinal, out)
  return out
}

/** Flat metres around the city's centre. */
export function toCityM(index: GazetteerIndex, p: Position): [number, number] {
  return toLocalM(p, index.areas.centre)
}
