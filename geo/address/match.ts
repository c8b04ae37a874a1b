import { trigrams } from './distance.ts'
import { streetAreas, type GazetteerIndex, type IndexedName, type NameWord } from './index.ts'
import { clean } from './normalise.ts'
import { pairWords, type Pairing } from './pairing.ts'
import type { Mention, Query, QueryWord } from './query.ts'
import { nameTokens } from './tokens.ts'
import type { EntryType, GazetteerEntry } from './types.ts'

export interface Match {
  entry: number
  /** 0..1, comparable between entries of one question. */
  score: number
  /** Share of the question, and of the name, that was found. */
  said: number
  named: number
  used: boolean[]
  /** How alike each word of the question is to what it was found as; 0 where it was not found. */
  sims: number[]
  /** The kelurahan the question limits this answer to. */
  mention: Mention | null
  kelurahan: number | null
  /** The other name by which it was found. */
  alias?: string
}

export interface MatchOptions {
  types?: ReadonlySet<EntryType>
  limit?: number
}

const SHORTLIST = 120
/** From this likeness on a word is taken to be the one it is like, whatever sort of thing was said. */
const SURE = 0.9
/** Of the best, the likeness as written parts those that fit equally well. */
const COMPARED = 24

/** The entries that fit a question best, best first; one match an entry. */
export function match(index: GazetteerIndex, query: Query, options: MatchOptions = {}): Match[] {
  const best = new Map<number, Match>()
  for (const at of shortlist(index, query, options.types)) {
    const found = align(index, query, index.names[at])
    const known = best.get(found.entry)
    if (found.score > 0.2 && (!known || known.score < found.score)) best.set(found.entry, found)
  }
  const byScore = (a: Match, b: Match) => b.score - a.score
  const asked = new Set(trigrams(query.text))
  return [...best.values()]
    .sort(byScore)
    .slice(0, COMPARED)
    .map((found) => ({ ...found, score: Math.min(1, found.score + tie(index.entries[found.entry], asked)) }))
    .sort(byScore)
    .slice(0, options.limit ?? COMPARED)
}

/** What decides between equal fits: spelling, then what is known better. */
function tie(entry: GazetteerEntry, asked: ReadonlySet<string>): number {
  return (
    0.012 * surface(asked, entry.name) + (entry.type === 'facility' ? 0.004 : 0) + (entry.address === null ? 0 : 0.002)
  )
}

/** Names that share the most telling words with the question; a name in an area it mentions goes before its namesakes. */
function shortlist(index: GazetteerIndex, query: Query, types?: ReadonlySet<EntryType>): number[] {
  const { scratch, touched } = index
  // the names of streets come first, and postings ascend
  const end = types?.size === 1 && types.has('street') ? index.streetNames : scratch.length
  let count = 0
  const add = (list: Int32Array | undefined, gain: number) => {
    if (!list) return
    for (let i = 0; i < list.length && list[i] < end; i++) {
      const at = list[i]
      if (scratch[at] === 0) touched[count++] = at
      scratch[at] += gain
    }
  }
  for (const word of query.words) {
    for (const [id, sim] of word.similar) {
      const gain = Math.max(0.02, word.weight) * sim
      add(index.postings[id], gain)
      if (word.weight > 0) add(index.pairPostings[id], gain * 1.5)
    }
    for (const [id, sim] of word.joined) add(index.postings[id], sim * 1.2)
  }
  const mentioned = new Uint8Array(index.areas.kelurahan.length)
  for (const mention of query.mentions) for (const kelurahan of mention.kelurahan) mentioned[kelurahan] = 1
  const top = new TopGains(SHORTLIST)
  for (let i = 0; i < count; i++) {
    const at = touched[i]
    // a short name that is wholly there goes before a long one of which as much is there
    const gain = scratch[at] + (mentioned[index.areaOfName[at]] ? 0.6 : 0) - 0.08 * index.totals[at]
    scratch[at] = 0
    if (gain > top.least && (!types || types.has(index.entries[index.entryOf[at]].type))) top.offer(at, gain)
  }
  return top.best()
}

/** A name with less than this share of the best one's gain is not looked at. */
const LEAST_GAIN = 0.3

/** Keeps the names of the most gain, in no order. */
class TopGains {
  private readonly names: number[] = []
  /** What a further name must exceed. */
  least = -Infinity
  private readonly gains: number[] = []
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  best(): number[] {
    const least = LEAST_GAIN * Math.max(0, ...this.gains)
    return this.names.filter((_, i) => this.gains[i] >= least)
  }

