import { lettersAlike, lettersOf, likeness } from './distance.ts'
import { kindWeight, type GazetteerIndex } from './index.ts'
import type { Kind } from './lexicon.ts'
import { clean, fold } from './normalise.ts'
import type { Token } from './tokens.ts'
import { similarWords, soundWords } from './vocabulary.ts'

export interface QueryWord extends Token {
  weight: number
  similar: Map<number, number>
  /** This and the next word written as one. */
  joined: Map<number, number>
  /** The mark this word follows, directly or through titles. */
  after: 'street' | 'area' | 'kecamatan' | null
}

/** A stretch of the question that names areas of the city. */
export interface Mention {
  from: number
  to: number
  sim: number
  kelurahan: number[]
  kecamatan: boolean
  marked: boolean
}

/** Where a word of the vocabulary may stand in the question: word q, alone or with the next one. */
export interface Hit {
  q: number
  qn: 1 | 2
  sim: number
}

export interface Query {
  words: QueryWord[]
  /** By word of the vocabulary. */
  meant: ReadonlyMap<number, Hit[]>
  /** Which words are one letter. */
  initials: number[]
  total: number
  mentions: Mention[]
  /** Only a sort of thing was said, no name and no area ("masjid"): any answer is a guess. */
  vague: boolean
  /** Only a sort of thing and an area were said ("masjid di Poncol"): any such thing there will do. */
  generic: boolean
  /** The cleaned text, for the last tie-break. */
  text: string
}

/** Kinds that never have to be found in a name. */
const FREE = new Set<Kind>([
  'filler',
  'relation',
  'street_mark',
  'area_mark',
  'kecamatan_mark',
  'regency_mark',
  'joiner',
  'crossing',
  'toward',
  'drop',
])
const VAGUE = new Set<Kind>([...FREE, 'class', 'weak', 'title'])
/** What sort of thing is meant was understood: only clear misspellings in the gazetteer match it beside itself. */
const CLASS_ALIKE = 0.76
/** A misspelt "jalan" or "kelurahan" is recognised as such when no name has such a word. */
const MARKS: readonly [string, Kind][] = [
  ['jalan', 'street_mark'],
  ['kelurahan', 'area_mark'],
]

/** Looks every word up once; everything after works with these. */
export function prepareQuery(index: GazetteerIndex, tokens: readonly Token[], text: string): Query {
  const words: QueryWord[] = tokens.map((token) => ({
    ...token,
    weight: 0,
    similar: new Map(),
    joined: new Map(),
    after: null,
  }))
  let mark: QueryWord['after'] = null
  let street = false
  words.forEach((word, i) => {
    const known = index.vocabulary.ids.has(word.text)
    if (word.kind === 'word' && !known && word.text.length >= 4) {
      const meant = MARKS.find(
        ([right]) => likeness(word.text, word.sound, right, right) >= (right.length < 6 ? 0.8 : 0.85),
      )
      if (meant) word.kind = meant[1]
    }
    const free = FREE.has(word.kind)
    const last = i === words.length - 1
    word.similar = new Map(
      free
        ? known
          ? [[index.vocabulary.ids.get(word.text) as number, 1]]
          : []
        : similarWords(
            index.vocabulary,
            word.text,
            word.sound,
            last && word.kind === 'word' && word.text.length >= 3,
          ).filter(([, sim]) => word.kind !== 'class' || sim >= CLASS_ALIKE),
    )
    word.weight = free ? 0 : weightOf(index, word, street)
    if (word.kind === 'street_mark') {
      mark = 'street'
      street = true
    } else if (word.kind === 'area_mark') mark = 'area'
    else if (word.kind === 'kecamatan_mark') mark = 'kecamatan'
    else if (!free) {
      word.after = mark
      if (word.kind !== 'title') mark = null
    }
  })
  join(index, words)
  const mentions = mentionsOf(index, words)
  const rest = words.filter((_, q) => !mentions.some((mention) => mention.from <= q && mention.to >= q))
  const generic =
    mentions.length > 0 &&
    rest.some((word) => word.kind === 'class') &&
    rest.every((word) => word.kind !== 'word' && word.kind !== 'number')
  const vague =
    mentions.length === 0 && words.some((word) => word.kind === 'class') && words.every((word) => VAGUE.has(word.kind))
  const initials = words.flatMap((word, q) => (word.text.length === 1 && word.kind !== 'joiner' ? [q] : []))
  return {
    words,
    meant: hitsOf(words),
    initials,
    vague,
    total: words.reduce((sum, word) => sum + word.weight, 0),
    mentions,
    generic,
    text: clean(text),
  }
}

