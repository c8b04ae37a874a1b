import { lettersAlike, lettersOf, likeness } from './distance.ts'
import type { GazetteerIndex } from './index.ts'
import { LEXICON, LONGEST, MENDABLE } from './lexicon.ts'
import { fold } from './normalise.ts'
import { queryTokens, type Token } from './tokens.ts'
import { TOWNS } from './towns.ts'
import { unglue } from './unglue.ts'
import { similarWords } from './vocabulary.ts'

/** One slip in six letters, or a swap in five. */
const MENDED_ALIKE = 0.82
/** Of a sort of thing one slip in five ("pistu"): it is seldom anything else. */
const SORT_ALIKE = 0.79
/** "makan" is a word of "rumah makan", no misspelt "makam". */
const IN_PHRASES = new Set([...LEXICON.keys()].flatMap((phrase) => phrase.split(' ')))
const sounding = (word: string) => ({ word, sound: fold(word), letters: lettersOf(fold(word)) })
const RIGHT = MENDABLE.map((word) => ({
  ...sounding(word),
  least: LEXICON.get(word)?.kind === 'class' ? SORT_ALIKE : MENDED_ALIKE,
}))
/** Towns are names too, though no entry bears them. */
const TOWN_NAMES = TOWNS.map((town) => sounding(town.name.toLowerCase()))
const TOWN_WORDS = new Set(TOWN_NAMES.map((town) => town.word))

/**
 * A misspelt word of the lexicon ("perepatan", "kelurhaan") put right, unless some name has that word or one as like it;
 * names themselves are not mended here, for they are matched with their slips.
 */
function mend(index: GazetteerIndex, word: string): string {
  const meaning = LEXICON.get(word)
  // "kntor" and "skolah" are ways of writing a class word: phrases are read from the usual one
  if (meaning?.kind === 'class' && meaning.words.length === 1) return meaning.words[0]
  if (word.length < 4 || meaning || IN_PHRASES.has(word) || index.vocabulary.ids.has(word) || TOWN_WORDS.has(word))
    return word
  const { sound, letters } = sounding(word)
  let best = word
  let most = 0
  for (const right of RIGHT) {
    if (Math.abs(right.word.length - word.length) > 2 || !lettersAlike(letters, right.letters, 2)) continue
    const sim = likeness(word, sound, right.word, right.sound, right.least)
    if (sim > right.least && sim > most) {
      best = right.word
      most = sim
    }
  }
  if (best === word) return word
  for (const town of TOWN_NAMES) {
    if (Math.abs(town.word.length - word.length) > 2 || !lettersAlike(letters, town.letters, 2)) continue
    if (likeness(word, sound, town.word, town.sound, most) >= most) return word
  }
  const [rival] = similarWords(index.vocabulary, word, sound, false)
  return rival && rival[1] >= most && index.vocabulary.words[rival[0]] !== best ? word : best
}

/** Phrases of the lexicon with one word left out ("taman * al quran"), and the words that stand there. */
const GAPS = new Map<string, string[]>()
for (const [phrase] of LEXICON) {
  const words = phrase.split(' ')
  if (words.length < 2) continue
  words.forEach((word, i) => {
    if (word.length < 5) return
    const key = withGap(words, i)
    GAPS.set(key, [...(GAPS.get(key) ?? []), word])
  })
}
/** In its phrase a word is known by less. */
const IN_PHRASE = 0.76

function withGap(words: readonly string[], gap: number): string {
  return words.map((word, i) => (i === gap ? '*' : word)).join(' ')
}

/** The words with those put right that one slip keeps from a phrase ("rumah salit", "taman pentidikan al quran"). */
function mendPhrases(index: GazetteerIndex, words: readonly string[]): string[] {
  const out = [...words]
  out.forEach((word, i) => {
    if (word.length < 4 || LEXICON.has(word) || index.vocabulary.ids.has(word)) return
    const sound = fold(word)
    for (let from = Math.max(0, i - LONGEST + 1); from <= i; from++) {
      for (let to = Math.max(i, from + 1); to < Math.min(out.length, from + LONGEST); to++) {
        const key = withGap(out.slice(from, to + 1), i - from)
        const right = GAPS.get(key)?.find((each) => likeness(word, sound, each, fold(each), IN_PHRASE) >= IN_PHRASE)
        if (right) out[i] = right
      }
    }
  })
  return out
}

/** The words of a question, with the talk around the name spelt right. */
export function readQuestion(index: GazetteerIndex, text: string): Token[] {
  return queryTokens(unglue(index, text), (words) => mendPhrases(index, words).map((word) => mend(index, word)))
}