  offer(name: number, gain: number): void {
    let at = this.names.length
    if (at === this.most) {
      at = this.gains.indexOf(this.least)
      this.names[at] = name
      this.gains[at] = gain
    } else {
      this.names.push(name)
      this.gains.push(gain)
    }
    if (this.names.length === this.most) {
      this.least = Infinity
      for (const each of this.gains) if (each < this.least) this.least = each
    }
  }
}

/** How well one name fits. */
function align(index: GazetteerIndex, query: Query, name: IndexedName): Match {
  const { words } = query
  const entry = index.entries[name.entry]
  const pairing = pairWords(query, name)
  const { used, sims, met, named } = pairing
  let { said } = pairing
  let hint = hints(query, name, pairing, entry.type)
  const byName = [...used]
  const mention = mentionFor(index, query, name.entry, used)
  if (mention) {
    for (let q = mention.mention.from; q <= mention.mention.to; q++) {
      if (!used[q]) {
        said += words[q].weight * mention.sim
        sims[q] = mention.mention.sim
      }
      used[q] = true
    }
    hint *= byName.some((was, q) => !was && used[q]) ? 1 : 1.01
    // "kel Medono kec Pekalongan Barat": the kecamatan of that kelurahan says no more
    const { kelurahan } = mention
    for (const around of query.mentions) {
      if (!around.kecamatan || kelurahan === null || !around.kelurahan.includes(kelurahan)) continue
      for (let q = around.from; q <= around.to; q++) {
        if (!used[q]) said += words[q].weight * around.sim
        used[q] = true
      }
    }
  } else if (query.mentions.some((m) => m.marked && entry.type !== 'kecamatan') && index.areaOf[name.entry] >= 0)
    hint *= 0.93
  said += fromAddress(index, query, name.entry, used)
  const total = query.total - (entry.type === 'street' ? aside(words, used) : 0)
  const share = total > 0 ? Math.min(1, said / total) : 0
  const ownShare = name.total > 0 ? named / (name.total - unsaidAreas(name, met)) : 0
  const sort = query.generic && mention !== null && words.some((word, q) => byName[q] && word.kind === 'class')
  // "masjid jami": any that is called so and more may be meant
  const unsaid = query.vague ? 0.06 : sort ? 0.15 : 0.4
  const score = share ** 0.6 * ownShare ** unsaid * hint * 0.985
  return {
    entry: name.entry,
    score,
    said: share,
    named: ownShare,
    used,
    sims,
    mention: mention?.mention ?? null,
    kelurahan: mention?.kelurahan ?? null,
    alias: name.alias,
  }
}

/** "apotek kimia farma jl sudirman": half the weight of what was said before "jl" and is not known does not count against the street. */
function aside(words: readonly QueryWord[], used: readonly boolean[]): number {
  const mark = words.findIndex((word) => word.kind === 'street_mark')
  if (!words.some((word, q) => q > mark && used[q] && word.after === 'street')) return 0
  return words.reduce((sum, word, q) => sum + (q < mark && !used[q] ? word.weight / 2 : 0), 0)
}

/** Of the name of an area behind a name this much need not be said. */
const AREA_UNSAID = 0.6

/** The weight of what a name holds of areas beside its own, where that was not said: "Masjid Jami Krapyak" is "masjid jami" to a caller. */
function unsaidAreas({ words }: IndexedName, met: readonly boolean[]): number {
  if (!words.some((own, e) => met[e] && !own.areal)) return 0
  return words.reduce((sum, own, e) => sum + (e > 0 && own.areal && !met[e] ? own.weight * AREA_UNSAID : 0), 0)
}

