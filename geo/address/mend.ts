import { lettersAlike, lettersOf, likeness } from './distance.ts'
import type { GazetteerIndex } from './index.ts'
import { LEXICON, MENDABLE } from './lexicon.ts'
import { fold } from './normalise.ts'
import { queryTokens, type Token } from './tokens.ts'
import { TOWNS } from './towns.ts'
import { similarWords } from './vocabulary.ts'

/** One slip in six letters, or a swap in five. */
const MENDED_ALIKE = 0.82
const sounding = (word: string) => ({ word, sound: fold(word), letters: lettersOf(fold(word)) })
const RIGHT = MENDABLE.map(sounding)
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
  if (word.length < 4 || meaning || index.vocabulary.ids.has(word) || TOWN_WORDS.has(word)) return word
  const { sound, letters } = sounding(word)
  let best = word
  let most = MENDED_ALIKE
  for (const right of RIGHT) {
    if (Math.abs(right.word.length - word.length) > 2 || !lettersAlike(letters, right.letters, 2)) continue
    const sim = likeness(word, sound, right.word, right.sound, MENDED_ALIKE)
    if (sim > most) {
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
  return rival && rival[1] > most && index.vocabulary.words[rival[0]] !== best ? word : best
}

/** The words of a question, with the talk around the name spelt right. */
export function readQuestion(index: GazetteerIndex, text: string): Token[] {
  return queryTokens(text, (word) => mend(index, word))
}
