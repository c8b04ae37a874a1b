import type { IndexedName } from './index.ts'
import type { Query } from './query.ts'

/** Which words of a question and of a name were found in each other. */
export interface Pairing {
  /** Per word of the question: found, and how alike to what it was found as. */
  used: boolean[]
  sims: number[]
  /** Per word of the name. */
  met: boolean[]
  /** Weight of what was found, of the question's words and of the name's. */
  said: number
  named: number
}

interface Pair {
  gain: number
  sim: number
  /** First word and number of words, of the question and of the name. */
  q: number
  qn: number
  e: number
  en: number
}

/** From this likeness on, two words are taken as one written apart (or one as two written together). */
const ONE_WORD = 0.78
/** An initial for a word ("W. Hasyim"). */
const INITIAL = 0.8

/** Pairs words greedily, the surest first, each used once. */
export function pairWords(query: Query, name: IndexedName): Pairing {
  const { words } = query
  const pairs = candidates(query, name)
  if (pairs.length > 1) pairs.sort((a, b) => b.gain - a.gain || Math.abs(a.q - a.e) - Math.abs(b.q - b.e))
  const used = new Array<boolean>(words.length).fill(false)
  const sims = new Array<number>(words.length).fill(0)
  const met = new Array<boolean>(name.words.length).fill(false)
  let said = 0
  let named = 0
  for (const { sim, q, qn, e, en } of pairs) {
    if (used[q] || met[e] || (qn === 2 && used[q + 1]) || (en === 2 && met[e + 1])) continue
    for (let k = q; k < q + qn; k++) {
      used[k] = true
      sims[k] = sim
      said += words[k].weight * sim
    }
    for (let k = e; k < e + en; k++) {
      met[k] = true
      named += name.words[k].weight * sim
    }
  }
  return { used, sims, met, said, named }
}

function candidates({ words, meant, initials }: Query, name: IndexedName): Pair[] {
  const pairs: Pair[] = []
  name.words.forEach((own, e) => {
    const hits = meant.get(own.id)
    if (hits) {
      for (const { q, qn, sim } of hits) {
        if (qn === 1) pairs.push({ gain: sim * Math.max(own.weight, 0.1), sim, q, qn, e, en: 1 })
        else if (sim >= ONE_WORD) pairs.push({ gain: sim * own.weight * 0.95, sim, q, qn, e, en: 1 })
      }
    }
    const together = e + 1 < name.words.length && name.pairs[e] >= 0 ? meant.get(name.pairs[e]) : undefined
    if (together) {
      for (const { q, qn, sim } of together)
        if (qn === 1 && sim >= ONE_WORD) pairs.push({ gain: sim * own.weight * 0.95, sim, q, qn, e, en: 2 })
    }
    if (own.kind === 'number') return
    const short = own.text.length === 1
    for (const q of short ? words.keys() : initials) {
      const word = words[q]
      if (word.text[0] !== own.text[0] || word.kind === 'joiner' || hits?.some((hit) => hit.q === q && hit.qn === 1))
        continue
      pairs.push({ gain: INITIAL * Math.max(own.weight, 0.1), sim: INITIAL, q, qn: 1, e, en: 1 })
    }
  })
  return pairs
}
