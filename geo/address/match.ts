import { trigrams } from './distance.ts'
import { streetAreas, type GazetteerIndex, type IndexedName } from './index.ts'
import { clean } from './normalise.ts'
import type { Mention, Query } from './query.ts'
import { nameTokens } from './tokens.ts'
import type { EntryType } from './types.ts'

export interface Match {
  entry: number
  /** 0..1, comparable between entries of one question. */
  score: number
  /** Share of the question, and of the name, that was found. */
  said: number
  named: number
  used: boolean[]
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
/** From this likeness on, two words are taken as one written apart (or one as two written together). */
const ONE_WORD = 0.78

/** The entries that fit a question best, best first; one match an entry. */
export function match(index: GazetteerIndex, query: Query, options: MatchOptions = {}): Match[] {
  const best = new Map<number, Match>()
  for (const at of shortlist(index, query, options.types)) {
    const found = align(index, query, index.names[at])
    const known = best.get(found.entry)
    if (found.score > 0.2 && (!known || known.score < found.score)) best.set(found.entry, found)
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, options.limit ?? 40)
}

/** Names that share the most telling words with the question; a name in an area it mentions goes before its namesakes. */
function shortlist(index: GazetteerIndex, query: Query, types?: ReadonlySet<EntryType>): number[] {
  const { scratch, names } = index
  const touched: number[] = []
  const add = (list: readonly number[] | undefined, gain: number) => {
    if (list)
      for (const at of list) {
        if (scratch[at] === 0) touched.push(at)
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
  const mentioned = new Set(query.mentions.flatMap((m) => m.kelurahan))
  const found: [at: number, gain: number][] = []
  for (const at of touched) {
    const entry = names[at].entry
    if (!types || types.has(index.entries[entry].type)) {
      // a short name that is wholly there goes before a long one of which as much is there
      found.push([at, scratch[at] + (mentioned.has(index.areaOf[entry]) ? 0.6 : 0) - 0.08 * names[at].total])
    }
    scratch[at] = 0
  }
  if (found.length > SHORTLIST) found.sort((a, b) => b[1] - a[1])
  return found.slice(0, SHORTLIST).map(([at]) => at)
}

/** How well one name fits: words are paired greedily, the surest first, each used once. */
function align(index: GazetteerIndex, query: Query, name: IndexedName): Match {
  const { words } = query
  const entry = index.entries[name.entry]
  const pairs: { gain: number; sim: number; q: number; qn: number; e: number; en: number }[] = []
  words.forEach((word, q) => {
    name.words.forEach((own, e) => {
      let sim = word.similar.get(own.id) ?? 0
      if (
        !sim &&
        own.kind !== 'number' &&
        (word.text.length === 1 || own.text.length === 1) &&
        word.kind !== 'joiner' &&
        word.text[0] === own.text[0]
      )
        sim = 0.8
      if (sim) pairs.push({ gain: sim * Math.max(own.weight, 0.1), sim, q, qn: 1, e, en: 1 })
      const both = word.joined.get(own.id)
      if (both && both >= ONE_WORD) pairs.push({ gain: both * own.weight * 0.95, sim: both, q, qn: 2, e, en: 1 })
      const pair = name.pairs[e]
      const split = pair >= 0 ? word.similar.get(pair) : undefined
      if (split && split >= ONE_WORD && e + 1 < name.words.length)
        pairs.push({ gain: split * own.weight * 0.95, sim: split, q, qn: 1, e, en: 2 })
    })
  })
  pairs.sort((a, b) => b.gain - a.gain || Math.abs(a.q - a.e) - Math.abs(b.q - b.e))
  const used = new Array<boolean>(words.length).fill(false)
  const met = new Array<boolean>(name.words.length).fill(false)
  let said = 0
  let named = 0
  for (const pair of pairs) {
    if (used[pair.q] || met[pair.e] || (pair.qn === 2 && used[pair.q + 1]) || (pair.en === 2 && met[pair.e + 1]))
      continue
    for (let k = 0; k < pair.qn; k++) {
      used[pair.q + k] = true
      said += words[pair.q + k].weight * pair.sim
    }
    for (let k = 0; k < pair.en; k++) {
      met[pair.e + k] = true
      named += name.words[pair.e + k].weight * pair.sim
    }
  }
  let hint = hints(query, name, used, met, entry.type)
  const byName = [...used]
  const mention = mentionFor(index, query, name.entry, used)
  if (mention) {
    for (let q = mention.mention.from; q <= mention.mention.to; q++) {
      if (!used[q]) said += words[q].weight * mention.sim
      used[q] = true
    }
    hint *= byName.some((was, q) => !was && used[q]) ? 1 : 1.01
  } else if (query.mentions.some((m) => m.marked && entry.type !== 'kecamatan') && index.areaOf[name.entry] >= 0)
    hint *= 0.93
  said += fromAddress(index, query, name.entry, used)
  const share = query.total > 0 ? said / query.total : 0
  const ownShare = name.total > 0 ? named / name.total : 0
  const tie =
    0.012 * surface(query.text, entry.name) + (entry.type === 'facility' ? 0.004 : 0) + (entry.address ? 0.002 : 0)
  const sort = query.generic && mention !== null && words.some((word, q) => byName[q] && word.kind === 'class')
  const score = Math.min(1, share ** 0.6 * ownShare ** (sort ? 0.15 : 0.4) * hint * 0.985 + tie)
  return {
    entry: name.entry,
    score,
    said: share,
    named: ownShare,
    used,
    mention: mention?.mention ?? null,
    kelurahan: mention?.kelurahan ?? null,
    alias: name.alias,
  }
}

/** What marks and classes say about the sort of thing meant. */
function hints(
  query: Query,
  name: IndexedName,
  used: readonly boolean[],
  met: readonly boolean[],
  type: EntryType,
): number {
  let hint = 1
  const { words } = query
  if (words.some((word, q) => used[q] && word.after === 'street') && type !== 'street') hint *= 0.8
  if (type === 'street' && !words.some((word, q) => used[q] && word.after === 'street')) hint *= 0.98
  if (words.some((word, q) => used[q] && word.after === 'area') && type !== 'kelurahan') hint *= 0.93
  if (words.some((word, q) => used[q] && word.after === 'kecamatan') && type !== 'kecamatan') hint *= 0.93
  const missing = (kind: 'class' | 'number') =>
    words.some((word, q) => !used[q] && word.kind === kind && word.weight > 0.3) &&
    name.words.some((own, e) => !met[e] && own.kind === kind)
  if (missing('class')) hint *= 0.75
  if (missing('number')) hint *= 0.7
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

/** Share of the letters' trigrams that question and name have in common as written: only ever a tie-break. */
function surface(text: string, name: string): number {
  const own = new Set(trigrams(clean(name).replace(/^(jalan|jln?)[. ]+/, '')))
  const asked = new Set(trigrams(text))
  let both = 0
  for (const gram of own) if (asked.has(gram)) both++
  return both / own.size
}