/** What marks and classes say about the sort of thing meant. */
function hints(query: Query, name: IndexedName, { used, met, sims }: Pairing, type: EntryType): number {
  let hint = 1
  const { words } = query
  // "jalan mawar" is no mosque called Manaar; "jl masjid agung" may lead past one called so
  const streets = words.flatMap((word, q) =>
    used[q] && word.kind === 'word' && (word.after === 'street' || words[q - 1]?.text === 'gang') ? sims[q] : [],
  )
  if (streets.length > 0 && type !== 'street') hint *= Math.max(...streets) < SURE ? 0.6 : 0.8
  if (type === 'street' && !words.some((word, q) => used[q] && word.after === 'street')) hint *= 0.98
  // "jl patriot kel Poncol" asks for a street there, not for the kelurahan
  if (type === 'kelurahan' && words.some((word, q) => !used[q] && word.after === 'street' && word.weight > 0.3))
    hint *= 0.88
  if (words.some((word, q) => used[q] && word.after === 'area') && type !== 'kelurahan') hint *= 0.93
  if (words.some((word, q) => used[q] && word.after === 'kecamatan') && type !== 'kecamatan') hint *= 0.93
  const isSort = (word: QueryWord, q: number) => !used[q] && word.kind === 'class' && word.weight > 0.3
  const sorted = words.some(isSort)
  const lacks = (kind: 'class' | 'number') => name.words.some((own, e) => !met[e] && own.kind === kind)
  if (sorted && lacks('class')) hint *= 0.75
  // "pasar banjarsari" is no misspelt kelurahan
  if (sorted && type === 'kelurahan' && words.some((word, q) => used[q] && word.kind === 'word' && sims[q] < SURE))
    hint *= 0.75
  // "masjid agung" is no street, even where one bears that name; "masjid jl sultan agung" is on it
  if (type === 'street' && sorted && !words.some((word, q) => used[q] && word.after === 'street')) hint *= 0.6
  // what is called no more than "Masjid" is not the one of which more was said
  if (
    name.words.every((own) => own.kind === 'class') &&
    words.some((word, q) => !used[q] && word.kind === 'weak' && word.weight > 0.1)
  )
    hint *= 0.8
  // a gang called otherwise than by this number
  if (words.some((word, q) => word.text === 'gang' && words[q + 1]?.kind === 'word' && !used[q + 1]) && lacks('number'))
    hint *= 0.7
  // the number of a gang is not that of a school
  if (type !== 'street' && words.some((word, q) => used[q] && words[q - 1]?.text === 'gang' && /^\d/.test(word.text)))
    hint *= 0.7
  // "kali loji" is no Kali Baros: a street and an area are known by the word that tells
  const telling = (own: NameWord, e: number) =>
    own.kind === 'word' && (met[e] || type === 'place' || type === 'facility')
  if (!name.words.some(telling) && name.words.some((own) => own.kind === 'word')) hint *= 0.5
  // "kali" alone asks for one, not for what stands beside it
  if (query.vague && !met[0]) hint *= 0.5
  // house numbers are gone by now: what is left numbers the thing itself, or a gang
  if (words.some((word, q) => !used[q] && /^\d/.test(word.text)) && lacks('number')) hint *= 0.7
  return hint
}

/** The area the question limits an entry to, if the entry lies there; words the name has not used count first. */
function mentionFor(index: GazetteerIndex, query: Query, ordinal: number, used: readonly boolean[]) {
  const { type } = index.entries[ordinal]
  let best: { mention: Mention; sim: number; kelurahan: number | null; free: number } | null = null
  for (const mention of query.mentions) {
    let free = 0
    for (let q = mention.from; q <= mention.to; q++) if (!used[q]) free++
    let sim = 0
    let kelurahan: number | null = null
    if (type === 'street') {
      if (free === 0) continue
      for (const area of streetAreas(index, ordinal)) {
        if (mention.kelurahan.includes(area.kelurahan) && sim < (area.inside ? 1 : 0.85)) {
          sim = area.inside ? 1 : 0.85
          kelurahan = mention.kecamatan ? null : area.kelurahan
        }
      }
    } else if (type !== 'kelurahan' && type !== 'kecamatan' && mention.kelurahan.includes(index.areaOf[ordinal])) {
      sim = 1
      kelurahan = index.areaOf[ordinal]
    } else if (type === 'kelurahan' && mention.kecamatan && mention.kelurahan.includes(index.areaOf[ordinal])) sim = 1
    sim *= mention.sim * 0.97
    if (sim > 0 && (!best || free > best.free || (free === best.free && sim > best.sim)))
      best = { mention, sim, kelurahan, free }
  }
  return best
}

/** Words of the question found in the entry's written address. */
function fromAddress(index: GazetteerIndex, query: Query, ordinal: number, used: readonly boolean[]): number {
  const { address } = index.entries[ordinal]
  if (!address || used.every(Boolean)) return 0
  let sounds = index.cache.addresses.get(ordinal)
  if (!sounds) {
    sounds = new Set(nameTokens(address).map((each) => each.sound))
    index.cache.addresses.set(ordinal, sounds)
  }
  return query.words.reduce((sum, word, q) => sum + (!used[q] && sounds.has(word.sound) ? word.weight * 0.9 : 0), 0)
}

/** Share of a name's trigrams that the question has too, as written. */
function surface(asked: ReadonlySet<string>, name: string): number {
  const own = new Set(trigrams(clean(name).replace(/^(jalan|jln?)[. ]+/, '')))
  let both = 0
  for (const gram of own) if (asked.has(gram)) both++
  return both / own.size
}