function hitsOf(words: readonly QueryWord[]): Map<number, Hit[]> {
  const meant = new Map<number, Hit[]>()
  const add = (id: number, hit: Hit) => {
    const known = meant.get(id)
    if (known) known.push(hit)
    else meant.set(id, [hit])
  }
  words.forEach((word, q) => {
    for (const [id, sim] of word.similar) add(id, { q, qn: 1, sim })
    for (const [id, sim] of word.joined) add(id, { q, qn: 2, sim })
  })
  return meant
}

/** Looks up each word written together with the next; two words that are known as they stand need no guessing. */
function join(index: GazetteerIndex, words: readonly QueryWord[]): void {
  const sure = (word: QueryWord) => (word.similar.values().next().value ?? 0) >= 0.97
  for (let i = 0; i + 1 < words.length; i++) {
    const [word, next] = [words[i], words[i + 1]]
    const both = word.text + next.text
    if (
      word.kind === 'number' ||
      next.kind === 'number' ||
      FREE.has(word.kind) ||
      FREE.has(next.kind) ||
      both.length < 5
    )
      continue
    const found = sure(word) && sure(next) ? soundWords : similarWords
    word.joined = new Map(found(index.vocabulary, both, fold(both), false))
  }
}

function weightOf(index: GazetteerIndex, word: QueryWord, street: boolean): number {
  if (word.kind === 'number') return street ? 0.2 : 0.8
  if (word.kind === 'direction') return 0.5
  const likely = word.similar.entries().next().value
  if (word.kind !== 'word')
    return likely && likely[1] === 1 ? Math.min(index.weights[likely[0]], kindWeight(word.kind)) : kindWeight(word.kind)
  if (!likely) return 0.6
  if (likely[1] <= 0.7) return 0.6
  // a word only somewhat like one that tells little ("kampung") may be another that tells much
  return likely[1] >= 0.85 ? index.weights[likely[0]] : Math.max(0.5, index.weights[likely[0]])
}

/** Names of kelurahan, former kelurahan and kecamatan in the question, up to three words long, misspelt or not. */
function mentionsOf(index: GazetteerIndex, words: readonly QueryWord[]): Mention[] {
  const out: Mention[] = []
  for (let from = 0; from < words.length; from++) {
    let text = ''
    for (let to = from; to < Math.min(words.length, from + 3); to++) {
      const word = words[to]
      if (word.kind.endsWith('_mark') && word.text !== 'kampung') break
      text += word.text
      if (text.length < 4) continue
      const before = words[from - 1]?.kind
      const marked = before === 'area_mark' || before === 'kecamatan_mark'
      const sound = fold(text)
      const letters = lettersOf(sound)
      const least = marked ? 0.62 : 0.78
      for (const name of index.areaNames) {
        if (name.kecamatan !== (before === 'kecamatan_mark') && before === 'kecamatan_mark') continue
        if (Math.abs(name.text.length - text.length) > 3 || !lettersAlike(letters, name.letters, 3)) continue
        let sim = likeness(text, sound, name.text, name.sound, least)
        if (name.former) sim *= 0.98
        if (sim >= least) out.push({ from, to, sim, kelurahan: name.kelurahan, kecamatan: name.kecamatan, marked })
      }
    }
  }
  // of overlapping readings only the best ones stay (longer and more alike)
  const worth = (m: Mention) => m.sim + 0.12 * (m.to - m.from)
  return out.filter(
    (m) =>
      !out.some((other) => other !== m && other.from <= m.to && other.to >= m.from && worth(other) > worth(m) + 0.06),
  )
}
