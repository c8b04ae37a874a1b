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
const TOWN_WORDS = new Set(TOWNS.map((town) => town.name.toLowerCase()))

/**
 * A misspelt word of the lexicon ("perepatan", "kelurhaan") put right, unless some name has that word or one as like it;
 * names themselves are not mended here, for they are matched with their slips.
 */
function mend(index: GazetteerIndex, word: string): string {
  if (word.length < 5 || LEXICON.has(word) || index.vocabulary.ids.has(word) || TOWN_WORDS.has(word)) return word
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
  const [rival] = similarWords(index.vocabulary, word, sound, false)
  return rival && rival[1] > most && index.vocabulary.words[rival[0]] !== best ? word : best
}

/** The words of a question, with the talk around the name spelt right. */
export function readQuestion(index: GazetteerIndex, text: string): Token[] {
  return queryTokens(text, (word) => mend(index, word))
}
