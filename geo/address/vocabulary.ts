import { alike, lettersAlike, lettersOf, likeness } from './distance.ts'
import { buildSlips, eachSlip, type SlipIndex } from './slips.ts'

/** Every word of the gazetteer once, found exactly, by sound, by one slip, by trigrams, or by its beginning. */
export interface Vocabulary {
  words: string[]
  sounds: string[]
  ids: Map<string, number>
  /** Words by their sound, and by the trigrams (as numbers) of it. */
  bySound: Map<string, number[]>
  byTrigram: (number[] | undefined)[]
  /** Words by the letters they are made of, one bit a letter. */
  letters: number[]
  /** Made when all words are in: {@link sealVocabulary}. */
  slips: SlipIndex | null
  /** All words in the order of their sounds. */
  sorted: number[]
  /** Scratch: how many trigrams each word shares with the one looked up. */
  shared: Uint8Array
  /** The latest answers of {@link similarWords}: callers' words come again and again while an operator types. */
  latest: Map<string, Similar>
}

/** Words with their likeness 0..1, best first. */
export type Similar = readonly (readonly [id: number, sim: number])[]

export function emptyVocabulary(): Vocabulary {
  return {
    words: [],
    sounds: [],
    ids: new Map(),
    bySound: new Map(),
    byTrigram: [],
    letters: [],
    slips: null,
    sorted: [],
    shared: new Uint8Array(0),
    latest: new Map(),
  }
}

/** The number of a word, taken in when new. `sound` is asked for only then. */
export function addWord(vocabulary: Vocabulary, word: string, sound: () => string): number {
  const known = vocabulary.ids.get(word)
  if (known !== undefined) return known
  const id = vocabulary.words.push(word) - 1
  const heard = sound()
  vocabulary.sounds.push(heard)
  vocabulary.letters.push(lettersOf(heard))
  vocabulary.ids.set(word, id)
  const same = vocabulary.bySound.get(heard)
  if (same) same.push(id)
  else vocabulary.bySound.set(heard, [id])
  if (!/^\d/.test(word)) for (const gram of grams(heard)) (vocabulary.byTrigram[gram] ??= []).push(id)
  return id
}

/** Ends the taking in, in steps: makes what slips and beginnings are looked up by. */
export function* sealVocabulary(vocabulary: Vocabulary): Generator<undefined, void> {
  const spellings: string[] = []
  const of: number[] = []
  vocabulary.words.forEach((word, id) => {
    if (/^\d/.test(word)) return
    const sound = vocabulary.sounds[id]
    spellings.push(sound)
    of.push(id)
    if (word !== sound) {
      spellings.push(word)
      of.push(id)
    }
  })
  yield
  vocabulary.slips = buildSlips(spellings, of)
  yield
  const { sounds } = vocabulary
  vocabulary.sorted = sounds.map((_, id) => id).sort((a, b) => (sounds[a] < sounds[b] ? -1 : 1))
  vocabulary.shared = new Uint8Array(sounds.length)
}

/** The different trigrams of a word of a-z, its ends marked, each as a number below 27 ** 3. */
function grams(word: string): number[] {
  const out: number[] = []
  let [a, b] = [0, 0]
  for (let i = 0; i <= word.length; i++) {
    const c = i < word.length ? word.charCodeAt(i) - 96 : 0
    const gram = a * 729 + b * 27 + c
    if (!out.includes(gram)) out.push(gram)
    a = b
    b = c
  }
  return out
}

const MOST_LIKE = 24
const MOST_KEPT = 5000
/** With a word this alike one slip away, no farther one is looked for. */
const NEAR_ENOUGH = 0.86

/**
 * Words that may be meant, the best first. Numbers match only exactly; `prefix` also takes words that begin so (for the
 * word still being typed).
 */
export function similarWords(vocabulary: Vocabulary, word: string, sound: string, prefix: boolean): Similar {
  const key = prefix ? `${word}*` : word
  const known = vocabulary.latest.get(key)
  if (known) return known
  const found = lookUp(vocabulary, word, sound, prefix)
  if (vocabulary.latest.size >= MOST_KEPT) vocabulary.latest.clear()
  vocabulary.latest.set(key, found)
  return found
}

function lookUp(vocabulary: Vocabulary, word: string, sound: string, prefix: boolean): Similar {
  const { words, sounds, slips } = vocabulary
  const exact = vocabulary.ids.get(word)
  if (/^\d/.test(word)) return exact === undefined ? [] : [[exact, 1]]
  const found = new Map<number, number>()
  for (const id of vocabulary.bySound.get(sound) ?? []) found.set(id, id === exact ? 1 : 0.97)
  let best = found.size > 0 ? 0.97 : 0
  const consider = (id: number): void => {
    if (found.has(id)) return
    const longer = Math.max(words[id].length, word.length)
    const sim = likeness(word, sound, words[id], sounds[id])
    if (sim >= alike(longer)) {
      found.set(id, sim)
      if (sim > best) best = sim
    }
  }
  if (slips && word.length >= 3) {
    eachSlip(slips, sound, consider)
    if (word !== sound) eachSlip(slips, word, consider)
  }
  if (word.length >= 5 && best < NEAR_ENOUGH) farther(vocabulary, word, sound, consider)
  if (prefix && word.length >= 3) beginnings(vocabulary, sound, found)
  return [...found].sort((a, b) => b[1] - a[1]).slice(0, MOST_LIKE)
}

/** Words that share a quarter of the trigrams and most letters. */
function farther(vocabulary: Vocabulary, word: string, sound: string, consider: (id: number) => void): void {
  const { shared, words, letters, byTrigram } = vocabulary
  const touched: number[] = []
  const asked = grams(sound)
  for (const gram of asked) for (const id of byTrigram[gram] ?? []) if (shared[id]++ === 0) touched.push(id)
  const least = Math.max(2, asked.length * 0.25)
  const own = lettersOf(sound)
  for (const id of touched) {
    const count = shared[id]
    shared[id] = 0
    if (count < least || Math.abs(words[id].length - word.length) > 3) continue
    if (lettersAlike(own, letters[id], 3)) consider(id)
  }
}

/** Words whose sound begins with this one. */
function beginnings({ sounds, sorted }: Vocabulary, sound: string, found: Map<number, number>): void {
  let from = 0
  for (let to = sorted.length; from < to;) {
    const middle = (from + to) >> 1
    if (sounds[sorted[middle]] < sound) from = middle + 1
    else to = middle
  }
  for (let i = from; i < sorted.length && i < from + 200 && sounds[sorted[i]].startsWith(sound); i++)
    if (!found.has(sorted[i])) found.set(sorted[i], 0.6 + (0.35 * sound.length) / sounds[sorted[i]].length)
}

/** Words of exactly that sound: enough where a misspelling need not be thought of. */
export function soundWords(vocabulary: Vocabulary, word: string, sound: string): Similar {
  const exact = vocabulary.ids.get(word)
  return (vocabulary.bySound.get(sound) ?? []).map((id) => [id, id === exact ? 1 : 0.97])
}
