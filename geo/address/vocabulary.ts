import { alike, likeness, trigrams } from './distance.ts'

/** Every word of the gazetteer once, found exactly, by sound, by trigrams, or by its beginning. */
export interface Vocabulary {
  words: string[]
  sounds: string[]
  ids: Map<string, number>
  /** Words by sound and words by the trigrams of their sound. */
  bySound: Map<string, number[]>
  byTrigram: Map<string, number[]>
  /** Scratch: how many trigrams each word shares with the one looked up. */
  shared: Uint8Array
  /** The latest answers of {@link similarWords}: callers' words come again and again while an operator types. */
  latest: Map<string, [id: number, sim: number][]>
}

export function emptyVocabulary(): Vocabulary {
  return {
    words: [],
    sounds: [],
    ids: new Map(),
    bySound: new Map(),
    byTrigram: new Map(),
    shared: new Uint8Array(0),
    latest: new Map(),
  }
}

/** The number of a word, taken in when new. */
export function addWord(vocabulary: Vocabulary, word: string, sound: string): number {
  const known = vocabulary.ids.get(word)
  if (known !== undefined) return known
  const id = vocabulary.words.push(word) - 1
  vocabulary.sounds.push(sound)
  vocabulary.ids.set(word, id)
  push(vocabulary.bySound, sound, id)
  if (!/^\d/.test(word)) for (const gram of new Set(trigrams(sound))) push(vocabulary.byTrigram, gram, id)
  return id
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const MOST_LIKE = 24
const MOST_KEPT = 5000

/**
 * Words that may be meant, with their likeness 0..1, the best first. Numbers and short words match only exactly;
 * `prefix` also takes words that begin so (for the word still being typed).
 */
export function similarWords(
  vocabulary: Vocabulary,
  word: string,
  sound: string,
  prefix: boolean,
): [id: number, sim: number][] {
  const key = prefix ? `${word}*` : word
  const known = vocabulary.latest.get(key)
  if (known) return known
  const found = lookUp(vocabulary, word, sound, prefix)
  if (vocabulary.latest.size >= MOST_KEPT) vocabulary.latest.clear()
  vocabulary.latest.set(key, found)
  return found
}

function lookUp(vocabulary: Vocabulary, word: string, sound: string, prefix: boolean): [id: number, sim: number][] {
  const exact = vocabulary.ids.get(word)
  if (/^\d/.test(word)) return exact === undefined ? [] : [[exact, 1]]
  const found = new Map<number, number>()
  for (const id of vocabulary.bySound.get(sound) ?? []) found.set(id, id === exact ? 1 : 0.97)
  if (word.length >= 4 || prefix) {
    if (vocabulary.shared.length < vocabulary.words.length) vocabulary.shared = new Uint8Array(vocabulary.words.length)
    const { shared, words, sounds } = vocabulary
    const touched: number[] = []
    const grams = new Set(trigrams(sound))
    for (const gram of grams) {
      for (const id of vocabulary.byTrigram.get(gram) ?? []) if (shared[id]++ === 0) touched.push(id)
    }
    for (const id of touched) {
      const count = shared[id]
      shared[id] = 0
      if (found.has(id) || Math.abs(words[id].length - word.length) > 3 + (prefix ? 20 : 0)) continue
      const longer = Math.max(words[id].length, word.length)
      if (count >= Math.max(1, grams.size * 0.25)) {
        const sim = likeness(word, sound, words[id], sounds[id])
        if (sim >= alike(longer)) {
          found.set(id, sim)
          continue
        }
      }
      if (prefix && word.length >= 3 && sounds[id].startsWith(sound))
        found.set(id, 0.6 + (0.35 * sound.length) / sounds[id].length)
    }
  }
  return [...found].sort((a, b) => b[1] - a[1]).slice(0, MOST_LIKE)
}

/** Words of exactly that sound: enough where a misspelling need not be thought of. */
export function soundWords(vocabulary: Vocabulary, word: string, sound: string): [id: number, sim: number][] {
  const exact = vocabulary.ids.get(word)
  return (vocabulary.bySound.get(sound) ?? []).map((id) => [id, id === exact ? 1 : 0.97])
}
