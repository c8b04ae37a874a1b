import { likeness } from './distance.ts'
import type { GazetteerIndex } from './index.ts'
import { LEXICON, MENDABLE } from './lexicon.ts'
import { fold } from './normalise.ts'
import { queryTokens, type Token } from './tokens.ts'
import { TOWNS } from './towns.ts'
import { similarWords } from './vocabulary.ts'

/** One slip in six letters, or a swap in five. */
const MENDED_ALIKE = 0.82
const SOUNDS = new Map(MENDABLE.map((word) => [word, fold(word)]))
/** Towns are names too, though no entry bears them. */
const TOWN_WORDS = new Map(TOWNS.map((town) => town.name.toLowerCase()).map((name) => [name, fold(name)]))

/**
 * A misspelt word of the lexicon ("perepatan", "kelurhaan") put right, unless some name has that word or one as like it;
 * names themselves are not mended here, for they are matched with their slips.
 */
function mend(index: GazetteerIndex, word: string): string {
  const meaning = LEXICON.get(word)
  // "kntor" and "skolah" are ways of writing a class word: phrases are read from the usual one
  if (meaning?.kind === 'class' && meaning.words.length === 1) return meaning.words[0]
  if (word.length < 4 || meaning || index.vocabulary.ids.has(word) || TOWN_WORDS.has(word)) return word
  const sound = fold(word)
  let best = word
  let most = MENDED_ALIKE
  for (const right of MENDABLE) {
    if (Math.abs(right.length - word.length) > 2) continue
    const sim = likeness(word, sound, right, SOUNDS.get(right) as string)
    if (sim > most) {
      best = right
      most = sim
    }
  }
  if (best === word) return word
  for (const [town, townSound] of TOWN_WORDS) {
    if (Math.abs(town.length - word.length) <= 2 && likeness(word, sound, town, townSound) >= most) return word
  }
  const [rival] = similarWords(index.vocabulary, word, sound, false)
  return rival && rival[1] > most && index.vocabulary.words[rival[0]] !== best ? word : best
}

/** The words of a question, with the talk around the name spelt right. */
export function readQuestion(index: GazetteerIndex, text: string): Token[] {
  return queryTokens(text, (word) => mend(index, word))
}
