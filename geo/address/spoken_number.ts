import type { Token } from './tokens.ts'

interface Part {
  value: number
  taken: number
  /** What follows counts on when it is less than this: after "dua ratus" fifty does, after "lima" nothing. */
  below: number
}

const WHOLE: Readonly<Record<string, Omit<Part, 'taken'>>> = {
  sebelas: { value: 11, below: 1 },
  seratus: { value: 100, below: 100 },
  seribu: { value: 1000, below: 1000 },
}
const SCALE: Readonly<Record<string, number>> = { puluh: 10, ratus: 100, ribu: 1000 }

function partAt(tokens: readonly Token[], i: number): Part | null {
  const token = tokens[i]
  if (!token) return null
  if (token.kind !== 'number') return WHOLE[token.text] ? { ...WHOLE[token.text], taken: 1 } : null
  const value = Number(token.text)
  const next = tokens[i + 1]?.text ?? ''
  if (next === 'belas') return { value: 10 + value, below: 1, taken: 2 }
  const scale = SCALE[next]
  return scale ? { value: value * scale, below: scale, taken: 2 } : { value, below: 1, taken: 1 }
}

/** A whole number at i, in digits or in words ("seratus lima puluh", "dua belas"), and how many words it takes; null where none stands. */
export function spokenNumberAt(tokens: readonly Token[], i: number): [value: number, taken: number] | null {
  let part = partAt(tokens, i)
  if (!part) return null
  let [value, taken] = [0, 0]
  for (let below = Infinity; part && part.value > 0 && part.value < below; part = partAt(tokens, i + taken)) {
    value += part.value
    taken += part.taken
    below = part.below
  }
  return taken > 0 ? [value, taken] : [0, 1]
}
