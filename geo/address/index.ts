import type { MultiPolygon, Position } from 'geojson'
import { toLocalM } from '../earth.ts'
import { buildAreas, kelurahanAt, linesTouch, type AreaIndex } from './areas.ts'
import { FORMER_NAMES } from './former_names.ts'
import { mergeStreets } from './merge.ts'
import { fold } from './normalise.ts'
import { nearestOnLines } from './shapes.ts'
import { nameTokens } from './tokens.ts'
import type { CityAreas, GazetteerEntry } from './types.ts'
import { addWord, emptyVocabulary, type Vocabulary } from './vocabulary.ts'
import type { Kind } from './lexicon.ts'

export interface NameWord {
  id: number
  text: string
  kind: Kind
  weight: number
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
  /** Word id to ordinals of names. */
  postings: number[][]
  pairPostings: number[][]
  /** Per word id, its weight as a word of a question. */
  weights: Float32Array
  /** Kelurahan ordinal per entry, -1 unknown or more than one. */
  areaOf: Int32Array
  /** Area names as one word each, with its sound, and the ordinals of kelurahan they stand for. */
  areaNames: AreaName[]
  scratch: Float32Array
  cache: {
    streetAreas: Map<number, StreetArea[]>
    addresses: Map<number, Set<string>>
    crossings: Map<string, unknown>
    spatial: unknown
  }
}

export interface AreaName {
  text: string
  sound: string
  kelurahan: number[]
  kecamatan: boolean
  former: boolean
}

const PAIRABLE = new Set<Kind>(['word', 'title', 'weak', 'filler', 'direction'])

/** How much a word counts, before its rarity. */
export function kindWeight(kind: Kind): number {
  if (kind === 'class') return 0.4
  if (kind === 'title' || kind === 'weak') return 0.15
  return kind === 'number' ? 0.8 : 1
}

/**
 * The index over the gazetteer's entries and the city's areas (kelurahan and kecamatan are taken from `areas`, so entries
 * of these types are optional). About 0.1 ms an entry; pieces of one street are joined first.
 */
export function buildGazetteer(entries: readonly GazetteerEntry[], areas: CityAreas): GazetteerIndex {
  const area = buildAreas(areas)
  const known = new Set(
    entries
      .filter((entry) => entry.type === 'kelurahan' || entry.type === 'kecamatan')
      .map((entry) => entry.name.toLowerCase()),
  )
  const all = [...areaEntries(areas).filter((entry) => !known.has(entry.name.toLowerCase())), ...mergeStreets(entries)]
  const vocabulary = emptyVocabulary()
  const postings: number[][] = []
  const pairPostings: number[][] = []
  const names: IndexedName[] = []
  const idOf = (text: string, sound: string) => {
    const id = addWord(vocabulary, text, sound)
    postings[id] ??= []
    pairPostings[id] ??= []
    return id
  }
  all.forEach((entry, ordinal) => {
    const aliases = (entry.aliases ?? []).map((alias) => ({ name: alias, alias }))
    for (const { name, alias } of [...waysOf(entry.name).map((name) => ({ name, alias: undefined })), ...aliases]) {
      const tokens = nameTokens(name)
      if (tokens.length === 0) continue
      const words = tokens.map(({ text, sound, kind }) => ({ id: idOf(text, sound), text, kind, weight: 0 }))
      const pairs = tokens.slice(1).map((right, i) => {
        const left = tokens[i]
        if (!PAIRABLE.has(left.kind) || !PAIRABLE.has(right.kind) || left.text.length + right.text.length < 4) return -1
        return idOf(left.text + right.text, fold(left.text + right.text))
      })
      const at = names.push({ entry: ordinal, words, pairs, total: 0, alias }) - 1
      for (const id of new Set(words.map((word) => word.id))) postings[id].push(at)
      for (const id of new Set(pairs)) if (id >= 0) pairPostings[id].push(at)
    }
  })
  const weights = weigh(names, postings, vocabulary, areas)
  const ordinalOf = new Map(areas.kelurahan.map((each, i) => [each.code, i]))
  const areaOf = new Int32Array(all.length).fill(-1)
  all.forEach((entry, i) => {
    const code =
      entry.kelurahan_code ??
      (entry.geometry.type === 'Point' ? kelurahanAt(area, entry.geometry.coordinates)?.code : null)
    areaOf[i] = (code == null ? undefined : ordinalOf.get(code)) ?? -1
  })
  return {
    areas: area,
    entries: all,
    names,
    vocabulary,
    postings,
    pairPostings,
    weights,
    areaOf,
    areaNames: areaNamesOf(areas),
    scratch: new Float32Array(names.length),
    cache: { streetAreas: new Map(), addresses: new Map(), crossings: new Map(), spatial: null },
  }
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

function areaEntries(areas: CityAreas): GazetteerEntry[] {
  const out: GazetteerEntry[] = areas.kelurahan.map((each) => ({
    id: `kelurahan/${each.code}`,
    type: 'kelurahan',
    name: each.name,
    category: null,
    address: null,
    aliases: FORMER_NAMES.filter(([, now]) => now.toLowerCase() === each.name.toLowerCase()).map(([former]) => former),
    kelurahan_code: each.code,
    kelurahan: each.name,
    kecamatan: each.kecamatan,
    geometry: each.geometry,
  }))
  for (const kecamatan of new Set(areas.kelurahan.map((each) => each.kecamatan))) {
    const parts = areas.kelurahan.filter((each) => each.kecamatan === kecamatan)
    const geometry: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: parts.flatMap((each) => each.geometry.coordinates),
    }
    out.push({
      id: `kecamatan/${kecamatan}`,
      type: 'kecamatan',
      name: kecamatan,
      category: null,
      address: null,
      kelurahan_code: null,
      kelurahan: null,
      kecamatan,
      geometry,
    })
  }
  return out
}

function areaNamesOf(areas: CityAreas): AreaName[] {
  const out: AreaName[] = []
  const add = (name: string, kelurahan: number[], kecamatan: boolean, former: boolean) => {
    const text = nameTokens(name)
      .map((each) => each.text)
      .join('')
    if (text && kelurahan.length > 0) out.push({ text, sound: fold(text), kelurahan, kecamatan, former })
  }
  areas.kelurahan.forEach((each, i) => add(each.name, [i], false, false))
  for (const [former, now] of FORMER_NAMES) {
    add(
      former,
      areas.kelurahan.flatMap((each, i) => (each.name.toLowerCase() === now.toLowerCase() ? [i] : [])),
      false,
      true,
    )
  }
  for (const kecamatan of new Set(areas.kelurahan.map((each) => each.kecamatan))) {
    add(
      kecamatan,
      areas.kelurahan.flatMap((each, i) => (each.kecamatan === kecamatan ? [i] : [])),
      true,
      false,
    )
  }
  return out
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
