import type { GazetteerIndex } from './index.ts'
import { LEXICON } from './lexicon.ts'
import { clean } from './normalise.ts'
import { TOWNS } from './towns.ts'
import { similarWords } from './vocabulary.ts'

const TOWN_WORDS = new Set(TOWNS.map((town) => town.name.toLowerCase()))
/** Shorter words are taken as they are. */
const SHORTEST = 8
/** A word this like one that is known is that one misspelt. */
const LIKE = 0.78
/** Words of two letters that may stand at the seam of two others. */
const SMALL = new Set(['jl', 'gg', 'no', 'rt', 'rw', 'di', 'kh', 'dr', 'sd'])

/** A text whose words were written without blanks ("depanmuseumbatik", "jlkartinino12") with the blanks put back. */
export function unglue(index: GazetteerIndex, text: string): string {
  if (!/[a-z]{8}/i.test(text)) return text
  return clean(text).replace(/[a-z]+/g, (word) => parts(index, word)?.join(' ') ?? word)
}

/** The fewest known words that make up one that is not known itself, or null. */
function parts(index: GazetteerIndex, word: string): readonly string[] | null {
  const { vocabulary } = index
  const isName = (part: string) => part.length >= 4 && (vocabulary.ids.has(part) || TOWN_WORDS.has(part))
  const isKnown = (part: string) => isName(part) || (LEXICON.has(part) && (part.length >= 3 || SMALL.has(part)))
  if (word.length < SHORTEST || isKnown(word)) return null
  // the best way to every letter, from the front
  const ways: (readonly string[] | null)[] = [[]]
  for (let end = 1; end <= word.length; end++) {
    let best: readonly string[] | null = null
    for (let start = 0; start < end; start++) {
      const before = ways[start]
      const part = word.slice(start, end)
      if (before && (!best || before.length + 1 < best.length) && isKnown(part)) best = [...before, part]
    }
    ways.push(best)
  }
  const found = ways[word.length]
  if (!found?.some(isName)) return null
  const [likest] = similarWords(vocabulary, word, word, false)
  return likest && likest[1] >= LIKE ? null : found
}
